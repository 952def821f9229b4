"""How long a turn took, told from what the gateway notes on the way."""

import time

import pytest
from prometheus_client import CollectorRegistry, Histogram

from bot.insights.metrics import TurnClock


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def clock(registry: CollectorRegistry) -> TurnClock:
    return TurnClock(Histogram("added", "For a test.", registry=registry))


def test_a_repeated_webhook_keeps_the_first_time(
    clock: TurnClock, registry: CollectorRegistry
) -> None:
    now = time.perf_counter()
    assert clock.arrived("whatsapp:1:a", now - 5)
    assert not clock.arrived("whatsapp:1:a", now)
    clock.thought("whatsapp:1:a", 2)
    clock.sending("r:whatsapp:1:a:0")
    assert registry.get_sample_value("added_sum") == pytest.approx(3, abs=0.5)


def test_only_the_first_reply_counts_and_ends_it(
    clock: TurnClock, registry: CollectorRegistry
) -> None:
    clock.arrived("whatsapp:1:a", time.perf_counter())
    for key in ("r:whatsapp:1:a:1", "a:whatsapp:1:a:0", "r:whatsapp:1:a:0", "r:whatsapp:1:a:0"):
        clock.sending(key)
    assert registry.get_sample_value("added_count") == 1
    assert len(clock) == 0


def test_a_turn_without_an_answer_is_forgotten(
    clock: TurnClock, registry: CollectorRegistry
) -> None:
    now = time.perf_counter()
    clock.arrived("whatsapp:1:a", now - 901)
    clock.arrived("whatsapp:1:b", now)
    clock.sending("r:whatsapp:1:a:0")
    assert registry.get_sample_value("added_count") == 0
    clock.forget("whatsapp:1:b")
    assert len(clock) == 0


def test_the_oldest_give_way_when_there_are_too_many(clock: TurnClock) -> None:
    now = time.perf_counter()
    for number in range(10_500):
        clock.arrived(str(number), now)
    assert len(clock) == 10_000
    assert not clock.arrived("10499", now)
    assert clock.arrived("0", now)
