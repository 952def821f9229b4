"""What a turn has searched for in vain, taken from the engine's answer for the shop to read."""

from bot.engine import TurnReply
from bot.rendering import Missed
from bot.settings import Settings
from catalog import Miss
from channels.kit import CustomerEvent, TextSaid

_MOST = 4000


def missed(reply: TurnReply, event: CustomerEvent, settings: Settings) -> Miss | None:
    """Return the first search of a turn that was not fulfilled; one is written at most."""
    if not settings.missed_days:
        return None
    for message in reply.messages:
        if told := message.get("missed"):
            what = Missed.model_validate(told)
            return Miss(
                text=event.text[:_MOST] if isinstance(event, TextSaid) else "",
                words=what.words,
                wishes=what.wishes,
                missed=what.missed,
                near=what.near,
                language=(reply.understood.language or settings.languages[0])[:5],
            )
    return None
