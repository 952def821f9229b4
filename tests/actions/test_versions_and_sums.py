"""One thing in its colours and sizes, several things in one sum, and a thing for a wish."""

import pytest

from tests.actions.conftest import answer


@pytest.mark.parametrize(
    ("focus", "text", "entities", "told"),
    [
        ("melissa", "solo verde o anche altri colori?", {"colour": "verde"}, ["verde e nero"]),
        ("elba", "mine is black, what other colours?", {"colour": "nero"}, ["blu", "verde"]),
        ("elba", "oltre al blu?", {"colour": "blu"}, ["nero", "cuoio"]),
        ("tepore", "le grigie 42, quante ne avete?", {"colour": "grigio"}, ["4 pezzi"]),
    ],
)
async def test_other_colours_and_how_many(engine, focus, text, entities, told):
    engine.slots |= {"shown": [focus], "focus": focus}
    said = (await engine.run(answer("availability"), text, **entities)).text
    assert all(word in said for word in told)


async def test_what_is_left_is_of_the_version_just_spoken_of(engine):
    await engine.run(answer("availability"), "la Nuvola rosa?", product="nuvola", colour="rosa")
    said = await engine.run(answer("availability"), "ne è rimasta almeno una?")
    assert "rosa" in said.text
    assert "ultimo pezzo" in said.text
    grey = await engine.run(answer("availability"), "e grigia?", colour="grigio")
    assert "ultimi 3" in grey.text


async def test_the_other_colours_are_those_in_the_size_spoken_of(engine):
    said = {"product": "olivia", "colour": "rosso", "size": "37"}
    await engine.run(answer("availability"), "Olivia rosse 37?", **said)
    others = await engine.run(answer("availability"), "altri colori?")
    assert "37" in others.text
    assert all(colour in others.text for colour in ("nero", "rosa"))


@pytest.mark.parametrize(
    ("text", "products", "total"),
    [
        ("Limonaia + candela Oltrarno quanto fa?", ["Limonaia", "Oltrarno"], "60"),
        ("Luna più Gaia?", ["Luna", "Gaia"], "123,90"),
        ("due Oltrarno e un Limonaia quanto spendo?", ["Oltrarno", "Limonaia"], "86"),
    ],
)
async def test_what_is_named_side_by_side_is_added_up(engine, text, products, total):
    named = [(name, name.lower()) for name in products]
    assert total in (await engine.run(answer("price"), text, product=named)).text


async def test_bigger_than_another_is_no_sum(engine):
    named = [("Luna", "luna"), ("Gaia", "gaia")]
    said = await engine.run(answer("details"), "la Luna è più grande della Gaia?", product=named)
    assert "In tutto" not in said.text
    assert "totale" not in said.text


async def test_a_sum_goes_on(engine):
    named = [("Marco", "marco"), ("Ettore", "ettore")]
    await engine.run(answer("price"), "Marco + Ettore quanto viene?", product=named)
    more = ("Nodo", "nodo")
    said = await engine.run(answer("delivery"), "e se aggiungo il Nodo?", product=more)
    assert "133,90" in said.text


async def test_both_that_were_talked_about_are_added_up(engine):
    await engine.run(answer("price"), "quanto costa la Siena?", product="siena")
    await engine.run(answer("price"), "e la Nina?", product="nina")
    assert "188" in (await engine.run(answer("price"), "tutti e due quanto fanno?")).text


async def test_a_set_is_put_beside_its_pieces(engine, english):
    english.slots |= {"shown": ["partenza"], "focus": "partenza"}
    asked = "is the set cheaper than buying both on their own?"
    said = (await english.run(answer("details"), asked)).text
    assert "€56" in said
    assert "€59.90" in said
    engine.slots |= {"shown": ["signore"], "focus": "signore"}
    asked = "conviene o li prendo separati?"  # there are two key rings: no sum of a guess
    assert "69" in (await engine.run(answer("details"), asked)).text


async def test_a_thing_is_held_against_the_wish_of_the_talk(engine):
    engine.slots |= {"filters": {"category": "lavoro", "words": "borsa per un portatile da 15"}}
    fits = await engine.run(answer("details"), "la Dante va bene?", product=("Dante", "dante"))
    assert "15 pollici" in fits.text
    other = await engine.run(answer("details"), "e la Beatrice?", product=("Beatrice", "beatrice"))
    assert "14 pollici" in other.text


async def test_whom_it_is_for(engine):
    engine.slots |= {"shown": ["siena"], "focus": "siena"}
    mum = await engine.run(answer("details"), "andrebbe bene a mia mamma?", recipient="mamma")
    assert "Sì" in mum.text
    man = await engine.run(answer("details"), "va bene per un uomo?", recipient="lui")
    assert "Sì" not in man.text
    assert "per lei" in man.text


async def test_a_shade_is_shown(engine, english):
    engine.slots |= {"shown": ["aurora"], "focus": "aurora"}
    red = ("rosso", "rosso")
    said = await engine.run(answer("availability"), "il rosso è acceso?", colour=red)
    assert "foto" in said.text
    english.slots |= {"shown": ["bruno"], "focus": "bruno"}
    brown = ("dark brown", "testa-di-moro")
    there = await english.run(answer("availability"), "dark brown?", colour=brown)
    assert "picture" not in there.text


async def test_a_pockets_zip_does_not_close_the_bag(engine):
    engine.slots |= {"shown": ["siena"], "focus": "siena"}
    said = await engine.run(answer("details"), "ha la cerniera o il bottone?")
    assert "magnetica" in said.text
