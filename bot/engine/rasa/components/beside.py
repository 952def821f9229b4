"""What is said beside the main thing: a greeting before it, a question after a purchase."""

import re
from typing import Iterator, List, Text

from components.features import words
from components.linear import LinearModel, Weighed

GREETING = "greet"
PURCHASE = "buy"
QUESTION = "ask_"  # what the intents of questions begin with
_LONGEST_GREETING = 2  # words: "good morning"
_KNOWN = 0.5  # the share of its words
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COMMA = re.compile(r"\s*[,;:]\s+|\s+[-–]\s+")


def greets(model: LinearModel, text: Text, plain: float) -> bool:
    """Say whether a message that goes on with something else begins with a greeting.

    `plain` is the clarity of the plainest phrases: a part of a sentence must not be guessed at.
    """
    found = list(_WORD.finditer(text))[: _LONGEST_GREETING + 1]
    beginnings = (text[: word.end()] for word in found[:-1])
    return any(_is(model.weigh(words(part)), GREETING, plain) for part in beginnings)


def clauses(
    model: LinearModel, sentences: List[Text], whole: Weighed, enough: float, plain: float
) -> List[Weighed]:
    """Return what the clauses of a message ask, a purchase first; nothing where they ask one thing.

    Who says "la prendo, paypal va bene?" wants to buy and asks a question. `enough` is how clear a
    question beside a purchase must be; two questions must both be `plain`.
    """
    parts = [model.weigh(words(clause)) for sentence in sentences for clause in _cut(sentence)]
    bought = [part for part in parts if _is(part, PURCHASE, plain)]
    if not bought and whole.intents[0][0] == PURCHASE and whole.clarity >= enough:
        bought = [whole]
    needed = enough if bought else plain
    asked = {part.intents[0][0]: part for part in reversed(parts) if _is(part, QUESTION, needed)}
    found = [*bought[:1], *reversed(list(asked.values()))]
    return found if len(found) > 1 else []


def _is(part: Weighed, name: Text, clarity: float) -> bool:
    # Of words that training has never seen little but the bias speaks.
    return part.known >= _KNOWN and part.intents[0][0].startswith(name) and part.clarity >= clarity


def _cut(sentence: Text) -> Iterator[Text]:
    parts = _COMMA.split(sentence)
    if len(parts) > 1:
        yield from (part for part in parts if _WORD.search(part))
