"""Everyday questions about the thing in view: each is answered by the line that tells it."""

import pytest

QUESTIONS = [
    ("en", "details", "bruno", "What leather are the Bruno gloves?", "deerskin"),
    ("en", "details", "bruno", "Would you tell me how one cares for them?", "lay them flat"),
    ("en", "warranty", "ricordi", "can you put a date on the cover of it", "stamped with a date"),
    ("en", "availability", "iris", "Where is the Iris made?", "Como"),
    ("en", "details", "colombo", "how many liters has the colombo?", "33 litres"),
    ("it", "availability", "ada", "fino a quanti cm di mano va la S?", "S fino a 18 cm"),
    ("it", "details", "ada", "i guanti ada si possono usare col telefono?", "touchscreen"),
    ("it", "details", "melissa", "Teme la pioggia?", "impermeabile"),
    ("it", "about_shop", "cuore", "ma è fatto a mano?", "cucito a mano"),
    ("it", "details", "giotto", "dentro cos'è", "feltro di lana"),
    ("en", "hours", "lapo", "how is it closed?", "tie closure"),
    ("it", "hours", "perpetua", "è giornaliera o settimanale?", "settimanale senza date"),
    ("it", "catalog", "oltrarno", "di cosa sa?", "ambra"),
    ("it", "payment", "marco", "protegge dalle letture contactless?", "RFID"),
    ("en", "payment", "lucrezia", "how many credit cards?", "twelve cards"),
    ("en", "returns", "corso", "can they be resoled?", "resoleable"),
    ("en", "location", "rotta", "can strangers read my address?", "hides your address"),
    ("it", "size_guide", "caterina", "ha un numero di serie?", "numerata"),
    ("it", "size_guide", "lia", "quanti centimetri è larga?", "2 cm"),
    ("it", "care", "melissa", "come si pulisce?", "spugnetta umida"),
    ("it", "warranty", "alba", "e se si bagnano?", "stendili in piano"),
    ("it", "details", "scrigno", "ci stanno gli orecchini?", "orecchini"),
    ("en", "details", "matilde", "what happens if suede gets wet?", "No water"),
    ("en", "details", "vespucci", "does it scratch easily?", "worry about scratches"),
]


@pytest.mark.parametrize(("language", "topic", "focus", "text", "told"), QUESTIONS)
async def test_the_line_that_tells_it_is_told(engine, language, topic, focus, text, told):
    engine.language = language
    engine.slots |= {"shown": [focus], "focus": focus}
    said = await engine.run(f"action_answer_{topic}", text)
    assert told in said.text


@pytest.mark.parametrize(
    ("topic", "focus", "text", "told"),
    [
        ("payment", "marco", "posso pagare con la carta?", "carta di credito"),
        ("delivery", "colombo", "in quanti giorni arriva?", "48 ore"),
        ("hours", "luna", "a che ora chiudete?", "19:30"),
        ("warranty", "siena", "e se si rompe la fibbia?", "24 mesi"),
        ("returns", "amerigo", "se sono stretti li cambio?", "30 giorni"),
        ("catalog", "siena", "cosa vendete?", "Borse"),
    ],
)
async def test_a_service_asked_for_in_its_own_words_is_told(engine, topic, focus, text, told):
    engine.slots |= {"shown": [focus], "focus": focus}
    assert told in (await engine.run(f"action_answer_{topic}", text)).text


async def test_both_are_told_where_each_has_something_of_its_own(engine):
    engine.slots |= {"shown": ["coccola"], "focus": "coccola"}
    said = await engine.run("action_answer_gift_wrap", "è già in una scatola o la incartate?")
    assert "gratuita" in said.text
    assert "scatola inclusa" in said.text


async def test_where_nothing_tells_it_something_else_is_told_each_time(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["dante"], "focus": "dante"}
    asked = ("has it got an umbrella loop?", "has it got an umbrella ring?", "any umbrella flap?")
    told = [(await engine.run("action_answer_details", text)) for text in asked]
    assert all("ask:talk_to_human" in one.choices for one in told[:2])
    assert "two buckles" in told[0].text
    assert "Three-millimetre" in told[1].text
    assert len({one.text for one in told}) == len(told)


async def test_a_kind_named_beside_the_question_leads_nowhere_else(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["filo"], "focus": "filo"}
    text = "does it clip onto a bag"
    said = await engine.run("action_search_products", text, category=("bag", "borse"))
    assert "metal clip" in said.text
    engine.slots |= {"shown": ["filo"], "focus": "filo"}
    text = "how much is a bag"
    said = await engine.run("action_answer_price", text, category=("bag", "borse"))
    assert "Filo" not in said.text


async def test_a_kind_named_in_a_question_of_care_goes_before_what_was_seen(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["cassetto"], "focus": "cassetto"}
    text = "how do I look after a candle? last one I had burnt a hole down the middle"
    said = await engine.run("action_answer_care", text, category=("candle", "profumi"))
    assert "wick" in said.text
