"""Never silent: what the customer hears when something behind the bot does not work.

| fault | the customer hears | then |
|---|---|---|
| engine not reachable, too slow | `text.safe_later`, once | answered when it is back |
| the same for `engine_patience` | that a person was called | |
| turn or action keeps failing | `text.safe`, offers a person | dead letter, unanswered list |
| empty answer, texts missing | `text.safe`, offers a person | unanswered list |
| media, places, polls | a text of their own | |
| a person is wanted while it is down | handed over without the engine | |
"""

import random

from sqlalchemy import select

from bot.conversations import Conversation, Message
from bot.db import now
from bot.routing.services import Services

SAFE = "text.safe"
SAFE_LATER = "text.safe_later"

# A restart of a worker or a lost connection is over before anybody should be bothered.
QUIET_TRIES = 2
_LONGEST_DELAY = 5.0
_PERSON = "ask:talk_to_human"


def delay(tries: int) -> float:
    """Return the seconds until the engine is asked again: 0.5, 1, 2, 4, 5, 5 ... with jitter."""
    return float(min(_LONGEST_DELAY, 0.5 * 2**tries)) * random.uniform(0.8, 1.2)  # noqa: S311


def age_seconds(created_at: int) -> float:
    """Return how long a task has been waiting."""
    return (now() - created_at) / 1000


async def wants_person(services: Services, conversation: Conversation) -> bool:
    """Say whether the customer tapped "a person" in a message that still waits behind this one."""
    waiting = (
        select(Message.body)
        .where(
            Message.conversation_id == conversation.id,
            Message.direction == "in",
            Message.status == "received",
            Message.kind == "choice",
        )
        .limit(20)
    )
    bodies = await services.database.read(lambda conn: conn.scalars(waiting).all())
    return any(body.get("choice_id") == _PERSON for body in bodies)
