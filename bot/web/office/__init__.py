"""The back-office pages, built with NiceGUI: live, in Python, with all assets inside."""

from bot.web.office.catalog import router
from bot.web.office.passage import open_on

__all__ = ["open_on", "router"]
