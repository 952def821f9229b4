"""Who posts waits for us; what is stored waits for nobody."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Precedence:
    """Lets callers go first: lanes rest while more than `most` callers are being stored.

    Platforms give a webhook a few seconds and repeat what took longer, so a crowd must not wait
    behind the work that it makes. Lanes rest for at most `patience` seconds, so that an endless
    crowd is answered too.
    """

    def __init__(self, most: int = 1, patience: float = 1.0) -> None:
        self._most = most
        self._patience = patience
        self._callers = 0
        self._few = asyncio.Event()
        self._few.set()

    @contextmanager
    def caller(self) -> Iterator[None]:
        """Count a caller for as long as this lasts."""
        self._callers += 1
        if self._callers > self._most:
            self._few.clear()
        try:
            yield
        finally:
            self._callers -= 1
            if self._callers <= self._most:
                self._few.set()

    async def give_way(self) -> None:
        """Return when few callers are being stored, or when that has taken too long."""
        if self._few.is_set():
            return
        try:
            async with asyncio.timeout(self._patience):
                await self._few.wait()
        except TimeoutError:
            return
