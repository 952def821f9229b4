"""How many turns the engine works on side by side."""

import asyncio
from contextlib import asynccontextmanager
from typing import AsyncIterator


class Admission:
    """Lets turns that have begun go on before others begin.

    The engine computes one thing at a time. Without a limit it would understand every message that
    waits before it goes on with the first one: customers then come and go as one crowd, and the
    engine rests while the gateway answers it. Three turns keep the engine busy while their actions
    run in the gateway (docs/benchmarks.md has the figures). A turn that takes longer than
    `patience` seconds waits for something slow and gives its place to the next.
    """

    def __init__(self, most: int = 3, patience: float = 0.1) -> None:
        self._places = asyncio.Semaphore(most)
        self._patience = patience

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place in the order of coming, and keep it for this long."""
        await self._places.acquire()
        place = _Place(self._places)
        timer = asyncio.get_running_loop().call_later(self._patience, place.give)
        try:
            yield
        finally:
            timer.cancel()
            place.give()


class _Place:
    """A place that is given back once."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._given = False

    def give(self) -> None:
        if not self._given:
            self._given = True
            self._places.release()
