"""Answers that depend on what was shown, asked and told before."""

import pytest

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


def note(topic, product):
    return {"topic": topic, "product": product}


async def test_only_what_was_asked_of_a_product_is_told(engine):
    engine.slots |= {"shown": ["fiesole"], "focus": "fiesole"}
    heavy = await engine.run(answer("details"), "è pesante?")
    assert "890 g" in heavy.text
    assert "cucita da un solo pezzo" not in heavy.text
    laptop = await engine.run(answer("details"), "ci sta un portatile?")
    assert "portatile da 14 pollici" in laptop.text


async def test_measures_have_a_point_in_english(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["dante"], "focus": "dante"}
    assert "1.6 kg" in (await engine.run(answer("details"), "is it heavy?")).text


async def test_what_the_row_does_not_tell_is_not_made_up(engine):
    engine.slots |= {"shown": ["siena"], "focus": "siena"}
    said = await engine.run(answer("details"), "è impermeabile?")
    assert "ask:talk_to_human" in said.choices
    assert said.slots["result"] == {"answer": "none"}


async def test_initials_are_told_with_or_without_a_product(engine):
    said = await engine.run(answer("details"), "si possono incidere le iniziali?")
    assert "12 €" in said.text


async def test_a_question_finds_the_only_one_it_fits(engine):
    engine.slots["shown"] = ["amerigo", "tepore", "bice"]
    said = await engine.run(
        answer("availability"), "il 43 in blu notte c'è?", colour="blu-notte", size="43"
    )
    assert "Amerigo" in said.text
    engine.slots |= {"shown": ["ponte", "leo", "etna"], "focus": None}
    assert "Leo" in (await engine.run(answer("price"), "quello in tela?", material="tela")).text
    engine.slots |= {"shown": ["buono", "signore", "scriba"], "focus": None}
    said = await engine.run(answer("details"), "me lo mandate per e-mail?")
    assert "e-mail" in said.text
    assert said.slots["focus"] == "buono"


async def test_colours_and_materials_are_told_of_each_of_those_shown(engine):
    engine.slots["shown"] = ["bora", "nuvola"]
    colours = await engine.run(answer("availability"), "che colori ci sono?")
    assert "grigio" in colours.text.split("Nuvola")[0]
    made = await engine.run(answer("details"), "di che materiale sono?")
    assert "lana" in made.text
    assert "cashmere" in made.text
    grey = await engine.run(answer("availability"), "in giallo?", colour="giallo")
    assert "Bora" in grey.text


async def test_going_back_finds_the_kind_the_one_before_and_the_other_one(engine):
    engine.slots |= {
        "shown": ["lucrezia", "nina"],
        "focus": "lucrezia",
        "asked": [note("price", "aurora"), note("price", "lucrezia")],
    }
    bag = await engine.run(answer("back"), "no anzi, torniamo alla borsa", category="borse")
    assert "Aurora" in bag.text
    assert bag.slots["focus"] == "aurora"
    engine.slots["focus"] = "lucrezia"
    assert "Nina" in (await engine.run(answer("back"), "no l'altro")).text
    engine.slots |= {"focus": "lucrezia", "asked": [note("price", "aurora")]}
    assert "Aurora" in (await engine.run(answer("back"), "quella di prima")).text
    engine.slots["asked"] = [note("price", "aurora"), note("price", "lucrezia")]
    said = await engine.run(
        answer("back"), "forget the wallet, just the bag", category=["portafogli", "borse"]
    )
    assert "Aurora" in said.text


async def test_going_back_with_nothing_seen_asks_what_is_meant(engine):
    assert (await engine.run(answer("back"), "torniamo a quello")).slots["result"] == {
        "answer": "asked"
    }


@pytest.mark.parametrize(
    ("text", "focus", "fits"),
    [
        ("qualcosa di più grande?", "stella", "più grand"),
        ("ce n'è una più piccola?", "fiesole", ""),
        ("una più leggera?", "fiesole", ""),
        ("qualcosa di simile?", "siena", ""),
    ],
)
async def test_more_and_less_are_measured_against_the_one_in_view(engine, text, focus, fits):
    engine.slots |= {"shown": [focus], "focus": focus}
    said = await engine.run(SEARCH, text)
    assert said.slots["shown"]
    assert focus not in said.slots["shown"]
    kept = said.slots.get("filters") or {"category": "borse"}  # what is like it needs no filters
    assert kept["category"] == "borse"


async def test_the_lightest_of_those_shown_is_named_with_its_weight(engine):
    engine.slots["shown"] = ["fiesole", "luna", "siena"]
    said = await engine.run(SEARCH, "qual è la più leggera?")
    assert "Luna" in said.text
    assert "420 g" in said.text


