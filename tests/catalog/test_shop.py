"""The facts about the shop."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from catalog import ShopInfo
from catalog.demo.loading import demo_shop

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def lume() -> ShopInfo:
    return demo_shop(datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("Torino", "italia"),
        ("torino", "italia"),
        ("Turin", "italia"),
        ("Firenze", "firenze"),
        ("Palermo", "isole"),
        ("Sardegna", "isole"),
        ("Francia", "europa"),
        ("Londra", "resto-europa"),
        ("New York", "mondo"),
        ("Busto Arsizio", "italia"),
        (None, "italia"),
    ],
)
def test_a_city_has_its_delivery_zone(lume: ShopInfo, city: str | None, zone: str) -> None:
    assert lume.delivery.to(city).id == zone


def test_delivery_is_free_from_the_limit_on(lume: ShopInfo) -> None:
    turin = lume.delivery.to("Torino")

    assert (turin.hours_min, turin.hours_max) == (24, 48)
    assert turin.cost_of(Decimal("58.99")) == Decimal("5.90")
    assert turin.cost_of(Decimal("59.00")) == 0
    assert lume.delivery.to("Londra").cost_of(Decimal(1000)) == Decimal("24.90")


@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        ("2026-11-24 09:59", False),  # a Tuesday
        ("2026-11-24 10:00", True),
        ("2026-11-24 13:00", False),
        ("2026-11-24 15:30", True),
        ("2026-11-24 19:29", True),
        ("2026-11-24 19:30", False),
        ("2026-11-23 11:00", False),  # Monday morning
        ("2026-11-28 14:00", True),  # Saturday, no break
        ("2026-11-29 11:00", False),  # Sunday
        ("2026-12-08 11:00", False),  # a holiday on a Tuesday
        ("2026-07-07 10:00", True),  # summer time
    ],
)
def test_the_shop_is_open_when_it_says_so(lume: ShopInfo, local: str, *, is_open: bool) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=ROME).astimezone(UTC)

    assert lume.is_open(at) is is_open


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-11-24 08:00", "2026-11-24 10:00"),
        ("2026-11-24 12:00", "2026-11-24 15:30"),
        ("2026-11-28 20:00", "2026-11-30 15:30"),  # over Sunday into Monday afternoon
        ("2026-12-24 20:00", "2026-12-28 15:30"),  # over Christmas, a Sunday and Monday morning
    ],
)
def test_the_next_opening_skips_closed_days(lume: ShopInfo, local: str, expected: str) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=ROME)

    opening = lume.next_opening(at)

    assert opening == datetime.fromisoformat(expected).replace(tzinfo=ROME)


def test_a_day_off_in_one_year_only_comes_back_open_the_next(lume: ShopInfo) -> None:
    closed = lume.closed[0].model_copy(update={"month": 11, "day": 24, "year": 2026})
    shop = lume.model_copy(update={"closed": (closed,)})

    assert shop.openings(date(2026, 11, 24)) == []
    assert len(shop.openings(date(2027, 11, 24))) == 2


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_texts_agree_with_the_values(lume: ShopInfo, language: str) -> None:
    delivery, returns = lume.text("delivery", language), lume.text("returns", language)
    turin = lume.delivery.to("Torino")

    assert delivery is not None
    assert returns is not None
    assert f"{turin.hours_min}-{turin.hours_max}" in delivery
    assert f"{turin.cost}".replace(".", "," if language == "it" else ".") in delivery
    assert f"{turin.free_from:.0f}" in delivery
    assert f"{lume.returns.days} " in returns
    assert str(lume.warranty_months) in (lume.text("warranty", language) or "")
    assert f"{lume.personalisation.cost:.0f}" in (lume.text("personalisation", language) or "")


def test_every_text_is_there_in_both_languages(lume: ShopInfo) -> None:
    assert {tuple(sorted(texts)) for texts in lume.texts.values()} == {("en", "it")}
    assert {tuple(sorted(texts)) for texts in lume.care.values()} == {("en", "it")}


def test_the_address_fits_on_one_line(lume: ShopInfo) -> None:
    assert lume.address.line() == "Via dei Tre Lumi 14r, 50125 Firenze (FI)"
