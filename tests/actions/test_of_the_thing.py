"""A question that sounds like one about a service is answered by the row of the thing in view."""

import pytest


@pytest.mark.parametrize(
    ("topic", "focus", "text", "told"),
    [
        ("reviews", "tepore", "le Tepore sono di vera lana?", "lana"),
        ("location", "oltrarno", "e la Oltrarno di cosa profuma?", "ambra"),
        ("delivery", "limonaia", "e quanto dura?", "tre mesi"),
        ("warranty", "clara", "e la zip è antifurto?", "antifurto"),
        ("about_shop", "bice", "sotto come sono fatte? la suola dico", "gomma riciclata"),
    ],
)
async def test_the_row_goes_before_a_service_that_no_word_names(engine, topic, focus, text, told):
    engine.slots |= {"shown": [focus], "focus": focus}
    said = await engine.run(f"action_answer_{topic}", text)
    assert told in said.text


@pytest.mark.parametrize(
    ("topic", "focus", "text", "told"),
    [
        ("reviews", "tepore", "cosa dicono delle Tepore, è vera lana?", "recensioni"),
        ("delivery", "limonaia", "e quanto ci mette ad arrivare?", "48 ore"),
        ("payment", "marco", "posso pagare con la carta? ha la tasca per le monete", "carta"),
        ("returns", "alba", "se la fodera non mi piace la cambio?", "30 giorni"),
    ],
)
async def test_a_service_that_is_named_is_told(engine, topic, focus, text, told):
    engine.slots |= {"shown": [focus], "focus": focus}
    said = await engine.run(f"action_answer_{topic}", text)
    assert told in said.text


async def test_a_place_is_always_delivery(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["luna"], "focus": "luna"}
    said = await engine.run("action_answer_delivery", "how long fr delivry to milan", city="Milan")
    assert "24-48" in said.text


async def test_a_price_asked_as_a_detail_is_told(engine):
    engine.slots |= {"shown": ["perpetua"], "focus": "perpetua"}
    said = await engine.run("action_answer_details", "allora torno su quella, il prezzo?")
    assert "39 €" in said.text


@pytest.mark.parametrize(
    ("focus", "text", "told"),
    [
        ("iris", "and where is it made?", "Como"),
        ("gaia", "is it made in italy or abroad?", "Florence"),
    ],
)
async def test_where_a_thing_is_from(engine, focus, text, told):
    engine.language = "en"
    engine.slots |= {"shown": [focus], "focus": focus}
    assert told in (await engine.run("action_answer_details", text)).text


@pytest.mark.parametrize(
    ("topic", "text", "told"),
    [
        ("returns", "ce se possono mette le iniziali sopra?", "12 €"),
        ("delivery", "quanti giorni in più ce vonno co le iniziali?", "3 giorni"),
        ("delivery", "con le iniziali quando arriva?", "48 ore"),
    ],
)
async def test_initials_are_told_of_where_no_word_of_the_service_is(engine, topic, text, told):
    engine.slots |= {"shown": ["marco"], "focus": "marco"}
    assert told in (await engine.run(f"action_answer_{topic}", text)).text


async def test_a_lining_that_can_be_washed_is_told(engine):
    engine.slots |= {"shown": ["rada"], "focus": "rada"}
    inside = await engine.run("action_answer_care", "dentro si può lavare se si sporca?")
    assert "fodera lavabile" in inside.text
    outside = await engine.run("action_answer_care", "come si pulisce?")
    assert "crema" in outside.text


async def test_a_faster_delivery_is_the_express_one(engine):
    said = await engine.run("action_answer_delivery", "una consegna più rapida la fate?")
    assert "9,90 €" in said.text


async def test_material_and_price_go_before_the_person(engine):
    engine.language = "en"
    wishes = {
        "category": "sciarpe",
        "material": "seta",
        "max_price": "75",
        "recipient": "nobody-known",
    }
    said = await engine.run("action_search_products", "a silk scarf for her", wishes)
    assert "Iris" in said.text
    assert "Nuvola" not in said.text
