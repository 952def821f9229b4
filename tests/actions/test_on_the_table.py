"""What is asked of several on the table, beside the one in view, and of another of its kind."""

import pytest

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


def noted(topic, *products):
    return [{"topic": topic, "product": product} for product in products or (None,)]


async def test_the_one_in_view_is_set_beside_the_one_named_and_stays(english):
    english.slots |= {"shown": ["gaia", "nina", "marco"], "focus": "nina"}
    said = await english.run(
        answer("availability"),
        "is it smaller than the Lucrezia?",
        product=("Lucrezia", "lucrezia"),
    )
    assert "10 × 8" in said.text
    assert "19 × 10" in said.text
    assert english.slots["focus"] == "nina"
    price = await english.run(answer("price"), "and how much is it")
    assert "€49" in price.text


@pytest.mark.parametrize(
    ("topic", "text", "told"),
    [
        ("price", "Quanto costano?", ("159", "179")),
        ("size_guide", "Ho un portatile da 15, in quale ci sta?", ("Ponte",)),
        ("search", "e quanto pesano?", ("1,2 kg", "Cosimo")),
    ],
)
async def test_two_that_were_compared_stay_on_the_table(engine, topic, text, told):
    engine.slots |= {
        "shown": ["ponte", "cosimo"],
        "focus": "ponte",
        "asked": [*noted("compare"), *noted("details", "ponte")],
    }
    said = await engine.run(SEARCH if topic == "search" else answer(topic), text)
    assert all(one in said.text for one in told)
    assert engine.slots["shown"] == ["ponte", "cosimo"]


async def test_cards_in_each_are_no_prices(english):
    english.slots |= {"shown": ["tobia", "marco"], "focus": None, "asked": noted("compare")}
    said = await english.run(answer("price"), "how many cards in each")
    assert "four cards" in said.text
    assert "eight cards" in said.text


async def test_hand_luggage_is_one_of_the_two(engine):
    engine.slots |= {"shown": ["colombo", "lido"], "focus": None, "asked": noted("compare")}
    said = await engine.run(
        SEARCH,
        "Quale va bene come bagaglio a mano?",
        category=("bagaglio a mano", "valigeria"),
    )
    assert "Colombo" in said.text
    assert "Vespucci" not in said.text


async def test_the_two_talked_about_in_turn_are_compared(engine):
    engine.slots |= {
        "shown": ["siena", "fiesole", "aurora"],
        "focus": "aurora",
        "asked": noted("details", "luna", "aurora"),
    }
    said = await engine.run(answer("compare"), "che differenza c'è fra le due?")
    assert "Luna" in said.text
    assert "Aurora" in said.text


@pytest.mark.parametrize(
    ("action", "text", "in_view", "entities", "found"),
    [
        (answer("price"), "the cashmere one how much", ["bora"], {"material": "cashmere"}, "€119"),
        (answer("details"), "is there a vegan one", ["luna"], {"material": "vegetale"}, "Melissa"),
        (answer("details"), "cheapest silk?", ["iris"], {"material": "seta"}, "Rondine"),
        (SEARCH, "is there one that smells of lavender?", ["bosco"], {}, "Colle"),
    ],
)
async def test_another_of_the_kind_is_found(english, action, text, in_view, entities, found):
    english.slots |= {"shown": in_view, "focus": in_view[0]}
    pointer = "cheapest" if "cheapest" in text else "one"
    said = await english.run(action, text, ordinal=pointer, **entities)
    assert found in said.text


async def test_a_diffuser_beside_a_candle_is_another_thing(engine):
    engine.slots |= {"shown": ["bosco"], "focus": "bosco"}
    said = await engine.run(
        answer("back"), "peccato. un diffusore?", category=("diffusore", "profumi")
    )
    assert "Limonaia" in said.text
    clip = {"category": ("fermasoldi", "portafogli")}
    engine.slots |= {"shown": ["marco"], "focus": "marco"}
    assert (
        "Tobia" in (await engine.run(answer("price"), "e il fermasoldi quanto costa?", **clip)).text
    )


async def test_no_gloves_for_women_for_a_dad(english):
    said = await english.run(
        SEARCH,
        "leather gloves with dots for my dad",
        category=("gloves", "guanti"),
        material=("leather", "pelle"),
        recipient=("dad", "papa"),
    )
    assert "Bruno" in said.text
    assert "Alba" not in said.text


async def test_what_somebody_can_spend_is_kept_to(english):
    said = await english.run(
        SEARCH,
        "What could I take home that fits in a small suitcase, around 30 euros?",
        category=("suitcase", "valigeria"),
        about_price=("around 30 euros", "30"),
    )
    assert said.slots["shown"]
    assert "vespucci" not in said.slots["shown"]


async def test_a_number_may_be_a_size_of_what_is_in_view(engine):
    engine.slots |= {"shown": ["giotto"], "focus": "giotto"}
    said = await engine.run(
        SEARCH,
        "che misure ha quella da 15?",
        ordinal=("quella da ", "one"),
        about_price=("15", "15"),
    )
    assert "37" in said.text
