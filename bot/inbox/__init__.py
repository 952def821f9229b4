"""Storing what webhooks bring, once and in order. Import from here."""

from bot.inbox.ingest import Kept, keep, task_key

__all__ = ["Kept", "keep", "task_key"]
