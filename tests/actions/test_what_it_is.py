"""What a thing is, what goes into it and where it comes from, and which of two is the cheaper."""

import pytest

STELLA = {"shown": ["stella"], "focus": "stella"}


@pytest.mark.parametrize(
    ("language", "text", "product", "told"),
    [
        ("it", "e lo Scriba invece cos'è", "scriba", "Taccuino"),
        ("it", "cos'è di preciso il Pagina?", "pagina", "pelle"),
        ("en", "and the Conca, what's that?", "conca", "bowl"),
        ("en", "what is the Nodo exactly", "nodo", "knot"),
    ],
)
async def test_who_asks_what_a_thing_is_is_told_all_of_it(engine, language, text, product, told):
    engine.language = language
    name = product.capitalize()
    answered = await engine.run("action_answer_details", text, product=(name, product))
    assert told in answered.text
    assert answered.slots["focus"] == product
    assert answered.slots["result"]["answer"] == "given"


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "what fits in it", "lipstick"),
        ("it", "cosa ci entra?", "rossetto"),
        ("it", "che ci posso mettere dentro?", "rossetto"),
    ],
)
async def test_who_asks_what_goes_in_is_told_what_the_description_says(
    engine, language, text, told
):
    engine.language = language
    engine.slots |= STELLA
    assert told in (await engine.run("action_answer_details", text)).text


@pytest.mark.parametrize("topic", ["about_shop", "details", "anything"])
async def test_where_it_is_made_is_told_by_its_own_row_first(engine, topic):
    engine.slots |= {"shown": ["iris"], "focus": "iris"}
    said = (await engine.run(f"action_answer_{topic}", "dove viene stampato? in cina?")).text
    assert "Como" in said
    assert "Firenze" in said


async def test_a_row_that_names_no_place_leaves_it_to_the_shop(engine):
    engine.slots |= {"shown": ["stella"], "focus": "stella"}
    said = (await engine.run("action_answer_about_shop", "dove la fate? in cina?")).text
    assert "Toscana" in said
    assert "Stella" not in said


async def test_the_cheaper_of_the_two_is_one_of_the_two_last_spoken_of(engine):
    notes = [{"topic": "details", "product": name} for name in ("signore", "scriba")]
    shown = ["nuvolari", "buono", "scriba", "magellano", "partenza"]
    engine.slots |= {"shown": shown, "focus": "scriba", "asked": notes}
    engine.slots["filters"] = {"recipient": "lui", "max_price": "70", "exact": True}
    answered = await engine.run(
        "action_search_products", "tra i due quale costa meno?", ordinal="cheapest"
    )
    assert answered.slots["focus"] == "scriba"


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [("it", "la fibbia di che colore è", "dorata"), ("en", "what colour is the buckle?", "gold")],
)
async def test_the_colour_of_a_part_is_told_by_the_row(engine, language, text, part):
    engine.language = language
    note = {"topic": "availability", "product": "lia", "size": "85"}
    engine.slots |= {"shown": ["lia"], "focus": "lia", "asked": [note]}
    said = (await engine.run("action_answer_availability", text)).text
    assert part in said
    assert "85" not in said


@pytest.mark.parametrize("text", ["e quella rossa?", "quella verde?"])
async def test_a_colour_alone_is_one_of_the_thing_in_view(engine, text):
    engine.slots |= {"shown": ["luna"], "focus": "luna", "filters": {"category": "borse"}}
    colour = ("rossa", "rosso") if "rossa" in text else ("verde", "verde")
    answered = await engine.run(
        "action_answer_availability", text, ordinal=("quella", "one"), colour=colour
    )
    assert "Luna" in answered.text
    assert "Stella" not in answered.text


@pytest.mark.parametrize("text", ["posso prenderla gialla?", "la vorrei gialla"])
async def test_asked_for_in_a_colour_that_is_not_made_nobody_is_called(engine, text):
    engine.slots |= {"shown": ["luna"], "focus": "luna"}
    asked = await engine.run("action_answer_meant", text, colour=("gialla", "giallo"))
    assert asked.slots["result"]["answer"] == "gone"
    said = await engine.run(
        "action_answer_meant", "la prendo, lei ama il giallo", colour=("giallo", "giallo")
    )
    assert said.slots["result"]["answer"] == "given"


@pytest.mark.parametrize(("language", "text"), [("it", "quanto costa?"), ("en", "from how much?")])
async def test_a_few_prices_are_all_told(engine, language, text):
    engine.language = language
    engine.slots |= {"shown": ["buono"], "focus": "buono"}
    said = (await engine.run("action_answer_price", text)).text
    assert all(amount in said for amount in ("25", "50", "100"))


async def test_who_asks_which_sizes_there_are_is_told_all_of_that_colour(engine):
    note = {"topic": "availability", "product": "brando", "colour": "cuoio", "size": "100"}
    engine.slots |= {"shown": ["brando"], "focus": "brando", "asked": [note]}
    said = await engine.run(
        "action_answer_availability", "in cuoio che taglie avete", colour=("cuoio", "cuoio")
    )
    assert all(size in said.text for size in ("90", "100", "110"))
