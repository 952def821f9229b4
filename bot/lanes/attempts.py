"""One try at a task: what an error that nobody expected means for it."""

import logging
import random
from collections.abc import Mapping

from bot.lanes.settle import EffectFailedError
from bot.lanes.work import Dead, Handler, Lease, Result, Retry

log = logging.getLogger(__name__)
TRIES = 10


def backoff(tries: int, *, first: float = 0.5, longest: float = 60.0) -> float:
    """Return the seconds before the next try: doubled each time, with jitter."""
    return min(longest, first * 2.0 ** min(tries, 20)) * random.uniform(0.6, 1.0)  # noqa: S311


async def run(handlers: Mapping[str, Handler], lease: Lease) -> Result:
    """Let the handler of the task's kind do it; an exception means: try again, ten times."""
    handler = handlers.get(lease.task.kind)
    if handler is None:
        return _failed(lease, f"nobody here handles tasks of the kind {lease.task.kind!r}")
    try:
        return await handler(lease)
    except Exception as error:
        # Only at debug: the error's text may hold what a customer wrote.
        log.debug("the failed task's error", exc_info=True)
        return _failed(lease, f"{type(error).__name__}: {error}")


def effect_failed(lease: Lease, error: EffectFailedError) -> Result:
    """Return what becomes of a task whose effect raised."""
    log.debug("the failed effect's error", exc_info=error)
    return _failed(lease, str(error))


def _failed(lease: Lease, reason: str) -> Result:
    task = lease.task
    about = {"lane": task.lane, "kind": task.kind, "tries": task.tries + 1}
    if task.tries + 1 >= TRIES:
        log.error("a task was given up", extra={**about, "error": reason.partition(":")[0]})
        return Dead(reason)
    log.warning("a task failed", extra={**about, "error": reason.partition(":")[0]})
    return Retry(reason, backoff(task.tries))
