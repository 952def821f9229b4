"""Reading answers as people write them: numbers, days, addresses, choices."""

from datetime import date
from typing import Any

import pytest

from dialogues.executor import Heard, advance, start
from dialogues.executor.answers import read_answer
from dialogues.executor.dates import read_date
from dialogues.executor.numbers import read_number
from dialogues.executor.talk import open_talk


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("circa 70 euro", "it", 70),
        ("70€", "it", 70),
        ("€70", "en", 70),
        ("fino a 50", "it", 50),
        ("max 150,00", "it", 150),
        ("1.200,50", "it", "1200.5"),
        ("1,200.50", "en", "1200.5"),
        ("1,200.50", "it", "1200.5"),
        ("1.200", "it", 1200),
        ("1.200", "en", "1.2"),
        ("1,200", "en", 1200),
        ("12,50", "en", "12.5"),
        ("19.90", "it", "19.9"),
        ("1.234.567", "it", 1234567),
        ("tra 50 e 100", "it", 100),
        ("50-80 euro", "it", 80),
        ("between 30 and 60", "en", 60),
        ("2k", "en", 2000),
        ("settanta", "it", 70),
        ("un centinaio", "it", 100),
        ("una settantina di euro", "it", 70),
        ("una novantina", "it", 90),
        ("centocinquanta euro", "it", 150),
        ("ventotto", "it", 28),
        ("millecinquecento", "it", 1500),
        ("mille", "it", 1000),
        ("due", "it", 2),
        ("seventy five", "en", 75),
        ("seventy-five", "en", 75),
        ("a hundred and twenty", "en", 120),
        ("two thousand", "en", 2000),
        ("one thousand five hundred", "en", 1500),
        ("one thousand and one", "en", 1001),
        ("the red one", "en", None),
        ("one", "en", 1),
        ("una borsa", "it", None),
        ("sei gentile", "it", None),
        ("sei", "it", 6),
        ("non so", "it", None),
        ("", "it", None),
        ("max150", "it", None),
    ],
)
def test_numbers(text: str, language: str, number: object) -> None:
    found = read_number(text, language)
    assert (found[0] if found else None) == number


TODAY = date(2026, 5, 13)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("oggi", "2026-05-13"),
        ("domani sera", "2026-05-14"),
        ("dopodomani", "2026-05-15"),
        ("tomorrow please", "2026-05-14"),
        ("venerdi", "2026-05-15"),
        ("wednesday", "2026-05-20"),
        ("lunedi prossimo", "2026-05-18"),
        ("2026-12-05", "2026-12-05"),
        ("12/5", "2027-05-12"),
        ("13/5", "2026-05-13"),
        ("il 24.12", "2026-12-24"),
        ("12/31/2026", "2026-12-31"),
        ("1/2/27", "2027-02-01"),
        ("24 dicembre", "2026-12-24"),
        ("december 24", "2026-12-24"),
        ("24th of december", "2026-12-24"),
        ("3 mar", "2027-03-03"),
        ("il primo giugno", "2026-06-01"),
        ("sabato 16 maggio", "2026-05-16"),
        ("friday, 22nd of may", "2026-05-22"),
        ("sabato prossimo", "2026-05-16"),
        ("dopo domani", "2026-05-15"),
        ("the day after tomorrow", "2026-05-15"),
        ("entro 3 giorni", "2026-05-16"),
        ("in two weeks", "2026-05-27"),
        ("fra un mese", "2026-06-12"),
        ("entro 48 ore", "2026-05-15"),
        ("fine mese", "2026-05-31"),
        ("end of the year", "2026-12-31"),
        ("questo weekend", "2026-05-16"),
        ("this week", "2026-05-17"),
        ("next week", "2026-05-24"),
        ("per il 24", "2026-05-24"),
        ("by the 2nd", "2026-06-02"),
        ("the 31st", "2026-05-31"),
        ("prima di natale", "2026-12-25"),
        ("pasqua", "2027-03-28"),
        ("festa della mamma", "2027-05-09"),
        ("father's day", "2026-06-21"),
        ("31/2", None),
        ("99/99", None),
        ("2026-13-40", None),
        ("boh", None),
        ("", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    found = read_date(text, TODAY)
    assert (found.isoformat() if found else None) == day


def answer(kinds: list[str], text: str, **more: Any) -> object:
    """Ask one question and return what is kept after one message, "?" if it was unclear."""
    choices = more.pop("choices", {})
    step = {"id": "x", "do": "ask", "ref": "f.x", "keep": "x", "kinds": kinds, "uses": []}
    bundle = {
        "languages": ["it", "en"],
        "flows": {"f": {"steps": [step]}, "q": {"steps": [{"id": "1", "do": "say", "ref": "q.1"}]}},
        "starts": {"help": "f", "ask_delivery": "q"},
        "choices": {
            "f.x": [{"value": value, "titles": {"it": title}} for value, title in choices.items()]
        },
    }
    facts = {"context": {"today": "2026-05-13"}, **more.pop("facts", {})}
    language = more.pop("language", "it")
    entities = [{"entity": k, "value": v} for k, v in more.pop("entities", {}).items()]
    state = advance(bundle, start(), Heard("", "help", 1.0, [], None, language, facts)).state
    heard = Heard(text, more.pop("intent", None), 1.0, entities, None, language, facts)
    return advance(bundle, state, heard).state["memory"].get("x", "?")


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("number", "direi sui 70", 70),
        ("number", "mah, una settantina di euro più o meno, diciamo 70", 70),
        ("number", "quanto costa la spedizione", "?"),
        ("email", "scrivimi a Mario.Rossi+shop@esempio.co.uk!", "Mario.Rossi+shop@esempio.co.uk"),
        ("email", "mario@", "?"),
        ("email", "che prezzo ha", "?"),
        ("phone", "+39 333 123 4567", "+393331234567"),
        ("phone", "0039 333-1234567", "+393331234567"),
        ("phone", "chiamami al 055/5550148 grazie", "0555550148"),
        ("phone", "ordine 123", "?"),
        ("phone", "12345678901234567890", "?"),
        ("date", "Venerdì", {"date": "2026-05-15"}),
        ("date", "il 12/5/2027", {"date": "2027-05-12"}),
        ("date", "prima o poi", "?"),
        ("text", "  Auguri  ", "Auguri"),
        ("text", "   ", "?"),
        ("product", "quella lì", "?"),
    ],
)
def test_a_kind_takes_its_answer_and_nothing_else(kind: str, text: str, kept: object) -> None:
    assert answer([kind], text) == kept


