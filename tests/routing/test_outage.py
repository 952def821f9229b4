"""An engine that does not answer: quiet at first, then one asks for all, then all are woken."""

import pytest

from bot.routing.outage import Outage


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outage(clock: Clock) -> Outage:
    """An engine that has been silent for three seconds."""
    found = Outage(clock)
    for _ in range(3):
        found.failed()
        clock.seconds += 1
    return found


def test_a_short_silence_is_nobodys_business(clock: Clock) -> None:
    outage = Outage(clock)
    for _ in range(10):
        outage.failed()
    assert not outage.known
    assert outage.may_ask()


def test_two_failures_far_apart_are_no_outage(clock: Clock) -> None:
    outage = Outage(clock)
    outage.failed()
    clock.seconds += 60
    outage.failed()
    assert not outage.known


def test_an_answer_in_between_begins_anew(outage: Outage) -> None:
    outage.answered()
    outage.failed()
    assert not outage.known


def test_one_asks_for_all(outage: Outage, clock: Clock) -> None:
    assert outage.known
    assert [outage.may_ask() for _ in range(3)] == [True, False, False]
    clock.seconds += 60
    assert not outage.may_ask()  # the one that asks has no answer yet
    outage.failed()
    assert [outage.may_ask() for _ in range(3)] == [True, False, False]


def test_who_waits_is_returned_once(outage: Outage) -> None:
    assert [outage.wait(lane) for lane in ("in:a", "in:b", "in:a")] == [True, True, False]
    assert outage.answered() == {"in:a", "in:b"}
    assert outage.answered() == set()
    assert outage.may_ask()


def test_many_look_less_often(outage: Outage) -> None:
    outage.wait("in:0")
    assert outage.delay(5.0) == 5.0
    for number in range(1500):
        outage.wait(f"in:{number}")
    assert outage.delay(5.0) == 15.0
    for number in range(50_000):
        outage.wait(f"in:{number}")
    assert outage.delay(5.0) == 30.0
