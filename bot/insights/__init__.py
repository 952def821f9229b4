"""Counted facts. Import from here."""

from bot.insights.metrics import Metrics

__all__ = ["Metrics"]
