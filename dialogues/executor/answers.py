"""Reading the answer to an open question, according to the kind it was declared to be."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from dialogues.executor.dates import read_date
from dialogues.executor.lookup import product_in_view
from dialogues.executor.numbers import read_number
from dialogues.executor.talk import Heard, Json, Talk
from dialogues.executor.vocabulary import FILLERS, LEAVE, NO, YES

# Who asks for one of these has something else in mind than to say how they like a thing.
_CALLS = ("talk_to_human", "cancel_order", "request_refund", "order_status")
_CALLS_CLEARLY = 0.85
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w@])(\+|00)?\d[\d\s./()-]{5,18}\d(?![\w@])")
# An order or a parcel: letters may stand around it, a year or a price is shorter.
_CODE = re.compile(r"(?<![\w.,])#?([a-z]{0,4}[-/]?\d{4,}[\w/-]*)(?![\w@])", re.IGNORECASE)
# Alone in a sentence: no year, no price.
_LONG_CODE = re.compile(r"(?<![\w.,+])#?([a-z]{0,4}[-/]?\d{5,8})(?![\w@])", re.IGNORECASE)
_CLOSE_TITLE = 0.8
_FEW_WORDS = 3


@dataclass
class Answer:
    """A value found in what the customer said.

    `sure` means that the message is nothing but this answer; otherwise a confident intent in the
    same message ("e se spendo 200 la spedizione è gratis?") goes first.
    """

    value: Any
    sure: bool


def plain_words(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: what titles are compared by."""
    return " ".join(re.sub(r"[^\w€@£$%👍👎]+", " ", plain_day(text)).split())


def leaves(talk: Talk, step: Json, heard: Heard) -> bool:
    """Tell whether these words step out of a question ("lascia stare", "never mind").

    Where a choice is called like that ("non importa"), they are an answer.
    """
    if heard.choice or plain_words(heard.text) not in LEAVE:
        return False
    return _choice(talk, step, heard) is None


def read_answer(talk: Talk, step: Json, heard: Heard, given: Json) -> Answer | None:
    """Return the value this message holds for this question, or None."""
    for entity in step.get("from", ()):
        if given.get(entity) not in (None, ""):
            return Answer(given[entity], sure="?" not in heard.text)
    chosen = _choice(talk, step, heard)
    if chosen:
        return chosen
    readings = (_READERS[kind](talk, heard, given) for kind in step["kinds"])
    return next((reading for reading in readings if reading), None)


def read_at_once(talk: Talk, step: Json, said: str) -> Answer | None:
    """Return what the message that opened a flow already answers: "5 stelle, bellissima!".

    Only what hardly means anything else there: a long number, an address, a choice of its own.
    """
    if not said:
        return None
    kinds = step["kinds"]
    if "code" in kinds and (code := _LONG_CODE.search(said)):
        return Answer(code[1], sure=True)
    if "email" in kinds and (email := _email_in(said)):
        return email
    if "phone" in kinds and (phone := _phone_in(said)):
        return phone
    return _named_choice(talk, step, said)


def _named_choice(talk: Talk, step: Json, said: str) -> Answer | None:
    words = f" {plain_words(said)} "
    titles = [
        (plain_words(title), choice["value"])
        for choice in talk.bundle.get("choices", {}).get(step["ref"], ())
        for title in choice["titles"].values()
    ]
    named = {value for title, value in titles if " " in title and f" {title} " in words}
    return Answer(_as_kind(step["kinds"], named.pop()), sure=True) if len(named) == 1 else None


def read_tap(talk: Talk, step: Json, value: str) -> Answer | None:
    """Return the answer a tapped value stands for, None when the question has no such choice."""
    choices = talk.bundle.get("choices", {}).get(f"{step['ref']}", ())
    known = any(str(choice["value"]) == value for choice in choices)
    if not known and (choices or not {"product", "number"} & set(step["kinds"])):
        return None
    if "number" in step["kinds"]:
        number = read_number(value, "en")
        return Answer(number[0] if number else value, sure=True)
    return Answer(value, sure=True) if value else None


