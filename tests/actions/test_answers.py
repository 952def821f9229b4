"""Talks with the demo shop, action by action, as a customer reads them."""

import re

from tests.actions.conftest import answer

SEARCH = "action_search_products"


BAG = {"category": "borse", "material": "pelle", "max_price": "150", "recipient": "lei"}


async def found_bags(engine):
    text = "cerco una borsa in pelle per mia moglie, max 150 €"
    return await engine.run(SEARCH, text, **BAG)


async def test_a_search_shows_cards_with_name_price_stock_and_rating(engine):
    found = await found_bags(engine)
    cards = found.rendered.messages[1].cards
    assert len(cards) == 3
    for card in cards:
        assert re.search(r"^\d+(,\d\d)? € · .+ · ★ \d,\d \(\d+\)", card.subtitle)
        assert card.image_url.startswith("https://shop.example/")
        price = float(card.subtitle.split(" €")[0].replace(",", "."))
        assert price <= 150
    assert "siena" in found.slots["shown"]
    assert found.slots["focus"] is None
    assert found.slots["result"] == {"products": "some", "answer": "given", "exact": True}
    assert {"ask:compare_products", "ask:show_more", "ask:ask_delivery"} <= set(found.choices)


async def test_the_second_one_is_the_second_as_shown_and_its_colour_is_looked_up_now(engine):
    engine.slots["shown"] = ["luna", "siena", "aurora"]
    said = await engine.run(
        answer("availability"), "la seconda c'è in rosso?", ordinal=2, colour="rosso"
    )
    assert "Siena" in said.text
    assert "in rosso bordeaux" in said.text
    assert "139 €, ultimi 3 pezzi" in said.text
    assert "acquisto verificato" in said.text
    assert "ask:buy:siena" in said.choices
    assert said.slots["focus"] == "siena"
    assert said.slots["asked"][-1] == {
        "topic": "availability", "product": "siena", "colour": "rosso"
    }  # fmt: skip


async def test_and_in_black_goes_on_with_the_product_in_view(engine):
    engine.slots |= {"shown": ["luna", "siena"], "focus": "siena", "filters": {"category": "borse"}}
    said = await engine.run(SEARCH, "e in nero?", colour="nero")
    assert "in nero" in said.text
    assert "Siena" in said.text


async def test_a_colour_after_several_products_narrows_the_search(engine):
    await found_bags(engine)
    said = await engine.run(SEARCH, "e in rosso?", colour="rosso")
    assert said.slots["filters"]["category"] == "borse"
    assert said.slots["filters"]["max_price"] == "150"
    assert said.slots["filters"]["colour"] == "rosso"
    assert "siena" in said.slots["shown"]


async def test_a_new_subject_leaves_the_old_filters_behind(engine):
    await found_bags(engine)
    said = await engine.run(SEARCH, "avete cinture?", category="cinture")
    assert "material" not in said.slots["filters"]
    assert "Cintura" in said.text


async def test_more_shows_others_until_there_are_none(engine):
    seen = (await engine.run(SEARCH, "avete cinture?", category="cinture")).slots["shown"]
    more = await engine.run(SEARCH, "altre?", {"more": "yes"})
    assert not set(more.slots["shown"]) & set(seen)
    last = more
    for _ in range(10):
        last = await engine.run(SEARCH, "altre?", {"more": "yes"})
        if last.slots["result"]["answer"] == "none":
            break
    assert "ti ho mostrato tutto" in last.text
    assert "ask:talk_to_human" in last.choices


async def test_a_flow_gives_its_own_filters_and_the_customers_words_do_not_disturb(engine):
    args = {"recipient": "lei", "occasion": "compleanno", "max_price": "60", "limit": "5"}
    said = await engine.run(SEARCH, "circa 60 euro", args, max_price="60")
    assert len(said.slots["shown"]) == 5
    assert "words" not in said.slots["filters"]


