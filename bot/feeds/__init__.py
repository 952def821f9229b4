"""Imports and the sources that are read again and again. Import from here."""

from bot.feeds.intake import Intake, UnknownImportError, UnknownSourceError

__all__ = ["Intake", "UnknownImportError", "UnknownSourceError"]
