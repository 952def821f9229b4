"""An engine that does not answer: who waits for it, and who asks again for all of them.

Without this every waiting conversation asks for itself: 1,500 of them kept a gateway busier than
their customers did, and with an engine that hangs each of them held a slot until its time-out.
"""

import time
from collections.abc import Callable

# What a restart takes: until then nobody is bothered, and every turn asks for itself.
_QUIET_SECONDS = 2.0
_QUIET_FAILURES = 3
_ASK_EVERY = 0.5  # seconds
# So many waiting turns look again each second; they are woken anyway when the engine is back.
_LOOKS_PER_SECOND = 100
_LONGEST_WAIT = 30.0  # seconds


class Outage:
    """What one process knows of the engine's silence; `moment` returns seconds."""

    def __init__(self, moment: Callable[[], float] = time.monotonic) -> None:
        self._moment = moment
        self._since: float | None = None
        self._failures = 0
        self._asked = 0.0
        self._asking = False
        self._waiting: set[str] = set()

    @property
    def known(self) -> bool:
        """Whether it lasts already: then customers are told at once."""
        lasting = self._since is not None and self._moment() - self._since >= _QUIET_SECONDS
        return lasting and self._failures >= _QUIET_FAILURES

    def may_ask(self) -> bool:
        """Say whether a turn shall ask the engine; while it is known to be down one at a time."""
        if not self.known:
            return True
        if self._asking or self._moment() - self._asked < _ASK_EVERY:
            return False
        self._asking, self._asked = True, self._moment()
        return True

    def failed(self) -> None:
        """Note that it did not answer."""
        if self._since is None:
            self._since = self._moment()
        self._failures += 1
        self._asking = False

    def answered(self) -> set[str]:
        """Note that it answered and return the lanes that wait for it, once."""
        waiting, self._waiting = self._waiting, set()
        self._since, self._failures, self._asking = None, 0, False
        return waiting

    def wait(self, lane: str) -> bool:
        """Note that a lane waits and its customer is told; return whether that is news."""
        news = lane not in self._waiting
        self._waiting.add(lane)
        return news

    def delay(self, usual: float) -> float:
        """Return the seconds until a waiting turn looks again: longer, the more there are."""
        return max(usual, min(_LONGEST_WAIT, len(self._waiting) / _LOOKS_PER_SECOND))
