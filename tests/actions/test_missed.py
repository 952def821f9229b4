"""A search that was not fulfilled tells the shop so, beside what the customer reads."""

from typing import Any

SEARCH = "action_search_products"


def told(answered: Any) -> Any:
    return answered.body["responses"][0]["custom"].get("missed")


async def test_what_we_do_not_have_is_told_with_words_and_filters(engine):
    said = await engine.run(SEARCH, "una borsa con draghi", category="borse")
    missed = told(said)
    assert missed["words"] == ["draghi"]
    assert missed["wishes"]["category"] == "borse"
    assert (missed["missed"], missed["near"]) == (["words"], True)


async def test_what_nothing_comes_near_is_told_as_such(engine):
    missed = told(await engine.run(SEARCH, "avete un trapano?"))
    assert (missed["words"], missed["near"]) == (["trapano"], False)


async def test_a_colour_that_no_bag_has_is_told(engine):
    missed = told(await engine.run(SEARCH, "cinture arancioni", category="cinture", colour="x"))
    assert "colour" in missed["missed"]
    assert missed["wishes"]["colour"] == "x"


async def test_a_search_that_finds_tells_nothing(engine):
    assert told(await engine.run(SEARCH, "una borsa rossa", category="borse")) is None


async def test_nothing_cheaper_than_the_cheapest_is_no_miss(engine):
    await engine.run(SEARCH, "borse", category="borse")
    said = await engine.run(
        SEARCH, "più economiche di 1 euro", category="borse", compared="cheaper"
    )
    assert told(said) is None


async def test_who_wants_no_black_is_shown_another_colour(engine):
    said = await engine.run(SEARCH, "scarpe non nere", category="calzature", without="colour:nero")
    items = said.body["responses"][0]["custom"]["items"]
    assert items
    assert not any("nero" in (item["image"] or "") for item in items)
