"""What is told of a service is what was asked of it: express first, the care of what was named."""

import pytest

Note = dict[str, object]


async def asked(engine, topic, text, *, language="en", focus=None, before=(), **entities):
    """Ask with a product in view and with what was spoken of before."""
    engine.language = language
    seen = {"shown": [focus], "focus": focus} if focus else {}
    engine.slots |= {**seen, "asked": list(before)}
    return (await engine.run(f"action_answer_{topic}", text, **entities)).text


async def test_who_asks_for_express_is_told_of_it_first(engine):
    text = "is there an express option for Milan?"
    said = await asked(engine, "delivery", text, city=("Milan", "Milano"))
    assert said.startswith("Yes, there is express delivery")
    assert "9.90" in said
    before = [{"topic": "delivery", "product": None, "city": "Toronto"}]
    said = await asked(engine, "delivery", "anything faster?", before=before)
    assert "no faster delivery" in said
    assert "9.90" not in said


async def test_of_a_place_without_free_delivery_that_is_told(engine):
    before = [{"topic": "delivery", "product": None, "city": "Toronto"}]
    said = await asked(engine, "delivery", "is it free over a certain amount?", before=before)
    assert "34.90" in said
    assert "never free" in said
    assert "Italy" not in said


async def test_a_card_that_goes_by_e_mail_travels_in_no_parcel(engine):
    said = await asked(engine, "delivery", "e in quanto tempo?", language="it", focus="buono")
    assert "cinque minuti" in said
    assert "24-48" not in said


@pytest.mark.parametrize("text", ["are parcels tracked?", "can i track it?"])
async def test_whether_parcels_are_tracked_is_told_alone(engine, text):
    said = await asked(engine, "delivery", text, focus="siena")
    assert "tracked courier" in said
    assert "5.90" not in said


@pytest.mark.parametrize(
    ("focus", "text", "material", "told"),
    [
        ("bora", "how do you wash silk?", ("silk", "seta"), "gentle soap"),
        ("siena", "and suede?", ("suede", "camoscio"), "Brush suede"),
        ("siena", "how do you clean the leather?", ("leather", "pelle"), "Siena"),
    ],
)
async def test_the_care_of_a_named_material_is_not_that_of_the_thing(
    engine, focus, text, material, told
):
    assert told in await asked(engine, "care", text, focus=focus, material=material)


async def test_how_to_get_something_off_asks_for_care_and_not_for_a_feature(engine):
    said = await asked(engine, "care", "how do I get sand and salt off it", focus="lido")
    assert "damp cloth" in said


@pytest.mark.parametrize(
    "text",
    [
        "if its personalised and she doesnt like it can it go back?",
        "if i get it engraved can i still return it?",
    ],
)
async def test_what_is_personalised_has_rules_of_its_own_for_returns(engine, text):
    said = await asked(engine, "returns", text, focus="magellano")
    assert said.count("cannot be returned") == 1
    assert "30 days" not in said


async def test_words_that_no_intent_explains_may_ask_for_initials(engine):
    assert "initials" in await asked(engine, "anything", "do you offer personalisation")


async def test_what_goes_into_the_thing_in_view_is_no_other_thing(engine):
    said = await asked(engine, "details", "il telefono ci sta?", language="it", focus="luna")
    assert "Luna" in said
    assert "Voce" not in said
