"""Every number the gateway counts, in the words of Prometheus; `/metrics` shows them.

Names and labels are a contract with dashboards: add, do not rename.
"""

import time
from collections import OrderedDict

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

_FAST = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
# Fine enough to read a median off: half a millisecond up to 20, then coarser.
_ADDED = (*tuple(n / 2000 for n in range(1, 41)), 0.025, 0.03, 0.05, 0.1, 0.5, 1.0, 5.0)
_SLOW = (1.0, 5.0, 15.0, 60.0, 180.0, 300.0, 900.0, 3600.0)


class TurnClock:
    """Times one turn from its webhook to the start of its first send, in this process.

    A turn that another process began or that was retried is not measured. One that ended without
    an answer is forgotten after `_LONGEST` seconds; at most `_REMEMBERED` are kept in mind.
    """

    _REMEMBERED = 10_000
    _LONGEST = 900.0

    def __init__(self, added: Histogram) -> None:
        self._added = added
        self._began: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        """How many turns are being timed."""
        return len(self._began)

    def arrived(self, turn: str, at: float) -> bool:
        """Note when the webhook of a turn came in (`time.perf_counter`); False if it is known.

        Platforms repeat webhooks: the first counts.
        """
        self._forget_old(at)
        if turn in self._began:
            return False
        self._began[turn] = at
        return True

    def forget(self, turn: str) -> None:
        """Do not time a turn (any more): its webhook was a repetition of one that is done."""
        self._began.pop(turn, None)

    def thought(self, turn: str, seconds: float) -> None:
        """Leave the engine's share out."""
        if turn in self._began:
            self._began[turn] += seconds

    def sending(self, message_key: str) -> None:
        """Note that a message is about to be sent; only the first reply of a turn counts."""
        prefix, _, rest = message_key.partition(":")
        turn, _, number = rest.rpartition(":")
        if prefix == "r" and number == "0" and turn in self._began:
            self._added.observe(time.perf_counter() - self._began.pop(turn))

    def _forget_old(self, at: float) -> None:
        while self._began:
            oldest = next(iter(self._began))
            if len(self._began) < self._REMEMBERED and at - self._began[oldest] < self._LONGEST:
                break
            del self._began[oldest]


class Metrics:
    """The counters of one gateway; a test can build ten."""

    def __init__(self) -> None:
        self.collected = kept = CollectorRegistry()
        ProcessCollector(registry=kept)
        self.webhooks = Counter(
            "dialogo_webhooks", "Webhook calls.", ["channel", "outcome"], registry=kept
        )
        self.webhook_seconds = Histogram(
            "dialogo_webhook_seconds", "From call to answer.", buckets=_FAST, registry=kept
        )
        self.events = Counter(
            "dialogo_events", "Events read from webhooks.", ["channel", "kind"], registry=kept
        )
        self.ignored = Counter(
            "dialogo_events_ignored", "Events left out.", ["channel", "what"], registry=kept
        )
        self.repeated = Counter(
            "dialogo_events_repeated", "Events kept before.", ["channel"], registry=kept
        )
        self.turns = Counter(
            "dialogo_turns", "Customer turns worked on.", ["channel", "outcome"], registry=kept
        )
        self.engine_seconds = Histogram(
            "dialogo_engine_seconds", "Engine call of a turn.", buckets=_FAST, registry=kept
        )
        self.added_seconds = Histogram(
            "dialogo_added_seconds",
            "From webhook to first send, less the engine call.",
            buckets=_ADDED,
            registry=kept,
        )
        self.clock = TurnClock(self.added_seconds)
        self.safe_answers = Counter(
            "dialogo_safe_answers", "Turns that needed the safe line.", ["why"], registry=kept
        )
        self.unanswered = Counter(
            "dialogo_unanswered",
            "Turns not understood.",
            ["channel"],
            registry=kept,
        )
        self.sends = Counter(
            "dialogo_sends",
            "Messages sent or given up.",
            ["channel", "outcome"],
            registry=kept,
        )
        self.handoffs = Counter(
            "dialogo_handoffs", "Conversations passed on.", ["reason"], registry=kept
        )
        self.handoff_wait = Histogram(
            "dialogo_handoff_wait_seconds",
            "From handoff to claim.",
            buckets=_SLOW,
            registry=kept,
        )
        self.outcomes = Counter(
            "dialogo_handoff_outcomes", "Closed handoffs.", ["outcome"], registry=kept
        )
        self.lanes_waiting = Gauge(
            "dialogo_lanes_waiting", "Lanes that are ready and unowned.", registry=kept
        )
        self.dead_letters = Gauge(
            "dialogo_dead_letters", "Tasks that were given up.", registry=kept
        )
        self.engine_up = Gauge("dialogo_engine_up", "1 when it is ready.", registry=kept)
