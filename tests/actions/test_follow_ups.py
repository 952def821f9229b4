"""What is asked further about a service, a measure or a sum is told, whatever it sounds like."""

import pytest
from ruamel.yaml import YAML

from bot.actions.answers.size_advice import advised
from bot.actions.asked import Asked
from bot.actions.follow_ups import follow_ups
from bot.actions.vocabulary import plain
from catalog import SizeGuide
from tests.actions.conftest import ROOT

SHOP = YAML(typ="safe").load((ROOT / "catalog/demo/shop.yaml").read_text(encoding="utf-8"))
GLOVES = SizeGuide(
    categories=("any",),
    text={"it": "S fino a 18 cm, M fino a 20, L fino a 22, XL oltre."},
    steps=(
        {"size": "S", "up_to": 18},
        {"size": "M", "up_to": 20},
        {"size": "L", "up_to": 22},
        {"size": "XL"},
    ),
)


def note(topic, product=None, **more):
    return {"topic": topic, "product": product, **more}


async def asked(engine, topic, text, *, language="it", focus=None, before=()):
    """Ask with a product in view and with what was spoken of before."""
    engine.language = language
    seen = {"shown": [focus], "focus": focus} if focus else {}
    engine.slots |= {**seen, "asked": list(before)}
    return (await engine.run(f"action_answer_{topic}", text)).text


@pytest.mark.parametrize(
    ("topic", "language", "before", "text", "told"),
    [
        ("delivery", "en", "returns", "business days or all days?", "5 working days"),
        ("details", "it", "returns", "sabato e domenica contano o sono lavorativi?", "5 giorni"),
        ("delivery", "en", "returns", "does somebody fetch it or do I drop it off?", "courier"),
        ("anything", "it", "returns", "il ritiro lo fate voi?", "corriere"),
        ("price", "it", "returns", "e la spesa è a carico mio?", "gratuito"),
        ("availability", "en", "returns", "and with a monogram?", "unless faulty"),
        ("returns", "it", "personalisation", "e se le sbagliate si cambia?", "salvo difetti"),
        ("returns", "en", "personalisation", "so then no sending it back?", "unless faulty"),
        ("price", "it", "personalisation", "e quanti giorni in più?", "3 giorni"),
        ("anything", "it", "warranty", "e scaduti quelli si paga?", "gratis"),
        ("discount", "en", "warranty", "once it lapses, is there a charge?", "free of charge"),
        ("delivery", "en", "about_shop", "and whereabouts?", "Florence"),
    ],
)
async def test_a_question_goes_on_about_what_was_just_told(
    engine, topic, language, before, text, told
):
    said = await asked(engine, topic, text, language=language, before=[note(before)])
    assert told in said


@pytest.mark.parametrize(
    ("topic", "language", "text", "told"),
    [
        ("delivery", "it", "un rimborso in quanti giorni arriva?", "5 giorni"),
        ("details", "en", "do you take anything off if I send it back?", "free"),
        ("details", "it", "349 in un colpo solo sono tanti, si può dilazionare?", "3 rate"),
        ("catalog", "it", "mi scriva l'indirizzo completo", "Tre Lumi"),
        ("anything", "it", "non sarà tutta roba dalla Cina?", "Firenze"),
        ("details", "en", "could you emboss a few letters on it?", "initials"),
        ("details", "it", "ci stanno 5 lettere?", "3 iniziali"),
        ("delivery", "en", "can my cousin grab it from the shop?", "collect"),
    ],
)
async def test_a_word_that_can_mean_nothing_else_needs_nothing_before(
    engine, topic, language, text, told
):
    assert told in await asked(engine, topic, text, language=language, focus="vespucci")


async def test_what_it_costs_after_a_service_is_the_price_of_the_thing(engine):
    for before in ("returns", "warranty", "personalisation"):
        said = await asked(engine, "price", "quanto costa?", focus="siena", before=[note(before)])
        assert "139" in said, before


@pytest.mark.parametrize(
    ("language", "text"),
    [("it", "e quanto costa?"), ("it", "quanto viene?"), ("en", "what would that cost")],
)
async def test_after_initials_a_price_may_be_that_of_the_initials(engine, language, text):
    before = [note("personalisation", "elba")]
    said = await asked(engine, "price", text, language=language, focus="elba", before=before)
    assert "35" in said
    assert "12" in said
    assert engine.slots["asked"][-1]["topic"] == "personalisation"
    weight = await asked(engine, "details", "quanto pesa?", focus="elba", before=before)
    assert "12" not in weight


async def test_how_to_pay_after_the_returns_is_about_payment(engine):
    said = await asked(engine, "payment", "e come si paga?", before=[note("returns")])
    assert "PayPal" in said


@pytest.mark.parametrize("known", follow_ups(), ids=lambda known: known.name)
def test_every_line_stands_in_the_shops_texts(known):
    told = SHOP["texts"][known.text]
    for language in ("it", "en"):
        assert known.line is None or known.line.search(plain(told[language])), language
    assert not known.beside or known.after


@pytest.mark.parametrize(
    ("topic", "language", "focus", "before", "text", "total"),
    [
        ("price", "en", "ettore", [note("delivery", "ettore", city="New York")],
         "what's the belt plus postage, all in?", "93.90"),
        ("availability", "en", "pagina", [], "what do a dozen of those come to?", "118.80"),
        ("price", "en", "lapo", [note("price", "memo"), note("price", "lapo")],
         "what do the two of them come to together?", "60"),
        ("details", "it", "ricordi", [note("price", "limonaia"), note("price", "ricordi")],
         "l'album e il diffusore insieme quanto fanno?", "102"),
        ("price", "it", "marco", [], "quanto viene con le iniziali in tutto?", "71"),
    ],
)  # fmt: skip
async def test_a_sum_holds_all_that_is_asked_for(
    engine, topic, language, focus, before, text, total
):
    said = await asked(engine, topic, text, language=language, focus=focus, before=before)
    assert total in said


@pytest.mark.parametrize(
    ("topic", "language", "focus", "text", "told"),
    [
        ("price", "it", "stella", "ma quanto e grande?", "19"),
        ("price", "it", "ettore", "alta quanto?", "3,5"),
        ("price", "it", "ettore", "e quanto?", "59"),
        ("price", "en", "buono", "which amounts do you do?", "100"),
        ("price", "it", "ada", "la mano misura 21 cm, che taglia sono?", "la L"),
        ("size_guide", "it", "olivia", "porto il 38 e mezzo, che numero prendo?", "la 39"),
        ("size_guide", "en", "brando", "98 from the buckle to the hole", "take 100"),
        ("warranty", "en", "giglio", "my aunt wants to know if it tips over", "base"),
        ("contact", "it", "voce", "e il cellulare ci sta? il mio è enorme", "6,9"),
        ("contact", "en", "viola", "what's your phone number?", "055"),
        ("contact", "en", "viola", "is there anything you could send by e-mail?", "gift card"),
    ],
)
async def test_what_is_asked_of_the_thing_is_told(engine, topic, language, focus, text, told):
    assert told in await asked(engine, topic, text, language=language, focus=focus)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("mi viene 18 cm giusti", "S"),
        ("18,5", "M"),
        ("17 and a half cm", "S"),
        ("venti no, 21", "L"),
        ("23 cm", "XL"),
        ("max 60 €", None),
        ("ordine 80412", None),
    ],
)
def test_a_hand_has_the_size_that_the_guide_says(text, size):
    found = advised(Asked(text=text), None, GLOVES)
    assert (found and found[1]) == size
