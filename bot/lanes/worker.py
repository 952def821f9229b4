"""The worker: takes lanes, runs their tasks in order, writes down how each has ended."""

import asyncio
import contextlib
import itertools
import logging
import os
import socket
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection

from bot.db import DATABASE_TROUBLE, Database, new_id
from bot.lanes import attempts
from bot.lanes.beat import beat, fire, free_all, leave, wait_anew
from bot.lanes.claim import UPCOMING, claim
from bot.lanes.ingest import TOPIC
from bot.lanes.letters import forget_done
from bot.lanes.precedence import Precedence
from bot.lanes.pulse import Pulse, seconds
from bot.lanes.settle import EffectFailedError, Settled, held, settle_run
from bot.lanes.slots import Slots, WorkerHand
from bot.lanes.strays import Strays
from bot.lanes.work import SIDES, Handler, Later, Lease, Result, Retry, Side, Task, side_of

log = logging.getLogger(__name__)
Chore = Callable[[Connection], int]

_POLL = 1.0
_CHORES_EVERY = 600.0
_WORK_OF: Mapping[str, Side] = {"turns": "in", "sends": "out"}
# After so many tasks in a row a lane goes back to the queue, so that others get their turn.
_IN_A_ROW = 20


class Worker:
    """Works on up to `slots` conversations' turns at once, and on more deliveries beside them.

    `handlers` maps a task's kind to the function that does it; `chores` are small deletions that
    run now and then, each until it returns 0. What ends how is counted in `counts`.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        *,
        slots: int = 16,
        sends: int = 64,
        lease: float = 10.0,
    ) -> None:
        self.id = f"{socket.gethostname()[:30]}:{os.getpid()}:{new_id()[:12]}"
        self.handlers: dict[str, Handler] = dict(handlers)
        self.chores: list[Chore] = [forget_done]
        self.counts: Counter[str] = Counter()
        self._database = database
        self._alone = database.dialect == "sqlite"
        self._lease = lease
        self._pulse = Pulse(None if self._alone else lease)
        self._slots = Slots({"in": slots, "out": sends})
        self._precedence = Precedence()
        self._fences = itertools.count(1)
        self._wake = asyncio.Event()
        self._timers_due = False
        self._hungry: set[Side] = set()  # sides that had more to do than room
        self._stopping = False
        self._loops: list[asyncio.Task[None]] = []
        self._running: set[asyncio.Task[None]] = set()
        self._lanes: dict[str, int] = {}  # being worked on, with the fence
        self._strays = Strays(database, self.id)
        self._unsubscribe: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to take lanes; on SQLite every lane is free first, as nobody else can own one."""
        if self._alone:
            await self._database.write(free_all)
        else:
            await self._beat()
        await self._database.write(wait_anew)
        self._unsubscribe = self._database.subscribe(TOPIC, lambda _: self._wake.set())
        self._slots.open()
        self._loops = [
            asyncio.create_task(self._take_lanes(), name="lanes-take"),
            asyncio.create_task(self._keep_house(), name="lanes-house"),
            asyncio.create_task(self._seek_strays(), name="lanes-strays"),
        ]
        if not self._alone:
            self._loops.append(asyncio.create_task(self._keep_beating(), name="lanes-beat"))

    async def stop(self) -> None:
        """Let running handlers end (for at most a lease), then leave every lane to others."""
        self._stopping = True
        self._slots.close()
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._running:
            await asyncio.wait(self._running, timeout=self._lease)
        for task in (*self._running, *self._loops):
            task.cancel()
        await asyncio.gather(*self._running, *self._loops, return_exceptions=True)
        self._loops = []
        with contextlib.suppress(*DATABASE_TROUBLE):
            await self._database.write(lambda conn: leave(conn, self.id))

    async def submit[T](self, fn: Callable[[Connection], T]) -> T:
        """Run a write of a caller who waits; idle lanes that it fills are this worker's at once."""
        with self._precedence.caller():
            return await self._write(fn)

    async def _write[T](self, fn: Callable[[Connection], T]) -> T:
        hand = WorkerHand(self.id, self._slots, self._fences, self._start)
        return await self._database.write(partial(hand.run, fn), settled=hand.settled)

    async def idle(self) -> None:
        """Return when nothing is running and nothing is ready: for tests and a clean end."""
        while not await self._nothing_left():  # noqa: ASYNC110 - the database has no such event
            await asyncio.sleep(0.01)

    async def _nothing_left(self) -> bool:
        busy = self._busy()
        due = await self._look()
        return not busy and not self._busy() and all(value > 0 for value in due.values())

    def _busy(self) -> bool:
        return bool(self._slots.busy or self._running)

    def _start(self, tasks: Sequence[Task], fence: int) -> None:
        runner = asyncio.create_task(self._run(tasks, fence))
        self._running.add(runner)
        runner.add_done_callback(self._running.discard)

    async def _run(self, run: Sequence[Task], fence: int) -> None:
        """Work on a lane from its head until it is empty, waits, or is taken away."""
        lane, side = run[0].lane, side_of(run[0].lane)
        self._lanes[lane] = fence
        try:
            for turn in itertools.count(1):
                await self._precedence.give_way()
                ended = await self._do(run, fence)
                if not ended:
                    break
                run = await self._settle(ended, go_on=turn < _IN_A_ROW)
                if not run:
                    break
        finally:
            if self._lanes.get(lane) == fence:
                del self._lanes[lane]
            self._slots.give(side)
            if side in self._hungry:
                self._wake.set()

    async def _do(self, run: Sequence[Task], fence: int) -> list[tuple[Lease, Result]]:
        """Do tasks one after the other, up to one that has to wait; return how they ended."""
        ended: list[tuple[Lease, Result]] = []
        for task in run:
            lease = Lease(task, fence, self._pulse.beating)
            if not await self._may_start(lease):
                break
            result = await attempts.run(self.handlers, lease)
            ended.append((lease, result))
            if isinstance(result, Retry | Later):
                break
        return ended

    async def _may_start(self, lease: Lease) -> bool:
        """Wait while the heart does not beat, then see whether the lane is still this worker's."""
        if self._pulse.beating():
            return not self._stopping
        while not self._stopping:
            await self._pulse.wait()
            try:
                return await self._database.write(lambda conn: held(conn, self.id, lease))
            except DATABASE_TROUBLE as error:
                log.warning("a lane cannot be looked at", extra={"error": type(error).__name__})
                await asyncio.sleep(_POLL)
        return False

    async def _settle(self, ended: list[tuple[Lease, Result]], *, go_on: bool) -> Sequence[Task]:
        """Write results, patiently: what a handler did must not be done again for nothing."""
        for attempt in itertools.count():
            going = go_on and not self._stopping
            write = partial(settle_run, worker=self.id, ended=ended, go_on=going)
            try:
                settled = await self._write(write)
            except EffectFailedError as error:
                ended = [
                    (lease, attempts.effect_failed(lease, error))
                    if lease.task.key == error.key
                    else (lease, result)
                    for lease, result in ended
                ]
            except Exception as error:
                log.warning("a result waits", extra={"error": type(error).__name__})
                await asyncio.sleep(min(5.0, 0.1 * 2**attempt))
            else:
                return self._settled(ended, settled)
        return ()

    def _settled(self, ended: list[tuple[Lease, Result]], settled: Settled) -> Sequence[Task]:
        for lease, result in ended:
            self.counts[type(result).__name__.lower() if settled.held else "fenced"] += 1
            if not settled.held:
                log.warning("a lane was taken away", extra={"lane": lease.task.lane})
            elif isinstance(result, Retry | Later) and result.delay < _POLL:
                asyncio.get_running_loop().call_later(result.delay, self._wake.set)
        return settled.run

    async def _take_lanes(self) -> None:
        while True:
            try:
                await self._rest()
                self._wake.clear()
                await self._pulse.wait()
                if self._timers_due:
                    await self._database.write(fire)
                await self._claim()
            except Exception as error:
                log.warning("lanes cannot be taken", extra={"error": type(error).__name__})
                await asyncio.sleep(_POLL)

    async def _claim(self) -> None:
        """Take what is ready, as far as there is room."""
        room = {side: self._slots.take(side, self._slots.free(side)) for side in SIDES}
        self._hungry = {side for side in SIDES if not room[side]}
        if not any(room.values()):
            return
        fence = next(self._fences)
        tasks: list[Task] = []
        try:
            tasks = await self._database.write(lambda conn: claim(conn, self.id, fence, room))
        finally:
            used = Counter(side_of(task.lane) for task in tasks)
            for side in SIDES:
                self._slots.give(side, room[side] - used[side])
        self._hungry |= {side for side in SIDES if used[side] == room[side]}
        for task in tasks:
            self._start([task], fence)

    async def _rest(self) -> None:
        """Sleep until woken or until something is due, looking once a second in any case."""
        while not self._wake.is_set():
            soonest = min(await self._upcoming(), default=_POLL)
            if soonest <= 0:
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(soonest, _POLL)):
                    await self._wake.wait()

    async def _upcoming(self) -> list[float]:
        """Return the seconds until something that there is room for is due."""
        due = await self._look()
        self._timers_due = due.get("timers", 1.0) <= 0
        full = {name for name, side in _WORK_OF.items() if not self._slots.free(side)}
        return [left for name, left in due.items() if name not in full]

    async def _look(self) -> dict[str, float]:
        """Return the seconds until a turn, a send and a timer are due, as far as there are any."""
        row = await self._database.read(lambda conn: conn.execute(UPCOMING).one())
        return {name: due / 1000 for name, due in row._mapping.items() if due is not None}

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(min(1.0, self._lease / 4))
            try:
                async with asyncio.timeout(self._lease):
                    await self._beat()
            except Exception as error:
                log.warning("the heart does not beat", extra={"error": type(error).__name__})

    async def _beat(self) -> None:
        begun = seconds()
        freed = await self._database.write(lambda conn: beat(conn, self.id, self._lease))
        self._pulse.beaten(begun)
        if freed:
            log.warning("lanes of a dead worker were freed", extra={"lanes": freed})

    async def _keep_house(self) -> None:
        while True:
            for chore in tuple(self.chores):
                try:
                    while await self._database.write(chore, long=True):  # noqa: ASYNC110 - no hurry
                        await asyncio.sleep(0.05)
                except Exception as error:
                    log.warning("a chore failed", extra={"error": type(error).__name__})
            await asyncio.sleep(_CHORES_EVERY)

    async def _seek_strays(self) -> None:
        while True:
            await asyncio.sleep(self._lease / 2)
            try:
                freed = await self._strays.free(self._lanes)
            except DATABASE_TROUBLE as error:
                log.warning("strays cannot be sought", extra={"error": type(error).__name__})
            else:
                if freed:
                    log.warning("stray lanes were freed", extra={"lanes": freed})
