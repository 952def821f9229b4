"""Amounts as agents type them, money and spans of time as they read them."""

from decimal import Decimal

import pytest

from tests.web.locales import EN, IT


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("139", "139.00"),
        ("139,5", "139.50"),
        ("139.50", "139.50"),
        ("1.299,00 €", "1299.00"),
        ("€ 12", "12.00"),
    ],
)
def test_amounts_are_read_as_italians_type_them(text: str, amount: str) -> None:
    assert IT.amount(text) == Decimal(amount)


def test_no_amount_is_none_and_nonsense_is_refused() -> None:
    assert IT.amount("  ") is None
    assert EN.amount("1,299.00") == Decimal("1299.00")
    for text in ("tanto", "-3", "99999999999"):
        with pytest.raises(ValueError, match="is not an amount"):
            IT.amount(text)


def test_money_has_decimals_only_where_there_are_some() -> None:
    assert (IT.money("139.00", "EUR"), IT.money("139.5", "EUR")) == ("139\xa0€", "139,50\xa0€")
    assert EN.money("1299.9", "EUR") == "€1,299.90"
    assert EN.money(None, "EUR") == ""


def test_spans_are_said_in_two_units() -> None:
    assert [IT.span(m * 60_000) for m in (0, 59, 61, 1440, 1560)] == [
        "0 min",
        "59 min",
        "1 h 01 min",
        "1 g",
        "1 g 2 h",
    ]
