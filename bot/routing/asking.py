"""Asks the engine for turns, and wakes who waited for it once it answers again."""

import asyncio
import logging
import time
from functools import partial

from bot.db import DATABASE_TROUBLE
from bot.engine import EngineDownError, TurnReply, TurnRequest
from bot.errors import EngineError
from bot.lanes import hurry
from bot.routing.outage import Outage
from bot.routing.services import Services

log = logging.getLogger(__name__)
_AT_ONCE = 500  # lanes in one statement
# Turns that were on their way when the engine came back begin to wait after the first waking.
_SECOND_WAKING = 1.0


class Asking:
    """The engine as the turns of one process see it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._waking: set[asyncio.Task[None]] = set()
        self.outage = Outage()

    async def turn(self, request: TurnRequest) -> TurnReply:
        """Run a turn; an `EngineError` says why not, at once while it is known to be down."""
        if not self.outage.may_ask():
            raise EngineDownError("The engine still does not answer")
        began = time.perf_counter()
        try:
            reply = await self._services.engine.turn(request)
        except EngineDownError:
            self.outage.failed()
            raise
        except EngineError:
            self._answered()
            raise
        self._answered()
        seconds = time.perf_counter() - began
        self._services.metrics.engine_seconds.observe(seconds)
        self._services.metrics.clock.thought(request.message_id, seconds)
        return reply

    def _answered(self) -> None:
        waiting = self.outage.answered()
        if waiting:
            task = asyncio.create_task(self._wake(sorted(waiting)), name="engine-is-back")
            self._waking.add(task)
            task.add_done_callback(self._waking.discard)

    async def _wake(self, lanes: list[str]) -> None:
        log.warning("the engine answers again", extra={"waiting": len(lanes)})
        try:
            for _ in range(2):
                for start in range(0, len(lanes), _AT_ONCE):
                    write = partial(hurry, lanes=lanes[start : start + _AT_ONCE])
                    await self._services.database.write(write, long=True)
                await asyncio.sleep(_SECOND_WAKING)
        except DATABASE_TROUBLE as error:
            # They wait half a minute at most and then look by themselves.
            log.warning("waiting lanes cannot be woken", extra={"error": type(error).__name__})