async def test_what_the_shop_does_not_sell_is_said_before_alternatives(engine, english):
    said = await engine.run(SEARCH, "avete lavatrici?")
    assert re.match("Questo non lo vendiamo|Mi dispiace, questo non ce l'abbiamo", said.text)
    assert said.slots["result"]["exact"] is False
    said = await english.run(SEARCH, "do you sell washing machines?")
    assert "we don't" in said.text


async def test_a_budget_that_is_too_small_is_said_with_the_nearest(engine):
    said = await engine.run(SEARCH, "una borsa sotto i 5 euro", category="borse", max_price="5")
    assert said.text.startswith("Sotto i 5 € non ho nulla")
    assert said.slots["shown"]


async def test_one_product_gets_its_choices_on_the_card(engine):
    said = await engine.run(SEARCH, "", {"search": "cintura sottile lia"})
    assert said.slots["shown"] == ["lia"]
    assert said.slots["focus"] == "lia"
    assert "ask:buy:lia" in said.choices


async def test_a_price_named_for_the_first_time_comes_with_a_card(engine):
    said = await engine.run(answer("price"), "quanto costa la siena?", product="siena")
    assert [m.kind for m in said.rendered.messages] == ["text", "cards"]
    assert "139 €" in said.rendered.messages[0].text
    assert said.slots["shown"] == ["siena"]
    again = await engine.run(answer("price"), "quanto costa?")
    assert [m.kind for m in again.rendered.messages] == ["text"]


async def test_a_price_without_a_product_is_told_of_each_of_those_shown(engine):
    engine.slots["shown"] = ["luna", "siena"]
    said = await engine.run(answer("price"), "quanto costa?")
    assert said.choices == ["ask:ask_price:luna", "ask:ask_price:siena"]
    assert "Luna: 99 €" in said.text
    assert "Siena: 139 €" in said.text
    assert said.slots.get("focus") is None


async def test_a_place_that_nobody_showed_is_not_guessed(engine):
    engine.slots |= {"shown": ["luna", "siena"], "focus": "luna"}
    said = await engine.run(answer("price"), "e la sesta?", ordinal=6)
    assert "99" not in said.text
    assert said.choices == ["ask:ask_price:luna", "ask:ask_price:siena"]


async def test_the_cheapest_and_the_last_and_this_one(engine):
    engine.slots |= {"shown": ["siena", "luna", "aurora"], "focus": "siena"}
    assert "99 €" in (await engine.run(answer("price"), "la meno cara?", ordinal="cheapest")).text
    assert "129 €" in (await engine.run(answer("price"), "l'ultima?", ordinal=-1)).text
    engine.slots["focus"] = "siena"
    assert "139 €" in (await engine.run(answer("price"), "questa?", ordinal="this")).text


async def test_a_price_of_a_category_is_a_search(engine):
    engine.slots |= {"shown": ["siena"], "focus": "siena"}
    said = await engine.run(answer("price"), "quanto costano le cinture?", category="cinture")
    assert "Cintura" in said.text
    assert len(said.slots["shown"]) == 3


async def test_a_price_about_nothing_in_view_looks_at_the_words(engine):
    said = await engine.run(answer("price"), "quanto costa un portafoglio da uomo?")
    assert said.slots["shown"]


async def test_a_colour_that_is_sold_out_names_those_that_are_there(engine):
    said = await engine.run(answer("availability"), "la siena verde?", product="siena",
                            colour="verde")  # fmt: skip
    assert "in verde al momento non c'è" in said.text
    assert "rosso bordeaux" in said.text
    assert "C'è però in" in said.text
    assert said.slots["result"] == {"answer": "none"}


async def test_a_colour_that_does_not_exist_is_said_so(engine):
    said = await engine.run(answer("availability"), "siena gialla?", product="siena",
                            colour="giallo")  # fmt: skip
    assert "non si fa" in said.text


