"""What is named is found and shown alone, and what is there is never denied."""

import pytest

SEARCH = "action_search_products"
DENIALS = ("don't", "afraid", "sorry", "closest", "nearest", "purtroppo", "dispiace", "non ")


def denied(answered) -> bool:
    first = answered.text.splitlines()[0].casefold()
    return any(word in first for word in DENIALS)


@pytest.mark.parametrize(
    ("language", "text", "said", "wanted"),
    [
        ("en", "Do you guys make dog collars? We just got a puppy", ("dog collars", "accessori"),
         ["briciola"]),
        ("it", "Li fate i buoni regalo?", ("buoni regalo", "set-regalo"), ["buono"]),
        ("it", "un taccuino in pelle?", ("taccuino", "cartoleria"), ["memo"]),
        ("en", "Do you have a small jewellery box for the suitcase?", ("jewellery box",
         "accessori"), ["scrigno"]),
        ("en", "I prefer a make-up bag, with a mirror inside if possible", ("make-up bag",
         "valigeria"), ["perla"]),
        ("en", "a proper pair of loafers, if you make such a thing", ("loafers", "calzature"),
         ["amerigo"]),
        ("it", "vendete portaocchiali rigidi che stanno in borsetta?", ("portaocchiali",
         "accessori"), ["vista"]),
        ("it", "cercavo un album per le foto della nonna", ("album", "cartoleria"), ["ricordi"]),
        ("en", "got any card holders that fit a front pocket", ("card holders", "portafogli"),
         ["elba"]),
    ],
)  # fmt: skip
async def test_a_narrow_name_shows_only_what_is_called_so(engine, language, text, said, wanted):
    engine.language = language
    answered = await engine.run(SEARCH, text, category=said)
    assert answered.slots["shown"] == wanted
    assert not denied(answered)


@pytest.mark.parametrize(
    ("language", "text", "entities", "wanted"),
    [
        ("en", "my passports getting wrecked, whaddya got to keep it in?", {}, "magellano"),
        ("it", "Cerco una cosa elegante per portare al lavoro un portatile da 15 pollici", {},
         "giotto"),
        ("en", "a nice thing to put old photos in", {}, "ricordi"),
        ("it", "una cosa per tenere in ordine le monete", {}, "gaia"),
        ("it", "mi serve una borsa da donna che porti il pc da 14",
         {"category": ("borsa", "borse"), "recipient": ("donna", "lei")}, "beatrice"),
        ("en", "a wallet that holds coins", {"category": ("wallet", "portafogli")}, "gaia"),
        ("en", "something for my sunglasses please", {}, "vista"),
    ],
)  # fmt: skip
async def test_what_it_must_hold_weighs_more_than_how_it_looks(
    engine, language, text, entities, wanted
):
    engine.language = language
    answered = await engine.run(SEARCH, text, **entities)
    assert answered.slots["shown"][0] == wanted
    assert not denied(answered)


async def test_what_holds_less_than_was_asked_is_only_the_nearest(english):
    answered = await english.run(SEARCH, "something that fits a 22 inch laptop")
    assert answered.slots["result"]["exact"] is False


@pytest.mark.parametrize(
    ("language", "text", "kinds", "wanted"),
    [
        ("en", "a gift set with a passport holder and a luggage tag too, how much is that",
         [("gift set", "set-regalo"), ("passport holder", "portafogli"), ("luggage tag",
          "valigeria")], "partenza"),
        ("en", "is there a set with slippers and candle",
         [("a set", "set-regalo"), ("slippers", "calzature"), ("candle", "profumi")], "coccola"),
        ("it", "meglio un set, con anche qualcosa per le penne", [("un set", "set-regalo")],
         "scriba"),
        ("it", "un set con portachiavi e portacarte per mio suocero",
         [("un set", "set-regalo"), ("portachiavi", "accessori"), ("portacarte", "portafogli")],
          "signore"),
    ],
)  # fmt: skip
async def test_a_set_is_found_by_what_is_in_it(engine, language, text, kinds, wanted):
    engine.language = language
    answered = await engine.run(SEARCH, text, category=kinds)
    assert answered.slots["shown"] == [wanted]
    assert not denied(answered)


async def test_two_things_are_still_shown_each(english):
    text = "a wallet and a belt"
    kinds = [("wallet", "portafogli"), ("belt", "cinture")]
    answered = await english.run(SEARCH, text, category=kinds)
    assert len(answered.slots["shown"]) == 4


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("tell me a bit about the Olivia ballet flats? Are they comfy for walking all day?",
         {"product": ("Olivia", "olivia"), "category": ("ballet flats", "calzature")}),
        ("the Olivia flats, have they got a soft insole?",
         {"product": ("Olivia", "olivia"), "category": ("flats", "calzature")}),
    ],
)  # fmt: skip
async def test_a_product_that_is_named_is_told_of_and_not_searched_for(english, text, entities):
    answered = await english.run(SEARCH, text, **entities)
    assert answered.slots["focus"] == "olivia"
    assert not denied(answered)