def _choice(talk: Talk, step: Json, heard: Heard) -> Answer | None:
    choices = talk.bundle.get("choices", {}).get(step["ref"], ())
    words = plain_words(heard.text)
    if not choices or not words:
        return None
    titles = {
        plain_words(title): choice["value"]
        for choice in choices
        for title in (*choice["titles"].values(), str(choice["value"]))
    }
    value = _agreed(words, heard.intent, titles.values()) or _matched(words, titles)
    if value is None and "choice" in step["kinds"] and words.isdigit():
        place = int(words) - 1
        value = choices[place]["value"] if 0 <= place < len(choices) else None
    if value is not None:
        return Answer(_as_kind(step["kinds"], value), sure=True)
    if "choice" not in step["kinds"]:
        return None
    contained = [value for title, value in titles.items() if f" {title} " in f" {words} "]
    few = len(words.split()) <= _FEW_WORDS * 2 and "?" not in heard.text
    return Answer(contained[0], sure=few) if len(set(contained)) == 1 else None


def _agreed(words: str, intent: str | None, values: Any) -> str | None:
    """Read "sì" and "no" for a question whose choices are yes and no."""
    known = set(values)
    if words in YES or intent == "affirm":
        return "yes" if "yes" in known else None
    if words in NO or intent == "deny":
        return "no" if "no" in known else None
    return None


def _matched(words: str, titles: dict[str, str]) -> str | None:
    if words in titles:
        return titles[words]
    if any(mark.isdigit() for mark in words):  # "fino a 60" is not a typo of "fino a 50"
        return None
    close = difflib.get_close_matches(words, titles, n=1, cutoff=_CLOSE_TITLE)
    return titles[close[0]] if close else None


def _as_kind(kinds: list[str], value: str) -> Any:
    number = read_number(value, "en") if "number" in kinds else None
    return number[0] if number else value


def _number(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    found = read_number(heard.text, talk.language)
    if not found:
        return None
    value, rest = found
    words = [word for word in plain_words(rest).split() if word not in FILLERS]
    few = len(words) <= _FEW_WORDS
    return Answer(value, sure=few and "?" not in heard.text)


def _email(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    return _email_in(heard.text)


def _email_in(said: str) -> Answer | None:
    match = _EMAIL.search(said)
    return Answer(match.group(), sure=True) if match else None


def _phone(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    return _phone_in(heard.text)


def _phone_in(said: str) -> Answer | None:
    match = _PHONE.search(said)
    digits = re.sub(r"\D", "", match.group()) if match else ""
    if not match or not 7 <= len(digits) <= 15:
        return None
    international = match[1] in ("+", "00")
    return Answer(f"+{digits.removeprefix('00')}" if international else digits, sure=True)


def _code(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    match = _CODE.search(heard.text)
    return Answer(match[1], sure="?" not in heard.text) if match else None


def _date(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    day = read_date(plain_day(heard.text), _today(talk))
    return Answer({"date": day.isoformat()}, sure="?" not in heard.text) if day else None


def plain_day(text: str) -> str:
    """Lower case without accents, with the marks that dates are written with."""
    if text.isascii():
        return text.lower()
    unfolded = unicodedata.normalize("NFKD", text.lower())
    return "".join(mark for mark in unfolded if not unicodedata.combining(mark))


def _today(talk: Talk) -> date:
    """The shop's day if the gateway says it, so that a replayed turn reads the same."""
    try:
        return date.fromisoformat(str(talk.context.get("today")))
    except ValueError:
        return datetime.now(timezone.utc).date()


def _product(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    if given.get("product") in (None, "") and given.get("ordinal") is None:
        return None
    product = product_in_view(talk.facts, given)
    return Answer(product, sure=True) if product else None


def _text(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    words = heard.text.strip()
    return Answer(words, sure=False) if words else None


def _opinion(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    """Take what somebody thinks as it is, though it speaks of delivery, zips or buying again."""
    words = heard.text.strip()
    elsewhere = heard.intent in _CALLS and heard.confidence >= _CALLS_CLEARLY
    return Answer(words, sure="?" not in words and not elsewhere) if words else None


def _nothing(talk: Talk, heard: Heard, given: Json) -> Answer | None:
    return None


_READERS: dict[str, Callable[[Talk, Heard, Json], Answer | None]] = {
    "number": _number,
    "choice": _nothing,
    "code": _code,
    "email": _email,
    "phone": _phone,
    "date": _date,
    "product": _product,
    "opinion": _opinion,
    "text": _text,
}