async def test_without_a_colour_only_what_is_there_is_listed(engine):
    said = await engine.run(answer("availability"), "c'è la siena?", product="siena")
    assert "rosso bordeaux, nero e testa di moro" in said.text
    assert "verde" not in said.text


async def test_a_size_is_looked_up_and_remembers_the_colour_asked_before(engine):
    first = await engine.run(answer("availability"), "la lia c'è nera?", product="lia",
                             colour="nero")  # fmt: skip
    assert "nero" in first.text
    then = await engine.run(answer("availability"), "e la 85?", size="85")
    assert "in nero, misura 85" in then.text
    assert then.slots["asked"][-1]["colour"] == "nero"


async def test_a_size_there_is_not_names_the_sizes_there_are(engine):
    said = await engine.run(answer("availability"), "lia 120?", product="lia", size="120")
    assert "misura 120 non si fa" in said.text
    assert "le misure 75, 85 e 95" in said.text


async def test_details_describe_and_show_the_card(engine):
    engine.slots["shown"] = ["luna", "siena"]
    said = await engine.run(answer("details"), "", {"product": "siena"}, product="siena")
    assert "Materiali: pelle." in said.text
    assert "Colori: rosso bordeaux" in said.text
    assert said.slots["shown"] == ["luna", "siena"]  # "la prima" is still the Luna
    assert said.slots["focus"] == "siena"


async def test_two_are_compared_by_what_the_catalog_knows(engine):
    engine.slots["shown"] = ["siena", "luna", "aurora"]
    said = await engine.run(answer("compare"), "confronta le prime due", ordinal=[1, 2])
    lines = said.text.splitlines()
    assert lines[0].startswith("• Borsa a tracolla Siena: 139 € · pelle · ★")
    assert lines[1].startswith("• Borsa mezzaluna Luna: 99 €")
    assert lines[2] == "Con Borsa mezzaluna Luna spendi 40 € in meno."
    assert said.slots["shown"] == ["siena", "luna"]


async def test_a_comparison_takes_the_product_named_and_the_one_in_view(engine):
    engine.slots |= {"shown": ["siena"], "focus": "siena"}
    said = await engine.run(answer("compare"), "meglio la luna?", product="luna")
    assert said.slots["shown"] == ["luna", "siena"]


async def test_one_product_alone_cannot_be_compared(engine):
    said = await engine.run(answer("compare"), "confronta")
    assert said.slots["result"] == {"answer": "none"}


async def test_reviews_are_real_or_there_are_none(engine):
    said = await engine.run(answer("reviews"), "recensioni?", product="siena")
    assert "★ 4,6 su 5, in 10 recensioni" in said.text
    assert "acquisto verificato" in said.text
    none = await engine.run(answer("reviews"), "recensioni?", product="caterina")
    assert "ancora nessuna recensione" in none.text


async def test_old_prices_and_stock_are_never_quoted(stale):
    for topic in ("price", "availability"):
        said = await stale.run(answer(topic), "la siena?", product="siena")
        assert "ricontrollat" in said.text
        assert said.choices == ["ask:talk_to_human"]
        assert "€" not in said.text
    found = await stale.run(SEARCH, "una borsa", category="borse")
    assert "prezzo da confermare" in found.text
    assert "ask:talk_to_human" in found.choices
    compared = await stale.run(answer("compare"), "", product=["siena", "luna"])
    details = await stale.run(answer("details"), "", product="siena")
    assert "€" not in found.text + compared.text + details.text
    assert "pezzi" not in found.text + compared.text + details.text


async def test_english_is_as_complete_as_italian(english):
    found = await english.run(SEARCH, "a leather bag for my wife, max 150", **BAG)
    assert "€" in found.text
    assert "in stock" in found.text
    second = await english.run(
        answer("availability"), "is the siena available in red?", product="siena", colour="rosso"
    )
    assert "burgundy" in second.text.lower()
    assert "last 3 pieces" in second.text
    price = await english.run(answer("price"), "how much?")
    assert "€139" in price.text