async def test_what_goes_with_a_product_is_another(english):
    text = "do you have a bag to match the Olivia flats?"
    kinds = [("bag", "borse"), ("flats", "calzature")]
    answered = await english.run(SEARCH, text, category=kinds, product=("Olivia", "olivia"))
    assert "olivia" not in answered.slots["shown"]
    assert not denied(answered)


@pytest.mark.parametrize(
    ("language", "text", "entities"),
    [
        ("en", "anything similar to the Luna?", {"product": ("Luna", "luna")}),
        ("it", "una borsa come la Luna ma per tutti i giorni",
         {"product": ("Luna", "luna"), "category": ("borsa", "borse")}),
        ("en", "a bag like the Luna, do you have one?",
         {"product": ("Luna", "luna"), "category": ("bag", "borse")}),
    ],
)  # fmt: skip
async def test_who_wants_one_like_it_is_shown_others(engine, language, text, entities):
    engine.language = language
    answered = await engine.run(SEARCH, text, **entities)
    assert len(answered.slots["shown"]) > 1
    assert "luna" not in answered.slots["shown"]


async def test_what_is_asked_of_the_only_thing_found_is_answered(english):
    text = "Do you do gift cards by email instead?"
    answered = await english.run(SEARCH, text, category=("gift cards", "set-regalo"))
    assert answered.slots["focus"] == "buono"
    assert "e-mail" in answered.text


async def test_the_name_is_kept_where_only_the_colour_is_refined(english):
    await english.run(SEARCH, "do you have key rings", category=("key rings", "accessori"))
    text = "have you got any blue ones"
    answered = await english.run(SEARCH, text, colour=("blue", "blu"))
    assert (answered.slots["focus"], "Nodo" in answered.text) == ("nodo", True)


async def test_a_backpack_for_a_laptop_is_no_laptop(english):
    text = "do you have a black backpack for my laptop?"
    said = {"colour": ("black", "nero"), "category": ("backpack for my laptop", "zaini")}
    answered = await english.run(SEARCH, text, **said)
    assert answered.slots["shown"] == ["ponte"]
    assert not denied(answered)


@pytest.mark.parametrize(
    ("language", "text", "nearest"),
    [
        ("en", "do you have jewellery", "scrigno"),
        ("en", "do you sell rings", "scrigno"),
        ("en", "glasses?", "vista"),
        ("it", "avete gioielli?", "scrigno"),
        ("it", "auricolari?", "filo"),
    ],
)
async def test_what_only_stands_in_the_name_of_another_thing_is_not_sold(
    engine, language, text, nearest
):
    engine.language = language
    answered = await engine.run(SEARCH, text)
    assert denied(answered)
    assert nearest in answered.slots["shown"]


@pytest.mark.parametrize("text", ["pen case", "key ring", "jewellery box"])
async def test_its_whole_name_is(english, text):
    assert not denied(await english.run(SEARCH, text))


async def test_what_is_wanted_instead_replaces_what_is_refused(engine):
    bag = {"category": ("borsa", "borse"), "recipient": ("mia figlia", "lei")}
    await engine.run(SEARCH, "ciao, cerco una borsa per mia figlia", **bag)
    text = "no borse no, magari una collana?"
    answered = await engine.run(SEARCH, text, without=("no borse", "word:borse"))
    assert denied(answered)
    assert answered.slots["shown"] == ["scrigno"]
    assert answered.slots["filters"]["recipient"] == "lei"
    assert "category" not in answered.slots["filters"]


async def test_a_kind_that_is_refused_is_shown_no_more(engine):
    await engine.run(SEARCH, "una borsa per mia figlia", category=("borsa", "borse"))
    answered = await engine.run(SEARCH, "non borse", without=("non borse", "word:borse"))
    assert answered.slots["shown"]
    assert "Borsa" not in answered.text


async def test_about_so_much_is_neither_half_nor_twice(engine):
    wishes = {"recipient": "lei", "occasion": "laurea", "about_price": "70", "limit": 5}
    answered = await engine.run(SEARCH, args=wishes)
    marks = [mark.partition(":") for mark in answered.slots["marks"]]
    prices = [float(value) for kind, _, value in marks if kind == "price"]
    assert prices
    assert all(52.5 <= price <= 87.5 for price in prices)


async def test_something_for_the_home_holds_no_home(engine):
    text = "qualcosa per la casa?"
    answered = await engine.run(SEARCH, text, category=("qualcosa per la casa", "profumi"))
    assert "oltrarno" in answered.slots["shown"]
    assert "perla" not in answered.slots["shown"]
