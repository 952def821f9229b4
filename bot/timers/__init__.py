"""Doing something later, once, in order with what the customer says. Import from here."""

from bot.timers.timetable import cancel, schedule

__all__ = ["cancel", "schedule"]
