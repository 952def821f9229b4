"""Taking the numbers out of a question: price limits, sizes, measures."""

import re
from decimal import Decimal

from catalog.search.measures import Measure, measures
from catalog.search.question import Question
from catalog.text import fold

_AMOUNT = r"(?:€|eur|euro|euros)?\s*(\d+(?:[.,]\d{1,2})?)\s*(?:€|eur|euro|euros)?"
_BETWEEN = re.compile(
    rf"\b(?:tra|fra|between|da|from)\s+(?:i\s+)?{_AMOUNT}\s+(?:e|ed|and|a|to)\s+(?:i\s+)?{_AMOUNT}"
)
_AT_MOST = re.compile(
    r"\b(?:sotto|entro|fino a|meno di|massimo|max|non (?:\w+ ){0,2}piu di|non super\w+|under|below|"
    r"up to|less than|at most|no more than|(?:not|\w+n't) (?:\w+ ){0,2}more than|within)"
    rf"\s+(?:a\s+)?(?:i\s+|gli\s+)?{_AMOUNT}(?!\w)"
)
_AT_LEAST = re.compile(
    r"\b(?:sopra|oltre|almeno|minimo|piu di|over|above|more than|at least)\s+(?:i\s+|gli\s+)?"
    rf"{_AMOUNT}(?!\w)"
)
_SIZE = re.compile(
    r"\b(?:taglia|misura|numero|size|tg\.?)\s*(?:da\s+)?(\d{1,3}(?:[.,]5)?|xxl|xl|xs|l|m|s)\b"
)
# "No-frost" and "non-slip" are features, not refusals.
_FEATURE = re.compile(r"\b(?:no|non)-(?=\w)")
_PLACE = "qzmeasure"


def take_numbers(text: str, question: Question) -> tuple[str, dict[str, Measure]]:
    """Take price limits and a size out of a text; return the rest, folded, and its measures.

    A measure leaves a word in the text that stands for it.
    """
    rest, found = _take_measures(text)
    rest = _FEATURE.sub("", fold(rest))
    if match := _BETWEEN.search(rest):
        question.min_price, question.max_price = _amount(match[1]), _amount(match[2])
        rest = rest.replace(match[0], " ")
    else:
        rest = _take_limits(rest, question)
    if match := _SIZE.search(rest):
        question.size = match[1]
        rest = rest.replace(match[0], " ")
    return rest, found


def _take_limits(text: str, question: Question) -> str:
    if match := _AT_MOST.search(text):
        question.max_price = _amount(match[1])
        text = text.replace(match[0], " ")
    if match := _AT_LEAST.search(text):
        question.min_price = _amount(match[1])
        text = text.replace(match[0], " ")
    return text


def _take_measures(text: str) -> tuple[str, dict[str, Measure]]:
    found: dict[str, Measure] = {}
    rest, end = [], 0
    for measure in measures(text):
        name = f"{_PLACE}{len(found)}"
        found[name] = measure
        rest += [text[end : measure.start], f" {name} "]
        end = measure.end
    return "".join([*rest, text[end:]]), found


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
