"""Doing something later, once, in order with what the customer says. Import from here."""

from bot.timers.schedule import cancel, schedule

__all__ = ["cancel", "schedule"]
