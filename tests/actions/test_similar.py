"""Something like this one, as a customer asks for it and reads the answer."""

import re

import pytest

SEARCH = "action_search_products"


def prices(text: str) -> list[float]:
    found = re.findall(r"(?:€)?(\d+(?:[.,]\d\d)?)(?: €)? ·", text)
    return [float(price.replace(",", ".")) for price in found]


@pytest.mark.parametrize(
    "text", ["qualcosa di simile?", "ne avete di simili?", "altre come questa"]
)
async def test_something_like_this_shows_the_same_kind_of_thing(engine, text):
    engine.slots |= {"shown": ["siena"], "focus": "siena"}

    said = await engine.run(SEARCH, text)

    assert "Siena" in said.text.splitlines()[0]
    assert len(said.slots["shown"]) == 3
    assert "siena" not in said.slots["shown"]
    assert said.slots["result"]["exact"] is True


async def test_like_this_but_cheaper_costs_less_than_this(english):
    english.slots |= {"shown": ["siena", "luna"], "focus": "siena"}

    said = await english.run(SEARCH, "something like this but cheaper", ordinal="cheapest")

    assert "for less" in said.text
    assert all(price < 139 for price in prices(said.text))
    assert prices(said.text)


async def test_like_this_and_nothing_cheaper_says_so(engine):
    engine.slots |= {"shown": ["rotta"], "focus": "rotta"}

    said = await engine.run(SEARCH, "qualcosa di simile ma che costi meno di 2 euro", max_price="2")

    assert "A quel prezzo non ho nulla" in said.text
    assert said.slots["result"]["exact"] is False
    assert said.slots["shown"]


async def test_without_a_product_in_view_it_is_a_search(engine):
    said = await engine.run(
        SEARCH, "vorrei una borsa simile a quella della vetrina", category="borse"
    )

    assert said.slots["shown"]
    assert "somiglia" not in said.text
