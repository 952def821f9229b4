"""The worker's side of a conversation: who answers, with what, and what is stored of it."""

from collections.abc import Mapping

from bot.lanes import Handler
from bot.routing.moments import Moments
from bot.routing.reading import today
from bot.routing.services import Services
from bot.routing.turns import Turns

__all__ = ["Services", "handlers", "today"]


def handlers(services: Services) -> Mapping[str, Handler]:
    """Return what works on each kind of task."""
    turns = Turns(services)
    moments = Moments(services)
    return {
        "event": turns.event,
        "timer": moments.timer,
        "returned": moments.returned,
        "send": services.sender.send,
    }
