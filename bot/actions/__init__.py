"""The engine's door: actions that answer from the catalog."""

from bot.actions.endpoint import router, run_action
from bot.actions.table import ACTIONS

__all__ = ["ACTIONS", "router", "run_action"]
