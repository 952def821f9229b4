"""Short ids stand for long ones and are found again among what was shown."""

from channels.kit import in_full, is_short, short_id

LONG = "ask:ask_details:borsa-a-mano-aurora"


def test_an_id_that_fits_stays_as_it_is() -> None:
    assert short_id("ask:buy:siena", 20) == "ask:buy:siena"
    assert not is_short("ask:buy:siena")


def test_a_long_id_is_shortened_and_found_again() -> None:
    short = short_id(LONG, 20)
    assert len(short) == 20
    assert is_short(short)
    assert in_full(short, ["ask:buy:siena", LONG]) == LONG
    assert in_full(short, ["ask:buy:siena", LONG + "-2"]) is None


def test_an_id_that_looks_short_already_is_told_apart() -> None:
    assert in_full(short_id("~1", 20), ["~1"]) == "~1"
