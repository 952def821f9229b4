"""Others than those shown, and colours that nothing of the shop has."""

import pytest

SEARCH = "action_search_products"


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("it", "avete altri portafogli?", "portafogli"),
        ("it", "mi fate vedere portafogli diversi", "portafogli"),
        ("en", "can I see other wallets", "wallets"),
        ("en", "do you have different leather wallets", "wallets"),
    ],
)
async def test_others_of_a_kind_are_not_those_shown_before(engine, language, text, said):
    engine.language = language
    first = await engine.run(SEARCH, said, category="portafogli")
    engine.slots |= first.slots
    more = await engine.run(SEARCH, text, category=(said, "portafogli"))
    assert more.slots["shown"]
    assert not set(more.slots["shown"]) & set(first.slots["shown"])


async def test_who_has_seen_all_of_a_kind_is_told_so(engine):
    engine.language = "en"
    everything = await engine.run(
        SEARCH, "show me 10", args={"category": "portafogli", "limit": 10}
    )
    assert len(everything.slots["shown"]) > 3
    said = await engine.run(SEARCH, "other wallets?", category=("wallets", "portafogli"))
    assert "ask:browse_catalog" in said.choices
    assert said.slots["result"]["answer"] == "none"


async def test_another_kind_and_another_person_are_no_others(engine):
    engine.language = "en"
    await engine.run(SEARCH, "wallets", category="portafogli")
    belts = await engine.run(
        SEARCH, "belts for my other son", category=("belts", "cinture"), recipient="lui"
    )
    again = await engine.run(SEARCH, "belts", category=("belts", "cinture"))
    assert set(belts.slots["shown"]) & set(again.slots["shown"])


@pytest.mark.parametrize(("colour", "said"), [("oro", "gold"), ("argento", "silver")])
async def test_a_colour_that_nothing_has_is_denied(engine, colour, said):
    engine.language = "en"
    engine.slots |= {"shown": ["viola"], "focus": "viola"}
    answered = await engine.run("action_answer_availability", f"in {said}?", colour=colour)
    assert f"does not come in {said}" in answered.text


async def test_a_height_that_the_row_does_not_tell_is_not_made_up(engine):
    engine.slots |= {"shown": ["oltrarno"], "focus": "oltrarno"}
    said = await engine.run("action_answer_details", "quanto è alta?")
    assert "ask:talk_to_human" in said.choices


async def test_the_width_of_a_belt_is_told(engine):
    engine.slots |= {"shown": ["giano"], "focus": "giano"}
    said = await engine.run("action_answer_details", "e quanto è larga?")
    assert "larghezza 3,3 cm" in said.text
    engine.language = "en"
    assert "3.3 cm wide" in (await engine.run("action_answer_details", "how wide is it?")).text