def test_several_kinds_are_tried_in_order() -> None:
    assert answer(["email", "phone"], "333 1234567") == "3331234567"
    assert answer(["email", "phone"], "a@b.it, 333 1234567") == "a@b.it"


def test_a_question_that_holds_a_day_is_a_question() -> None:
    assert answer(["date"], "domani spedite?", intent="ask_delivery") == "?"
    assert answer(["date"], "domani", intent="ask_delivery") == {"date": "2026-05-14"}


def test_the_day_comes_from_the_clock_where_nobody_says_it() -> None:
    kept = answer(["date"], "oggi", facts={"context": {}})
    assert isinstance(kept, dict)
    assert date.fromisoformat(kept["date"]).year >= 2026


def test_a_product_is_named_or_pointed_at() -> None:
    shown = {"shown": ["aurora", "siena"]}
    assert answer(["product"], "la siena", entities={"product": "siena"}) == "siena"
    assert answer(["product"], "la prima", entities={"ordinal": 1}, facts=shown) == "aurora"
    assert answer(["product"], "la nona", entities={"ordinal": 9}, facts=shown) == "?"


COLOURS = {"red": "Rosso scuro", "blue": "Blu"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rosso scuro", "red"),
        ("rosso  SCURO!!", "red"),
        ("roso scuro", "red"),
        ("2", "blue"),
        ("3", "?"),
        ("direi blu", "blue"),
        ("blue", "blue"),
        ("blu o rosso scuro", "?"),
        ("verde", "?"),
        ("", "?"),
    ],
)
def test_choices_are_found_by_title_place_and_with_a_typo(text: str, kept: str) -> None:
    assert answer(["choice"], text, choices=COLOURS) == kept


YES_NO = {"yes": "Volentieri", "no": "Meglio di no"}


@pytest.mark.parametrize(
    ("text", "intent", "kept"),
    [
        ("sì", None, "yes"),
        ("ok", None, "yes"),
        ("eh già", "affirm", "yes"),
        ("no grazie", None, "no"),
        ("macché", "deny", "no"),
        ("forse", None, "?"),
    ],
)
def test_yes_and_no_answer_a_yes_no_question(text: str, intent: str | None, kept: str) -> None:
    assert answer(["choice"], text, intent=intent, choices=YES_NO) == kept


def test_a_typo_never_turns_one_number_into_another() -> None:
    assert answer(["choice"], "fino a 60", choices={"50": "Fino a 50", "90": "Fino a 90"}) == "?"


def test_a_choice_beside_a_free_number_keeps_a_number() -> None:
    titles = {"50": "Fino a 50 €", "any": "Non importa"}
    assert answer(["number"], "Fino a 50 €", choices=titles) == 50
    assert answer(["number"], "non importa", choices=titles) == "any"
    assert answer(["number"], "fino a 60", choices=titles) == 60


def test_an_opinion_is_kept_though_it_sounds_like_a_question_for_the_shop() -> None:
    step = {"kinds": ["opinion"], "ref": "recensione.opinion"}
    talk = open_talk({}, None, {})

    def sure(text: str, intent: str | None = None) -> bool:
        heard = Heard(text, intent, 0.9, [], None, "it", {})
        answer = read_answer(talk, step, heard, {})
        assert answer
        return answer.sure

    assert sure("bella, spedizione veloce", "ask_delivery")
    assert sure("la ricomprerei", "buy")
    assert not sure("quanto costa la spedizione?", "ask_delivery")
    assert not sure("voglio parlare con qualcuno", "talk_to_human")
