"""Slowing down whoever guesses passwords."""

import time
from collections import defaultdict, deque

from bot.errors import AppError

_WINDOW = 300.0
_PER_ADDRESS = 5
_ALTOGETHER = 60


class TooManyTriesError(AppError):
    """Too many wrong passwords in a short time."""

    status = 429


class Throttle:
    """Counts wrong passwords, by address and altogether; what is older than 5 minutes is forgotten.

    The second limit is for guesses from many addresses at once; it is wide enough not to let one
    attacker lock the shop out.
    """

    def __init__(self) -> None:
        self._tries: dict[str, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()

    def check(self, address: str) -> None:
        """Raise TooManyTriesError unless another try is allowed now."""
        at = time.monotonic()
        _drop_old(self._all, at)
        tries = self._tries.get(address, deque())
        _drop_old(tries, at)
        if len(tries) < _PER_ADDRESS and len(self._all) < _ALTOGETHER:
            return
        oldest = tries[0] if len(tries) >= _PER_ADDRESS else self._all[0]
        seconds = max(1, round(oldest + _WINDOW - at))
        raise TooManyTriesError(f"Too many wrong passwords. Try again in {seconds} seconds.")

    def failed(self, address: str) -> None:
        """Count a wrong password."""
        at = time.monotonic()
        self._tries[address].append(at)
        self._all.append(at)
        if len(self._tries) > 10_000:  # an attacker with many addresses must not fill the memory
            self._tries.clear()

    def forget(self, address: str) -> None:
        """Begin anew for an address that knew the password."""
        self._tries.pop(address, None)


def _drop_old(tries: deque[float], at: float) -> None:
    while tries and tries[0] < at - _WINDOW:
        tries.popleft()
