"""The words of durable work: what goes into a lane, what a handler gets and what it answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

Side = Literal["in", "out"]
SIDES: tuple[Side, ...] = ("in", "out")
Effect = Callable[[Connection], Any]


def in_lane(channel: str, account: str, conversation_id: str) -> str:
    """Return the lane of a conversation's turns and timers."""
    return f"in:{channel}:{account}:{conversation_id}"


def out_lane(channel: str, account: str, conversation_id: str) -> str:
    """Return the lane of a conversation's deliveries."""
    return f"out:{channel}:{account}:{conversation_id}"


def side_of(lane: str) -> Side:
    """Return which side a lane is on; ValueError unless `in_lane` or `out_lane` made it."""
    match lane.partition(":")[0]:
        case "in":
            return "in"
        case "out":
            return "out"
        case _:
            raise ValueError(f"a lane's name begins with in: or out:, not {lane!r}")


@dataclass(frozen=True, slots=True)
class NewTask:
    """Work for a lane; a `key` that was seen before is not added again."""

    lane: str
    account: str
    kind: str
    key: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """The head of a lane.

    `tries` counts the failures so far. `maybe_sent` is the moment since which nobody knows
    whether this task's call has been carried out (its worker died, or no answer came), or None.
    """

    lane: str
    seq: int
    kind: str
    key: str
    data: dict[str, Any]
    tries: int
    maybe_sent: int | None
    created_at: int


@dataclass(frozen=True, slots=True)
class Lease:
    """A task and the proof that it is this worker's to do.

    `valid()` turns false before another worker can take the lane. Ask it right before a call
    that must not happen twice.
    """

    task: Task
    fence: int
    valid: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Finish:
    """Done; `effect` is written in the same transaction, only if the lease still holds."""

    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Failed for now: the lane waits `delay` seconds, so the order is kept.

    `unsure` says that the call may have been carried out all the same.
    """

    error: str
    delay: float
    effect: Effect | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Not now and nobody's fault: the lane waits `delay` seconds, no try is counted."""

    delay: float
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Dead:
    """Given up: kept as a dead letter with its reason, the lane goes on."""

    error: str
    effect: Effect | None = None


Result = Finish | Retry | Later | Dead
Handler = Callable[[Lease], Awaitable[Result]]
