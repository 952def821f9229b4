"""The row and the shop's texts answer what was asked, whatever words it was asked in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from bot.actions.answers import hours
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from bot.rendering import Audience, render
from channels.kit import Capabilities

SEARCH = "action_search_products"
ANYTHING = "action_answer_anything"


def answer(topic):
    return f"action_answer_{topic}"


def note(topic, product=None, **more):
    return {"topic": topic, "product": product, **more}


@pytest.mark.parametrize(
    ("language", "focus", "text", "told"),
    [
        ("en", "memo", "Does fountain pen ink go through the pages?", "stand up to a fountain pen"),
        ("en", "giotto", "whats the inside made of", "wool felt"),
        ("en", "vista", "Is the inside soft, or will it scratch the lenses?", "suede"),
        ("it", "giotto", "dentro com'è?", "feltro di lana"),
        ("it", "bice", "sotto com'è la suola", "gomma riciclata"),
        ("it", "nuvola", "è tutta cashmere o è mista?", "cashmere puro"),
        ("en", "etna", "whats the size and weight of it", "48"),
        ("en", "clara", "whats the measurments", "25"),
        ("it", "pagina", "di cosa è fatto?", "pelle"),
        ("en", "elba", "how many cards fit in the elba", "six cards"),
    ],
)
async def test_the_line_that_tells_it_is_told(engine, language, focus, text, told):
    engine.language = language
    engine.slots |= {"shown": [focus], "focus": focus}
    said = await engine.run(answer("details"), text)
    assert told in said.text


async def test_of_the_lining_nothing_else_is_told(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["giotto"], "focus": "giotto"}
    said = await engine.run(answer("details"), "what is the inside made of?")
    assert "it is made of" not in said.text


async def test_which_measures_it_has_is_answered_where_there_are_no_sizes(engine):
    engine.slots |= {"shown": ["colombo"], "focus": "colombo"}
    said = await engine.run(answer("availability"), "che misure ha di preciso?")
    assert "50 × 28 × 24" in said.text


async def test_why_it_costs_so_much_is_told(engine):
    engine.language = "en"
    said = await engine.run(answer("price"), "why is it so expensive??", product="caterina")
    assert "€249" in said.text
    assert "hand stitched" in said.text


async def test_several_pieces_have_a_price_together(engine):
    engine.slots |= {"shown": ["cuore"], "focus": "cuore"}
    said = await engine.run(answer("price"), "5 pezzi quanto mi verrebbero", quantity=5)
    assert "64,50 €" in said.text
    engine.slots |= {"shown": ["marco", "elba"], "focus": None}
    two = await engine.run(answer("price"), "quanto costano i due portafogli?", quantity=2)
    assert "In tutto" not in two.text


async def test_what_the_shop_has_one_of_is_named_by_that_word_alone(engine):
    engine.slots |= {"shown": ["nuvola", "bora"], "focus": None}
    said = await engine.run(answer("price"), "ah, i sacchetti! quanto costano?")
    assert "12,50 €" in said.text


async def test_the_other_one_is_asked_the_same(engine):
    engine.slots |= {"shown": ["dante", "vasari"], "focus": None}
    first = await engine.run(answer("details"), "la Vasari quanto pesa?", product="vasari")
    assert "1,1 kg" in first.text
    other = await engine.run(answer("details"), "e l'altra?", ordinal=("l'altra", "other"))
    assert "1,6 kg" in other.text


async def test_a_size_between_two_is_no_comparison_of_products(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["tepore"], "focus": "tepore"}
    text = "so what is better for me if I have 37, to take 36 or 38?"
    said = await engine.run(answer("compare"), text)
    assert "larger" in said.text


async def test_red_ones_still_are_those_of_the_one_in_view(engine):
    engine.slots |= {
        "shown": ["aurora", "siena"],
        "focus": "aurora",
        "filters": {"category": "borse"},
    }
    said = await engine.run(answer("availability"), "rossa ne avete ancora?", colour="rosso")
    assert "Aurora" in said.text
    assert "Siena" not in said.text


@pytest.mark.parametrize("language", ["it", "en"])
async def test_initials_after_returns_are_about_returns(engine, language):
    engine.language = language
    engine.slots |= {"asked": [note("returns")]}
    text = {
        "it": "se uno ha fatto mettere le iniziali vale lo stesso?",
        "en": "what if somethings got initials on it",
    }[language]
    said = await engine.run(answer("details"), text)
    assert {"it": "non si possono rendere", "en": "cannot be returned"}[language] in said.text


async def test_the_express_that_is_asked_for_has_its_price(engine):
    engine.language = "en"
    said = await engine.run(answer("delivery"), "to Rome, do you have express?", city="Rome")
    assert "€9.90" in said.text


async def test_who_picks_it_up_in_the_shops_town_is_told_how(engine):
    engine.language = "en"
    text = "My daughter lives in Florence, could she just pick them up from the shop?"
    said = await engine.run(answer("delivery"), text, city="Florence")
    assert "collect for free" in said.text


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        ("il corriere che viene a prenderle chi lo paga", [note("returns")], "il corriere passa"),
        ("e contro le tarme?", [note("care", "nuvola")], "lavanda"),
        (
            "e la carta com'è? ci scrivo con la stilografica",
            [note("price", "memo")],
            "stilografica",
        ),
        ("ci sarebbe qualcosa in seta per il collo", [], "seta"),
    ],
)
async def test_what_no_intent_explains_is_looked_up(engine, text, asked, told):
    engine.slots |= {"asked": asked, "focus": asked[-1]["product"] if asked else None}
    assert told in (await engine.run(ANYTHING, text)).text


@pytest.mark.parametrize("text", ["asdf qwer", "mah", "che tempo fa domani?", "chi ha vinto?"])
async def test_what_nothing_answers_is_left_to_be_said_again(engine, text):
    said = await engine.run(ANYTHING, text)
    assert said.text == ""
    assert said.slots["result"] == {"answer": "none"}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("it", "e l'8 dicembre siete aperti?", "chiusi (Immacolata)"),
        ("it", "siete aperti sabato 12 dicembre?", "10:00–19:30"),
        ("en", "are you open on Christmas day?", "closed (Christmas Day)"),
        ("en", "and on the 9th of December?", "10:00–13:00"),
    ],
)
async def test_hours_of_a_date(demo_file, open_shop, bundle, language, text, told):
    now = datetime(2026, 11, 26, 16, 0, tzinfo=ZoneInfo("Europe/Rome"))
    shop = Shop(await open_shop(demo_file), now, language)
    answered = await hours.answer(Asked(text=text, language=language), shop)
    rendered = render(answered.replies, bundle, Audience(language, Capabilities(max_text=4000)))
    assert told in rendered.messages[0].text
    assert rendered.problems == []


async def test_the_other_one_is_asked_the_same_where_the_first_row_does_not_tell(engine):
    engine.language = "en"
    engine.slots |= {"shown": ["giotto", "dante"], "focus": None}
    first = await engine.run(answer("details"), "how heavy is the giotto?", product="giotto")
    assert "don't know" in first.text or "nothing written" in first.text
    other = await engine.run(
        answer("back"), "and the other one?", ordinal=("the other one", "other")
    )
    assert "1.6 kg" in other.text


REDUCED = "UPDATE catalog_variant SET sale_price = 79 WHERE sku = 'LUNA-NERO'"


async def test_whether_a_thing_is_on_sale_is_told(engine, shop_with):
    discount = "action_answer_discount"
    asked = "la Luna c'è in sconto?"
    answered = await engine.run(discount, asked, product=("Luna", "luna"))
    assert "oggi non è in saldo: costa 99" in answered.text
    assert "10%" in answered.text

    def reduce(conn: Connection) -> None:
        conn.execute(text(REDUCED))

    # Only one of its colours is reduced: the price told is the one of that colour.
    reduced = await (await shop_with(reduce)).run(discount, asked, product=("Luna", "luna"))
    assert "79 € invece di 99 €" in reduced.text
    assert "saldo" not in (await engine.run(discount, "mi fate uno sconto?")).text.splitlines()[0]


async def test_a_price_in_a_colour_that_is_not_made_says_so(english):
    english.slots |= {"shown": ["magellano"], "focus": "magellano"}
    asked = "dark brown one please, how much?"
    colour = ("dark brown", "testa-di-moro")
    answered = await english.run("action_answer_price", asked, colour=colour)
    assert "does not come in dark brown" in answered.text
    assert "45" in answered.text


async def test_who_asks_for_complaints_hears_the_most_critical_voice(engine):
    engine.slots |= {"shown": ["colle"], "focus": "colle"}
    answered = await engine.run("action_answer_reviews", "qualcuno si è lamentato?")
    assert "La voce più critica" in answered.text
    plain = await engine.run("action_answer_reviews", "che dicono i clienti?")
    assert "La voce più critica" not in plain.text
