"""What was spoken of before and is named again, what is new in the talk, and what is not sold."""

import re

import pytest

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


def spoken_of(engine, *products, focus, language="en", topic="availability"):
    engine.language = language
    notes = [{"topic": topic, "product": product} for product in products]
    engine.slots |= {"asked": notes, "focus": focus, "shown": [focus]}


@pytest.mark.parametrize(
    ("language", "text", "seen", "in_view", "meant"),
    [
        ("en", "nah the tray. what was the price", "conca", "limonaia", "conca"),
        ("en", "just the white clutch for me, how much was it", "viola", "ricordi", "viola"),
        ("en", "i shall return to the simple pen case, what is it", "lapo", "memo", "lapo"),
        ("it", "torno sul cuore, quanto costava?", "cuore", "pagina", "cuore"),
        ("it", "la pochette quanto veniva?", "viola", "ricordi", "viola"),
        # A thing behind a preposition is only beside, and so is what is refused or in view.
        ("en", "does it go with the tray, how much is it", "conca", "limonaia", "limonaia"),
        ("en", "forget the tray, how much is it", "conca", "limonaia", "limonaia"),
        ("en", "the diffuser, how much is it", "conca", "limonaia", "limonaia"),
    ],
)
async def test_the_thing_that_is_named_again_is_meant(engine, language, text, seen, in_view, meant):
    spoken_of(engine, seen, in_view, focus=in_view, language=language)
    said = await engine.run(answer("price"), text)
    assert said.slots["focus"] == meant


async def test_two_that_are_added_up_are_both_spoken_of(engine):
    spoken_of(engine, "memo", "lapo", focus="lapo")
    said = await engine.run(answer("price"), "what do the notebook and the pen case come to?")
    assert "60" in said.text


async def test_a_kind_that_may_be_there_is_asked_of_the_shop_not_of_the_thing_in_view(engine):
    spoken_of(engine, "giotto", focus="giotto")
    text = "is there a backpack that fits a 15 inch laptop"
    said = await engine.run(SEARCH, text, category=("backpack", "zaini"))
    assert "Giotto" not in said.text
    assert "Ponte" in said.text


async def test_the_only_one_found_is_told_in_the_colour_it_was_looked_for_in(engine):
    engine.language = "en"
    said = await engine.run(
        SEARCH,
        "is there a wool scarf in mustard",
        category=("scarf", "sciarpe"),
        material=("wool", "lana"),
        colour=("mustard", "giallo"),
    )
    assert "mustard" in said.text
    assert said.slots["focus"] == "bora"


async def test_a_thing_and_a_colour_ask_whether_it_is_there(engine):
    engine.language = "en"
    said = await engine.run(
        answer("details"),
        "oh shame. the conca tray in tan?",
        product=("conca", "conca"),
        colour=("tan", "cuoio"),
    )
    assert "in stock" in said.text


async def test_a_word_that_names_nothing_of_the_thing_in_view_is_not_sold(engine):
    spoken_of(engine, "leo", focus="leo", language="it")
    said = await engine.run(answer("details"), "orologi?")
    assert "tela cerata" not in said.text.lower()
    assert said.slots["result"].get("exact") is False
    of_it = await engine.run(answer("details"), "impermeabile?")
    assert "impermeabile" in of_it.text


async def test_what_a_gift_card_is_worth_is_told_in_money(engine):
    spoken_of(engine, focus="buono", language="it")
    said = await engine.run(answer("availability"), "di che importi?")
    assert re.search(r"25\s€, 50\s€ e 100\s€", said.text)


async def test_the_size_asked_for_is_the_one_in_the_question(engine):
    engine.language = "en"
    said = await engine.run(
        answer("availability"),
        "I have the Olivia flats in 39. Is there a 40 in black?",
        product=("Olivia", "olivia"),
        size=[("39", "39"), ("40", "40")],
        colour=("black", "nero"),
    )
    assert "size 40" in said.text


async def test_delivery_is_told_for_the_place_where_the_customer_is(engine):
    engine.home = "Lugano"
    said = await engine.run(answer("delivery"), "e spedire qui da me?")
    assert "Lugano" in said.text
    told = await engine.run(answer("delivery"), "e a Torino?", city="Torino")
    assert "Torino" in told.text
