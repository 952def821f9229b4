"""A question is answered by the row it is about, and by the shop's own words."""

import pytest

SEARCH = "action_search_products"


def answer(topic):
    return f"action_answer_{topic}"


def note(topic, product, **more):
    return {"topic": topic, "product": product, **more}


async def test_a_product_named_with_a_question_is_told_to_the_point(engine):
    engine.language = "en"
    said = await engine.run(
        answer("details"),
        "how many litres is the colombo",
        {"product": "colombo"},
        product="colombo",
    )
    assert "33 litres" in said.text
    assert "leather" not in said.text


async def test_a_tap_on_details_tells_everything(engine):
    found = [{"entity": "product", "value": "giotto", "extractor": "choice"}]
    engine.slots |= {"shown": ["giotto"]}
    call = {
        "next_action": answer("details"),
        "tracker": {
            "slots": {
                **engine.slots,
                "flow": {"run": {"action": answer("details"), "args": {"product": "giotto"}}},
            },
            "latest_message": {"text": "Dettagli: custodia per portatile", "entities": found},
        },
    }
    reply = await engine.client.post("/engine/actions", json=call)
    assert '"products"' in reply.text


@pytest.mark.parametrize(
    ("text", "focus", "told"),
    [
        ("is there a padded bit for my tablet", "cosimo", "tablet"),
        ("has it got a chain or do i have to hold it", "viola", "chain"),
    ],
)
async def test_what_sounds_like_a_search_is_answered_by_the_row_in_view(engine, text, focus, told):
    engine.language = "en"
    engine.slots |= {"shown": [focus], "focus": focus}
    said = await engine.run(SEARCH, text)
    assert told in said.text
    assert said.slots["focus"] == focus


async def test_the_only_one_shown_that_has_an_answer_is_meant(engine):
    engine.slots |= {"shown": ["buono", "scriba"], "filters": {"category": "set-regalo"}}
    said = await engine.run(SEARCH, "scade?")
    assert said.slots["focus"] == "buono"


async def test_those_that_are_told_apart_by_their_row(engine):
    engine.slots |= {"shown": ["alba", "bruno", "ada"], "filters": {"category": "guanti"}}
    said = await engine.run(SEARCH, "quelli ke usi lo schermo senza toglierli.. ce li avete?")
    assert said.slots["focus"] == "ada"


async def test_a_question_that_several_rows_answer_is_answered_for_each(engine):
    engine.slots |= {"shown": ["viola", "siena", "aurora"]}
    said = await engine.run(answer("details"), "quanto è grande")
    assert said.text.count("misura") == 3


async def test_of_several_in_a_colour_though_one_is_in_view(engine):
    engine.slots |= {"shown": ["stella"], "focus": "stella", "filters": {"category": "borse"}}
    said = await engine.run(answer("availability"), "e rosse quali ci sono", colour="rosso")
    assert len(said.slots["shown"]) > 1


async def test_when_it_arrives_asks_for_no_restock_of_what_is_there(engine):
    engine.slots |= {"shown": ["dante"], "focus": "dante"}
    said = await engine.run(
        answer("availability"), "in nero è disponibile? e a modena quando arriva", colour="nero"
    )
    assert "229" in said.text


async def test_a_size_asked_later_keeps_the_colour_spoken_of(engine):
    engine.slots |= {
        "focus": "olivia",
        "asked": [
            note("availability", "olivia", colour="rosa", size="38"),
            note("size_guide", "olivia"),
        ],
    }
    said = await engine.run(answer("availability"), "e 39?", size="39")
    assert "rosa antico, misura 39" in said.text


async def test_the_definite_words_of_a_name_go_before_its_kind(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["elba", "magellano", "bora"]}
    said = await engine.run(
        answer("availability"),
        "the passport holder looks nice, what colours",
        category="portafogli",
    )
    assert said.slots["focus"] == "magellano"


async def test_what_is_described_again_is_the_one_that_is_called_so(engine):
    engine.slots |= {"shown": ["iris", "rondine"], "focus": "rondine"}
    said = await engine.run(answer("back"), "no, solo la pochette", category="borse")
    assert said.slots["focus"] == "viola"


async def test_the_marks_hold_the_one_in_view_too(engine):
    engine.slots |= {"shown": []}
    said = await engine.run(answer("price"), "quanto costa l'etna", product="etna")
    assert "etna" in said.slots["marks"]["category:zaini"]


async def test_only_versions_within_the_budget_are_offered(engine):
    said = await engine.run(
        SEARCH, "un buono regalo fino a 60", category="set-regalo", max_price="60"
    )
    assert "da 25 € a 50 €" in said.text


async def test_something_vague_keeps_budget_and_person(engine):
    engine.language = "en"
    engine.slots |= {"filters": {"max_price": "15", "recipient": "lei", "occasion": "natale"}}
    said = await engine.run(SEARCH, "anything that smells nice?")
    assert said.slots["filters"]["max_price"] == "15"


