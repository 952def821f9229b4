"""What the talk says beside the words: the two last spoken of, the other one, another kind."""

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


def noted(*products, topic="details"):
    return [{"topic": topic, "product": product} for product in products]


async def test_the_other_one_is_the_one_spoken_of_before(engine):
    engine.slots |= {"shown": ["ponte"], "focus": "ponte", "asked": noted("leo", "ponte")}
    text = "no, pelle sotto l'acqua no. torniamo all'altro, che colori fa?"
    said = await engine.run(answer("availability"), text, ordinal="other", material="pelle")
    assert said.slots["focus"] == "leo"
    assert "grigio" in said.text


async def test_the_two_are_those_last_spoken_of(engine):
    engine.slots |= {
        "shown": ["vespucci", "colombo", "lido"],
        "focus": "colombo",
        "asked": noted("vespucci", "colombo"),
        "filters": {"category": "valigeria", "exact": True},
    }
    said = await engine.run(SEARCH, "quale dei due costa meno?", ordinal="cheapest")
    assert said.slots["focus"] == "colombo"


async def test_two_named_in_one_breath_are_both_told_of(engine):
    text = "la Iris e la Rondine quanto sono grandi?"
    said = await engine.run(
        answer("details"), text, product=[("Iris", "iris"), ("Rondine", "rondine")]
    )
    assert "90" in said.text
    assert "52" in said.text


async def test_a_kind_that_is_brought_up_is_not_the_thing_in_view(engine):
    engine.slots |= {"shown": ["arno"], "focus": "arno", "asked": noted("arno")}
    text = "c'è anche un borsone di tela, quello quanto costa?"
    said = await engine.run(answer("price"), text, category="valigeria", material="tela")
    assert said.slots["focus"] == "lido"


async def test_a_word_that_only_one_thing_has_means_it(engine):
    engine.slots |= {"shown": ["cassetto", "colle", "oltrarno"]}
    said = await engine.run(answer("details"), "il diffusore di cosa profuma?", category="profumi")
    assert said.slots["focus"] == "limonaia"


async def test_the_dearest_thing_of_all_is_looked_for_in_the_whole_shop(engine):
    engine.slots |= {"shown": ["vista"], "focus": "vista", "filters": {"category": "accessori"}}
    dearest = await engine.run(SEARCH, "qual è la cosa più cara che avete?", ordinal="dearest")
    assert dearest.slots["focus"] == "vespucci"
    cheapest = await engine.run(SEARCH, "e la cosa che costa meno?", ordinal="cheapest")
    assert cheapest.slots["focus"] == "pagina"
