"""A thread for what waits for the disk.

`ThreadPoolExecutor` guards every hand-over with three locks and answers through two futures: with
three commits a turn that was a twelfth of the gateway's time. Here it is one queue and one call.
"""

import asyncio
import logging
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

log = logging.getLogger(__name__)
Work = Callable[[], object]


class DiskThread:
    """Does one thing after the other; what it is given keeps its own errors."""

    def __init__(self, name: str) -> None:
        self._queue: SimpleQueue[tuple[Work, Work] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin; what is done is told on this loop."""
        self._loop = loop
        self._thread.start()

    def stop(self) -> None:
        """End after what was given before."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def do(self, work: Work, done: Work) -> None:
        """Do the work in the thread, then call `done` on the loop."""
        self._queue.put((work, done))

    def _run(self) -> None:
        while (given := self._queue.get()) is not None:
            work, done = given
            try:
                work()
            except Exception:
                log.exception("work in the disk's thread raised")
            assert self._loop is not None  # noqa: S101 - `start` has set it
            self._loop.call_soon_threadsafe(done)
