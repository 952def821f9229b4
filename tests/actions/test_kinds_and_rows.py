"""Several kinds at once, a kind said anew, and what only a description tells."""

import pytest

SEARCH = "action_search_products"


def marked(text, *found):
    entities = []
    for words, name, value in found:
        start = text.index(words)
        end = start + len(words)
        entities.append({"entity": name, "value": value, "start": start, "end": end})
    return entities


async def run(engine, action, text, *found):
    call = {
        "next_action": action,
        "tracker": {
            "slots": {**engine.slots, "flow": {}},
            "latest_message": {"text": text, "entities": marked(text, *found)},
        },
    }
    reply = await engine.client.post("/engine/actions", json=call)
    reply.raise_for_status()
    slots = {e["name"]: e["value"] for e in reply.json()["events"] if e["event"] == "slot"}
    return slots, reply.text


async def test_each_of_two_kinds_is_found_with_its_own_colour(engine):
    text = "mi servono un portafoglio verde e una candela profumata"
    slots, _ = await run(
        engine,
        SEARCH,
        text,
        ("portafoglio", "category", "portafogli"),
        ("verde", "colour", "verde"),
        ("candela profumata", "category", "profumi"),
    )
    assert "nina" in slots["shown"]
    assert {"colle", "oltrarno", "bosco"} & set(slots["shown"])


@pytest.mark.parametrize("word", ["candele", "candela"])
async def test_the_cheapest_is_one_that_is_called_so(engine, word):
    slots, _ = await run(
        engine,
        SEARCH,
        f"tra le {word} la meno cara",
        (word, "category", "profumi"),
        ("meno cara", "ordinal", "cheapest"),
    )
    assert slots["shown"][0] == "colle"


async def test_a_kind_said_anew_forgets_the_colour_that_it_has_not(engine):
    engine.slots |= {"filters": {"category": "cartoleria", "colour": "verde", "words": "agenda"}}
    text = "no, meglio un taccuino"
    slots, _ = await run(engine, SEARCH, text, ("taccuino", "category", "cartoleria"))
    assert slots["shown"] == ["memo"]


@pytest.mark.parametrize(
    ("text", "product", "told"),
    [
        ("quanto è larga?", "lia", "Due centimetri"),
        ("what is it made from?", "melissa", "apples"),
        ("è foderata?", "fiesole", "foder"),
    ],
)
async def test_what_only_the_description_tells_is_told(engine, text, product, told):
    if text.startswith("what"):
        engine.language = "en"
    engine.slots |= {"shown": [product], "focus": product}
    said = await engine.run("action_answer_details", text)
    assert told in said.text


async def test_the_collar_is_the_one_in_view_whatever_kind_collars_are(engine):
    engine.slots |= {"shown": ["briciola"], "focus": "briciola"}
    slots, said = await run(
        engine,
        "action_answer_availability",
        "il collare c'è in rosso?",
        ("collare", "category", "accessori"),
        ("rosso", "colour", "rosso"),
    )
    assert slots.get("focus", "briciola") == "briciola"
    assert "Briciola" in said


async def test_both_kinds_are_shown_though_one_alone_would_do(engine):
    text = "mi servirebbe un portafoglio rosso e anche dei guanti neri"
    found = (
        ("portafoglio", "category", "portafogli"),
        ("rosso", "colour", "rosso"),
        ("guanti", "category", "guanti"),
        ("neri", "colour", "nero"),
    )
    slots, _ = await run(engine, SEARCH, text, *found)
    assert slots["filters"]["category"] == ["portafogli", "guanti"]
    assert len(slots["shown"]) > 2
