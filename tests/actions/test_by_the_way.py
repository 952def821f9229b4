"""What is asked by the way: a product after a remark, another kind beside the one in view."""

import pytest

SEARCH = "action_search_products"
DETAILS = "action_answer_details"
DISCOUNT = "action_answer_discount"
ANYTHING = "action_answer_anything"


@pytest.mark.parametrize("action", [SEARCH, DISCOUNT])
async def test_a_product_named_after_a_remark_is_asked_about(engine, action):
    engine.language = "en"
    engine.slots["shown"] = ["nina", "lucrezia", "elba"]
    engine.slots["focus"] = "lucrezia"
    text = "too long for my bag i think. and the nina?"
    answered = await engine.run(action, text, category=("bag", "borse"), product=("nina", "nina"))
    assert "Nina compact wallet" in answered.text
    assert "Fiesole" not in answered.text


@pytest.mark.parametrize("action", [SEARCH, DETAILS])
async def test_another_kind_is_looked_for_beside_the_thing_in_view(engine, action):
    engine.language = "en"
    engine.slots["focus"] = "lapo"
    text = "a notebook to go with it?"
    answered = await engine.run(
        action, text, category=("notebook", "cartoleria"), ordinal=("it", "this")
    )
    assert "memo" in answered.slots["shown"]


async def test_anything_cheaper_is_another_one_and_no_discount(engine):
    engine.slots["shown"] = ["vespucci"]
    engine.slots["focus"] = "vespucci"
    text = "Madonna santa 349 euro!! Non c'è qualcosa che costa meno?"
    answered = await engine.run(
        DISCOUNT, text, max_price=("349 euro", "349"), compared=("che costa meno", "cheaper")
    )
    assert answered.slots["shown"]
    assert "vespucci" not in answered.slots["shown"]


@pytest.mark.parametrize(
    ("language", "text", "category"),
    [
        ("en", "I look for a bag that I can take inside the plane", ("bag", "borse")),
        ("en", "need something to take on board with ryanair", None),
        ("it", "cerco una borsa da portare in cabina in aereo", ("borsa", "borse")),
    ],
)
async def test_what_is_taken_aboard_counts_as_hand_luggage(engine, language, text, category):
    engine.language = language
    answered = await engine.run(SEARCH, text, **({"category": category} if category else {}))
    assert set(answered.slots["shown"]) & {"etna", "colombo", "vespucci"}
    assert answered.slots["result"]["exact"]


async def test_a_box_is_told_by_what_it_keeps(engine):
    engine.language = "en"
    answered = await engine.run(SEARCH, "a box for her jewellery")
    assert answered.slots["shown"] == ["scrigno"]
    assert answered.slots["result"]["exact"]


async def test_what_is_not_sold_is_said_so_in_passing_too(engine):
    answered = await engine.run(ANYTHING, "ok e orologi nemmeno immagino")
    assert any(word in answered.text for word in ("non lo vendiamo", "non ce l'abbiamo"))


async def test_what_was_said_aside_is_not_searched_for(engine):
    engine.language = "en"
    text = "a wallet for my sister Rose"
    answered = await engine.run(
        SEARCH,
        text,
        category=("wallet", "portafogli"),
        recipient=("sister", "lei"),
        aside=("Rose", ""),
    )
    assert answered.slots["result"]["exact"]
    assert "colour" not in answered.slots["filters"]
