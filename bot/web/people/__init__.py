"""Who may enter the pages for people: password, session cookie, login and logout."""

from bot.web.people.guard import COOKIE, Guard
from bot.web.people.login import router

__all__ = ["COOKIE", "Guard", "router"]