async def test_pieces_are_added_up(engine):
    engine.slots |= {"focus": "tepore"}
    both = await engine.run(answer("price"), "tutte e due le paia quanto spendo in tutto?")
    assert "98 €" in both.text
    three = await engine.run(answer("price"), "tre paia quanto fanno in totale?", quantity=3)
    assert "147 €" in three.text


async def test_what_is_in_view_and_what_was_spoken_of_are_added_up(engine):
    engine.language = "en"
    engine.slots |= {
        "focus": "conca",
        "asked": [note("details", "colle"), note("availability", "conca")],
    }
    said = await engine.run(
        answer("price"),
        "perfect, that plus the lavender candle. whats the total?",
        category="profumi",
    )
    assert "€60" in said.text


async def test_a_price_without_a_sum_is_one_price(engine):
    engine.slots |= {"focus": "tepore"}
    assert "In tutto" not in (await engine.run(answer("price"), "quanto costa?")).text


async def test_a_special_case_is_told_in_the_shops_words(engine):
    engine.language = "en"
    plain = await engine.run(answer("returns"), "whats your return policy")
    assert "initials" not in plain.text
    special = await engine.run(answer("returns"), "with initials I can't send it back, right?")
    assert "cannot be returned" in special.text


async def test_asked_again_only_the_point_is_told(engine):
    engine.language = "en"
    engine.slots |= {"asked": [note("warranty", None)]}
    said = await engine.run(answer("warranty"), "Does that cover stitching and buckles too?")
    assert "Stitching and buckles" in said.text
    assert "24-month" not in said.text


async def test_phone_and_mail_are_told(engine):
    said = await engine.run(answer("contact"), "avete un numero?")
    assert "555 0148" in said.text
    assert "@" in said.text


async def test_the_row_answers_what_sounds_like_stock(engine):
    engine.language = "en"
    engine.slots |= {"focus": "cassetto", "shown": ["cassetto"]}
    said = await engine.run(answer("availability"), "how many sachets do you get in one pack")
    assert "three" in said.text.casefold()


async def test_what_the_general_answer_leaves_out_is_told_in_the_shops_words(engine):
    said = await engine.run(answer("delivery"), "Spedite con corriere tracciato?")
    assert "corriere tracciato" in said.text
    plain = await engine.run(answer("delivery"), "quanto costa la spedizione?")
    assert "tracciato" not in plain.text


async def test_a_question_that_no_search_explains_is_answered_from_the_shops_texts(engine):
    engine.language = "en"
    said = await engine.run(SEARCH, "are buckles repaired in the workshop?")
    assert "repaired in our workshop" in said.text
    assert "ask:talk_to_human" in said.choices
    hats = await engine.run(SEARCH, "do you sell hats?")
    assert "workshop" not in hats.text


async def test_initials_are_told_whatever_is_asked_of_them(engine):
    engine.slots |= {"shown": ["siena", "luna", "aurora"]}
    for action in (SEARCH, answer("price"), answer("details")):
        said = await engine.run(action, "e se mettiamo le iniziali quanto costa in più")
        assert "12 €" in said.text


async def test_care_without_a_word_of_care_is_answered_by_the_row(engine):
    engine.slots |= {"shown": ["matilde"], "focus": "matilde"}
    said = await engine.run(answer("care"), "la frangia si puo togliere")
    assert "frangia removibile" in said.text
    assert "Spazzola" in (await engine.run(answer("care"), "come si pulisce?")).text


async def test_a_size_alone_is_told_with_its_colours(engine):
    engine.language = "en"
    said = await engine.run(
        answer("availability"),
        "is there an XL in the bruno, any colour",
        product="bruno",
        size="XL",
    )
    assert "dark brown" in said.text


async def test_who_buys_by_the_words_of_a_name_means_that_one(engine):
    engine.slots |= {"shown": ["rada", "lido", "rotta"], "asked": [note("details", "magellano")]}
    await engine.run(answer("meant"), "prendo i due portapassaporti rossi", colour="rosso")
    assert engine.slots["focus"] == "magellano"


async def test_what_is_sold_out_is_not_sold_without_a_word(engine):
    said = await engine.run(answer("meant"), "prendo la bosco", product="bosco")
    assert said.slots["result"] == {"answer": "gone"}
    assert said.text
    there = await engine.run(answer("meant"), "prendo la oltrarno", product="oltrarno")
    assert there.slots["result"] == {"answer": "given"}
    assert not there.text


async def test_what_stands_behind_something_is_looked_for(engine):
    engine.language = "en"
    said = await engine.run(
        SEARCH,
        "great. so first my mum, she'd love something in cashmere",
        recipient="mamma",
        material="cashmere",
    )
    assert "nuvola" in said.slots["shown"]
