"""How many lanes a worker may hold at once, and the hand that takes them as they are filled."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from bot.lanes.claim import TOGETHER
from bot.lanes.ingest import HAND
from bot.lanes.work import Side, Task, side_of


class Slots:
    """Room for lanes, each side for itself: slow platforms must not hold up turns.

    Taken by the event loop and by the database's writer thread.
    """

    def __init__(self, sizes: Mapping[Side, int]) -> None:
        self._sizes = dict(sizes)
        self._free = dict(sizes)
        self._lock = threading.Lock()
        self._open = False

    def open(self) -> None:
        """Let lanes be taken."""
        self._open = True

    def close(self) -> None:
        """Let no further lane be taken."""
        with self._lock:
            self._open = False

    def take(self, side: Side, wanted: int = 1) -> int:
        """Take up to `wanted` places and return how many there were."""
        with self._lock:
            given = min(wanted, self._free[side]) if self._open else 0
            self._free[side] -= given
            return given

    def give(self, side: Side, count: int = 1) -> None:
        """Give places back."""
        with self._lock:
            self._free[side] += count

    def free(self, side: Side) -> int:
        """Return how many places are free."""
        return self._free[side] if self._open else 0

    @property
    def busy(self) -> int:
        """How many places are taken."""
        return sum(self._sizes.values()) - sum(self._free.values())


class WorkerHand:
    """Takes idle lanes for a worker inside the transaction that fills them."""

    def __init__(
        self,
        worker: str,
        slots: Slots,
        fences: Iterator[int],
        start: Callable[[Sequence[Task], int], None],
    ) -> None:
        self.worker = worker
        self.fence = 0
        self._slots = slots
        self._fences = fences
        self._start = start
        self._taken: dict[str, Sequence[Task]] = {}
        self._kept: Counter[Side] = Counter()  # places, for lanes taken or about to be

    def run[T](self, fn: Callable[[Connection], T], conn: Connection) -> T:
        """Run a function that may fill lanes; run again, it forgets the first time."""
        self._forget()
        self.fence = next(self._fences)
        info = conn.info  # cannot be asked for once the connection is lost
        info[HAND] = self
        try:
            return fn(conn)
        finally:
            info.pop(HAND, None)

    def settled(self, committed: bool) -> None:
        """Begin to work on what was taken, or give the places back."""
        if not committed:
            self._forget()
            return
        for tasks in self._taken.values():
            self._start(tasks, self.fence)
        self._taken = {}
        self._kept = Counter()

    def reserve(self, lane: str, side: Side) -> bool:
        """Say whether there is room for one more lane, and keep it."""
        if lane in self._taken or not self._slots.take(side):
            return False
        self._kept[side] += 1
        return True

    def take(self, tasks: Sequence[Task]) -> None:
        """Work on this lane, which holds these tasks alone, after the commit."""
        self._taken[tasks[0].lane] = tasks[: TOGETHER[side_of(tasks[0].lane)]]

    def leave(self, side: Side) -> None:
        """Give reserved room back."""
        self._kept[side] -= 1
        self._slots.give(side)

    def _forget(self) -> None:
        """Give every place back, also one kept for a statement that then failed."""
        for side, count in self._kept.items():
            self._slots.give(side, count)
        self._taken = {}
        self._kept = Counter()