async def test_the_size_guide_is_about_the_thing_in_question(engine):
    engine.slots |= {"shown": ["alba"], "focus": "alba"}
    gloves = await engine.run(answer("size_guide"), "che taglia prendo?")
    assert "nocche" in gloves.text
    assert "cintura" not in gloves.text
    engine.slots |= {"shown": [], "focus": None}
    everything = await engine.run(answer("size_guide"), "guida taglie")
    assert "nocche" in everything.text
    assert "cintura" in everything.text
    engine.slots |= {"shown": ["luna"], "focus": "luna"}
    assert "27 × 16" in (await engine.run(answer("size_guide"), "quanto è grande?")).text


async def test_collecting_at_the_shop_is_no_delivery(engine):
    said = await engine.run(answer("delivery"), "posso ritirare in negozio?")
    assert "ritirare gratis" in said.text
    assert "5,90" not in said.text


async def test_one_day_is_asked_and_one_day_is_told(engine):
    said = await engine.run(answer("hours"), "e sabato a che ora chiudete?")
    assert "19:30" in said.text
    assert "lunedì" not in said.text
    assert "chiusi" in (await engine.run(answer("hours"), "siete aperti di domenica?")).text


async def test_advice_says_why_and_a_comparison_tells_what_was_asked(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["marco", "tobia"], "focus": None}
    cards = await engine.run(answer("compare"), "which one holds more cards?")
    assert "eight cards" in cards.text
    assert "four cards" in cards.text
    advice = await engine.run(answer("compare"), "which would you recommend?")
    assert "Tobia" in advice.text


async def test_more_of_a_search_widens_when_it_is_used_up(engine):
    found = await engine.run(SEARCH, "", max_price="15", recipient="insegnante")
    more = await engine.run(SEARCH, "altri?", {"more": "yes"})
    assert not set(found.slots["shown"]) & set(more.slots["shown"])
    assert "Pensati proprio per questo" in more.text


async def test_a_lone_find_for_an_occasion_has_company(engine):
    filters = {"category": "borse", "max_price": "100", "occasion": "anniversario"}
    found = await engine.run(SEARCH, "", **filters)
    assert found.slots["shown"][0] == "viola"
    assert len(found.slots["shown"]) == 3


async def test_a_search_that_is_none_is_a_question_about_one_shown(engine):
    engine.slots |= {"shown": ["oltrarno", "ricordi", "conca"], "focus": None}
    album = await engine.run(SEARCH, "l'album quanto costa?", category="cartoleria")
    assert "68 €" in album.text
    assert album.slots["focus"] == "ricordi"
    engine.slots |= {"shown": ["giano"], "focus": "giano"}
    assert "in nero" in (await engine.run(SEARCH, "nera ovviamente", colour="nero")).text
    engine.slots |= {"shown": [], "focus": None}
    named = await engine.run(SEARCH, "bruno nera XL?", product="bruno", colour="nero", size="XL")
    assert "Bruno" in named.text
    assert "non c'è" in named.text
    new = await engine.run(SEARCH, "avete qualcosa di rosso?", colour="rosso")
    assert len(new.slots["shown"]) > 1


async def test_a_whole_sentence_still_narrows_what_was_looked_for(engine):
    engine.slots["filters"] = {"category": "zaini"}
    said = await engine.run(SEARCH, "troppo delicato, in tela ne avete?", material="tela")
    assert said.slots["shown"][0] == "leo"


async def test_the_product_that_is_described_is_noted_without_a_word(engine):
    engine.slots |= {
        "shown": ["ponte", "clara", "leo"],
        "focus": None,
        "asked": [note("details", "arno"), note("price", "ponte")],
    }
    said = await engine.run(answer("meant"), "prendo la shopper", category="borse")
    assert said.body["responses"] == []
    assert said.slots["focus"] == "arno"
    engine.slots["focus"] = None
    unknown = await engine.run(answer("meant"), "la prendo")
    assert unknown.slots["result"] == {"answer": "none"}


async def test_the_last_one_that_comes_in_the_colour_said_is_bought(engine):
    engine.slots |= {
        "shown": ["corsa", "ponte"],
        "focus": None,
        "asked": [note("details", "elba"), note("availability", "filo")],
    }
    said = await engine.run(answer("meant"), "prendo quella gialla", colour="giallo")
    assert said.slots["focus"] == "filo"


async def test_when_it_will_be_back_is_nothing_to_promise(engine):
    engine.slots |= {"shown": ["bosco"], "focus": "bosco"}
    said = await engine.run(answer("availability"), "quando torna?")
    assert "ask:talk_to_human" in said.choices


async def test_the_shop_tells_about_itself(engine):
    assert "Toscana" in (await engine.run(answer("about_shop"), "le fate voi?")).text
