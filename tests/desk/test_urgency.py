"""Who is answered first, and that nobody waits for ever."""

from itertools import pairwise

from bot.desk import priority, turn
from bot.desk.urgency import MINUTE


def test_buying_and_broken_things_go_before_opinions() -> None:
    assert [priority(reason) for reason in ("purchase", "order", "complaint")] == ["high"] * 3
    assert [priority(r) for r in ("wants_person", "refund", "cancel_order")] == ["normal"] * 3
    assert priority("advises_against") == "low"
    assert priority("a_reason_of_the_shop") == "normal"


def test_at_the_same_moment_the_reason_decides() -> None:
    order = [turn(reason, 0) for reason in ("purchase", "refund", "advises_against")]
    assert all(first < second for first, second in pairwise(order))


def test_whoever_waits_longer_than_the_head_start_comes_first() -> None:
    assert turn("advises_against", 0) < turn("purchase", 11 * MINUTE)
