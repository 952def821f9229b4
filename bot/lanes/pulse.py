"""Whether this worker may still believe that its lanes are its own."""

import asyncio
import time

# Goes on while the process is stopped and, unlike the monotonic clock, while the machine sleeps.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def seconds() -> float:
    """Return a clock that never stands still."""
    return time.clock_gettime(_CLOCK)


class Pulse:
    """The time of the last beat that the database has seen.

    Others may take a worker's lanes when its lease is over. It stops starting calls a second
    earlier, and looks again whether a lane is still its own once the heart beats again.
    """

    def __init__(self, lease: float | None) -> None:
        self._lease = lease
        self._last: float | None = None
        self._changed = asyncio.Event()

    def beaten(self, at: float) -> None:
        """Note a beat that was begun at a moment and has been committed."""
        self._last = at
        self._changed.set()

    def beating(self) -> bool:
        """Say whether calls may be started; always, when no other process can take lanes."""
        if self._lease is None:
            return True
        return self._last is not None and seconds() - self._last < self._lease - 1

    async def wait(self) -> None:
        """Return when the heart beats."""
        while not self.beating():
            self._changed.clear()
            await self._changed.wait()
