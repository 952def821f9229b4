"""What a failed send means: try again, wait, or give up and tell whom.

| error | the message | and |
|---|---|---|
| PlatformDownError | again with backoff; unsure when no answer came | |
| RateLimitedError, account | again after Retry-After | the account is paused for everybody |
| RateLimitedError, recipient | again after 1, 4, 16 ... s | |
| RecipientGoneError | given up | the conversation is stopped |
| WindowClosedError, MessageRefusedError | given up, the reason is shown | |
| MisconfiguredError | given up | the account is paused, the operator is told |
| anything else | again with backoff, unsure | a bug of the adapter, logged |
"""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from bot.conversations import Message, change
from bot.db import now
from bot.lanes import Dead, Result, Retry, Task, backoff
from bot.outbox.buckets import Buckets, pause
from channels.kit import (
    MisconfiguredError,
    PlatformDownError,
    RateLimitedError,
    RecipientGoneError,
    SendError,
)

log = logging.getLogger(__name__)

_LONGEST_WAIT = 600.0
_MISCONFIGURED_PAUSE = 300.0

_END = (
    update(Message)
    .where(Message.key == bindparam("of"), Message.status == "queued")
    .values(status=bindparam("to"), error=bindparam("why"), status_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose message it is: the conversation, and the account that limits are kept for."""

    conversation_id: str
    account: str


def end(conn: Connection, key: str, status: str, reason: str | None = None) -> None:
    """Write down that a message is not going to be sent (any more)."""
    conn.execute(_END, {"of": key, "to": status, "why": reason, "at": now()})


def give_up(task: Task, place: Place, reason: str, *, stop: bool = False) -> Dead:
    """Return the end of a message that will not be sent, with the reason for people to read."""

    def effect(conn: Connection) -> None:
        end(conn, task.key, "failed", reason)
        if stop:
            change(conn, place.conversation_id, stopped=True)

    return Dead(reason, effect)


def verdict(error: Exception, task: Task, place: Place, *, tries: int, buckets: Buckets) -> Result:
    """Return what becomes of a message whose send raised."""
    last = task.tries + 1 >= tries
    match error:
        case PlatformDownError() if not last:
            delay = backoff(task.tries, first=1.0)
            return Retry(str(error), delay, unsure=error.maybe_sent)
        case RateLimitedError() if not last:
            return _too_fast(error, task, place, buckets)
        case RecipientGoneError():
            return give_up(task, place, str(error), stop=True)
        case MisconfiguredError():
            return _misconfigured(error, task, place, buckets)
        case SendError():
            return give_up(task, place, str(error))
        case _:
            return _unexpected(error, task, place, last=last)


def _too_fast(error: RateLimitedError, task: Task, place: Place, buckets: Buckets) -> Retry:
    if error.scope == "recipient":
        # WhatsApp asks for 4^n seconds after a pair rate error (131056).
        delay = min(_LONGEST_WAIT, max(error.retry_after, 4.0**task.tries))
        return Retry(str(error), delay)
    wait = max(error.retry_after, 0.2)
    buckets.paused(place.account, wait)
    return Retry(
        str(error),
        max(wait, backoff(task.tries, first=0.5)),
        lambda conn: pause(conn, place.account, wait, str(error)),
    )


def _misconfigured(error: SendError, task: Task, place: Place, buckets: Buckets) -> Dead:
    log.error(
        "a channel is misconfigured: nothing is sent for some minutes",
        extra={"account": place.account, "reason": str(error)},
    )
    buckets.paused(place.account, _MISCONFIGURED_PAUSE)
    ending = give_up(task, place, str(error))

    def effect(conn: Connection) -> None:
        if ending.effect is not None:
            ending.effect(conn)
        pause(conn, place.account, _MISCONFIGURED_PAUSE, str(error))

    return Dead(str(error), effect)


def _unexpected(error: Exception, task: Task, place: Place, *, last: bool) -> Result:
    """An adapter broke, perhaps while reading the answer: the message may be out."""
    name = type(error).__name__
    log.error("an adapter failed", extra={"account": place.account, "error": name})
    log.debug("the adapter's error", exc_info=error)
    if last:
        return give_up(task, place, f"the adapter failed: {name}")
    return Retry(f"{name}: {error}", backoff(task.tries, first=1.0), unsure=True)
