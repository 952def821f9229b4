"""Which product is meant where several could be, and what is told of each."""

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


async def test_a_thing_called_in_full_is_found_though_another_was_shown(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["elba", "bora", "memo"]}
    for action in (SEARCH, answer("availability")):
        engine.slots["focus"] = None
        text = "the passport holder looks nice, what colours"
        said = await engine.run(action, text, category="portafogli")
        assert said.slots["focus"] == "magellano", action


async def test_a_name_written_in_two_words_is_the_same_name(engine):
    engine.slots |= {"shown": ["elba", "magellano", "bora"]}
    said = await engine.run(answer("availability"), "il porta passaporto che colori ha")
    assert said.slots["focus"] == "magellano"


async def test_the_stars_of_each_shown_are_told(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["stella", "arno", "caterina"]}
    said = await engine.run(answer("reviews"), "any reviews?")
    assert said.text.count("★") >= 2


async def test_the_cheapest_is_that_of_all_that_were_found(engine):
    engine.slots |= {
        "shown": ["siena", "viola", "aurora"],
        "filters": {"category": "borse", "colour": "rosso", "exact": True, "next": 3},
    }
    said = await engine.run(SEARCH, "la più economica?", ordinal="cheapest")
    assert said.slots["focus"] == "stella"


async def test_a_personalised_thing_is_looked_for(engine):
    engine.language = "en"
    found = await engine.run(SEARCH, "do you do personalised dog collars?", category="accessori")
    assert "initials" not in found.text
    told = await engine.run(SEARCH, "do you put initials on wallets?", category="portafogli")
    assert "initials" in told.text


async def test_advice_on_a_kind_shows_some_of_it(engine):
    engine.language = "en"
    text = "which backpack would you recommend for hiking"
    said = await engine.run(answer("compare"), text, category="zaini")
    assert len(said.slots["shown"]) > 1
