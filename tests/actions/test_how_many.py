"""How many there are of what is wanted, and what several of them cost, delivered and stamped."""

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


async def test_more_than_there_are_is_said_so(engine):
    engine.slots |= {"shown": ["nodo"], "focus": "nodo"}
    said = await engine.run(answer("availability"), "ne avete 12 blu?", colour="blu", quantity=12)
    assert "ne abbiamo 10" in said.text
    enough = await engine.run(answer("availability"), "e 5 verdi?", colour="verde", quantity=5)
    assert "ne abbiamo" not in enough.text


async def test_a_size_is_no_number_of_pieces(engine):
    engine.slots |= {"shown": ["corso"], "focus": "corso"}
    said = await engine.run(answer("availability"), "nere ne avete 42?", colour="nero", quantity=42)
    assert "42" in said.text
    assert "Così tanti" not in said.text


async def test_the_pieces_of_each_colour_are_added_up(engine):
    engine.slots |= {"shown": ["nodo"], "focus": "nodo"}
    text = "10 blu e 2 verdi, quanto fa in tutto?"
    said = await engine.run(answer("price"), text, colour=[("blu", "blu"), ("verdi", "verde")])
    assert "190,80" in said.text


async def test_a_thing_with_initials_costs_both(engine):
    engine.slots |= {"shown": ["nodo"], "focus": "nodo"}
    text = "il sottomano Scrittoio con le iniziali quanto viene?"
    said = await engine.run(answer("price"), text, product=("Scrittoio", "scrittoio"))
    assert "101" in said.text


async def test_one_thing_is_told_delivered(engine):
    engine.slots |= {"shown": ["bruno"], "focus": "bruno"}
    text = "quanto mi costano spediti a Belluno, tutto compreso?"
    said = await engine.run(answer("delivery"), text, city="Belluno")
    assert "75" in said.text
    assert "gratuita" in said.text


async def test_other_colours_of_a_size_forget_the_colour_before(engine):
    engine.slots |= {
        "shown": ["bruno"],
        "focus": "bruno",
        "asked": [{"topic": "availability", "product": "bruno", "colour": "nero", "size": "XL"}],
    }
    said = await engine.run(answer("availability"), "altri colori in xl?", size="XL")
    assert "testa di moro" in said.text


async def test_what_has_no_sizes_is_not_asked_for_one(engine):
    engine.slots |= {"shown": ["colle"], "focus": "colle"}
    said = await engine.run(answer("availability"), "il 38 c'è?", size="38")
    assert "misur" not in said.text


async def test_rosso_ce_ne_sono_is_asked_of_what_was_spoken_of(engine):
    engine.slots |= {
        "shown": ["lucrezia"],
        "focus": "lucrezia",
        "filters": {"category": "portafogli"},
        "asked": [{"topic": "price", "product": "lucrezia"}],
    }
    said = await engine.run(answer("availability"), "e rosso ce ne sono?", colour="rosso")
    assert said.slots["focus"] == "lucrezia"


async def test_a_parcel_can_be_followed_and_the_hours_are_no_address(engine):
    said = await engine.run(answer("delivery"), "il pacco si può seguire?")
    assert "tracciato" in said.text
    hours = await engine.run(answer("hours"), "in che via siete? e il sabato siete aperti?")
    assert "Via" not in hours.text


async def test_how_wide_a_belt_is_is_no_question_of_its_size(engine):
    engine.slots |= {"shown": ["ettore"], "focus": "ettore"}
    said = await engine.run(answer("details"), "Larghezza?")
    assert "3,5" in said.text


async def test_so_many_are_counted_by_colour(engine):
    engine.slots |= {"shown": ["cuore"], "focus": "cuore"}
    said = await engine.run(answer("availability"), "me ne servono 20, ci sono?", quantity=20)
    assert "35" in said.text
    assert "16 rosso" in said.text


async def test_when_it_is_back_is_asked_of_the_version_that_was_not_there(engine):
    engine.slots |= {"shown": ["lido"], "focus": "lido"}
    await engine.run(answer("availability"), "verde c'è?", colour="verde")
    said = await engine.run(answer("availability"), "peccato, quando torna?")
    assert "beige" not in said.text
