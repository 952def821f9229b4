"""The engine's door: actions that answer from the catalog, and a look at how they search."""

from bot.actions.asked import SLOTS
from bot.actions.endpoint import act, router, run_action
from bot.actions.looking import Looked, look
from bot.actions.table import ACTIONS

__all__ = ["ACTIONS", "SLOTS", "Looked", "act", "look", "router", "run_action"]
