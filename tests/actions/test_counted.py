"""How many of what, in which colour, which of a kind: numbers and features without a name."""

import pytest

Note = dict[str, object]


async def asked(engine, topic, text, *, focus=None, before=(), language="en", **entities):
    """Ask with a product in view and with what was spoken of before."""
    engine.language = language
    seen = {"shown": [focus], "focus": focus} if focus else {}
    engine.slots |= {**seen, "asked": list(before)}
    return (await engine.run(f"action_answer_{topic}", text, **entities)).text


@pytest.mark.parametrize(
    ("language", "focus", "text", "total"),
    [
        ("en", "colle", "and what would five come to?", "110"),
        ("en", "rotta", "so what do 6 come to altogether", "89.40"),
        ("en", "rotta", "ok one dropped out, 13 now, new total?", "193.70"),
        ("en", "giotto", "then two of those in 15 and one in 13. total?", "207"),
        ("it", "colle", "e cinque quanto verrebbero?", "110"),
        ("it", "rotta", "8 in tutto quanto fa?", "119,20"),
    ],
)
async def test_a_mere_number_counts_what_is_in_view(engine, language, focus, text, total):
    assert total in await asked(engine, "price", text, focus=focus, language=language)


@pytest.mark.parametrize(
    ("focus", "text", "price"),
    [
        ("ettore", "how much is it in 105?", "59"),
        ("stella", "how much is it? my grandpa gave me 70", "59.90"),
        ("vespucci", "what does it cost again, just so we both have the same number", "349"),
        ("siena", "how much is it? i finish at 8", "139"),
    ],
)
async def test_a_size_an_hour_and_a_budget_count_nothing(engine, focus, text, price):
    said = await asked(engine, "price", text, focus=focus)
    assert price in said
    assert "×" not in said


async def test_so_many_more_of_what_was_priced(engine):
    before = [{"topic": "price", "product": "rotta"}]
    text = "e se ne prendo 6?"
    said = await asked(
        engine, "availability", text, focus="rotta", before=before, language="it", quantity=("6", 6)
    )
    assert "89,40" in said


async def test_each_thing_is_counted_by_its_word(engine):
    before = [{"topic": "price", "product": "colle"}, {"topic": "price", "product": "cassetto"}]
    text = "six candles and three sachets. What's that without postage?"
    assert "169.50" in await asked(engine, "delivery", text, focus="cassetto", before=before)


async def test_fewer_pieces_than_wanted_are_told(engine):
    before = [{"topic": "availability", "product": "giotto", "colour": "cuoio", "size": '15"'}]
    text = "in the 15 inch, have you got six?"
    said = await asked(engine, "availability", text, focus="giotto", before=before)
    assert "we have 4" in said
    assert "Certainly" not in said


async def test_of_two_colours_the_one_asked_for_counts(engine):
    colours = [("white", "bianco"), ("black", "nero")]
    text = "white is a terrible idea. in black?"
    assert "in black" in await asked(engine, "availability", text, focus="rada", colour=colours)


@pytest.mark.parametrize(
    ("language", "focus", "text", "kind", "told"),
    [
        ("en", "lia", "which belt is nickel free then?", ("belt", "cinture"), "nickel"),
        ("en", "giano", "have you got one with no nickel?", None, "nickel"),
        ("it", "siena", "quali portafogli hanno l'RFID?", ("portafogli", "portafogli"), "RFID"),
    ],
)
async def test_which_of_a_kind_is_asked_of_all_of_it(engine, language, focus, text, kind, told):
    entities = {"category": kind} if kind else {}
    said = await asked(engine, "details", text, focus=focus, language=language, **entities)
    assert told in said


async def test_what_it_is_needed_for_is_another_thing(engine):
    text = "how big is it? I need it for A4 folders"
    entities = {"category": ("folders", "cartoleria")}
    assert "25" in await asked(engine, "details", text, focus="clara", **entities)


async def test_how_many_it_holds_is_a_number_of_its_row(engine):
    assert "three pens" in await asked(engine, "details", "how many would it hold", focus="lapo")


@pytest.mark.parametrize(
    ("language", "text", "told", "untold"),
    [
        ("en", "what holidays are you closed?", "Christmas", "10:00"),
        ("it", "a dicembre chiudete qualche giorno?", "Immacolata", "Ferragosto"),
        ("it", "che giorni siete aperti?", "10:00", "Ferragosto"),
    ],
)
async def test_days_on_which_the_shop_is_closed(engine, language, text, told, untold):
    said = await asked(engine, "hours", text, language=language)
    assert told in said
    assert untold not in said


async def test_what_customs_take_is_left_to_a_person(engine):
    before = [{"topic": "delivery", "product": None, "city": "Boston"}]
    said = await asked(engine, "delivery", "do I get hit with customs?", before=before)
    assert "person" in said
    assert "34.90" not in said


async def test_who_fears_a_fraud_is_told_where_we_are(engine):
    said = await asked(engine, "about_shop", "how do I know this is no scam?", focus="siena")
    assert "workshop" in said
    assert "Tre Lumi" in said


async def test_the_return_window_is_told_whole(engine):
    before = [{"topic": "returns", "product": None}]
    assert "30" in await asked(engine, "returns", "and the return window?", before=before)
