"""What is said beside the main thing: a greeting before it, a question after a purchase."""

import math
import re
from functools import lru_cache
from itertools import islice
from typing import Iterator, List, Text

from components.features import words
from components.linear import LinearModel, Weighed
from components.topics import MANNERS

GREETING = "greet"
PURCHASE = "buy"
QUESTION = "ask_"  # what the intents of questions begin with
_LONGEST_GREETING = 2  # words: "good morning"
_KNOWN = 0.5  # the share of its words
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COMMA = re.compile(r"\s*[,;:]\s+|\s+[-–]\s+")


class Greetings:
    """Hears a greeting at the beginning of a message that goes on with something else.

    `plain` is the clarity of the plainest phrases: a part of a sentence must not be guessed at.
    """

    def __init__(self, model: LinearModel, plain: float) -> None:
        self._model = model
        self._plain = plain
        # Messages begin with the same few words again and again.
        self._is_greeting = lru_cache(maxsize=4096)(self._weigh)

    def begin(self, text: Text) -> bool:
        """Say whether the text begins with one."""
        found = list(islice(_WORD.finditer(text), _LONGEST_GREETING + 1))
        return any(self._is_greeting(text[: word.end()].lower()) for word in found[:-1])

    def _weigh(self, beginning: Text) -> bool:
        return _is(self._model.weigh(words(beginning)), GREETING, self._plain)


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


def are_tied(said: Weighed, tie: float) -> bool:
    """Tell whether two intents are as good as equal ("delivery discount")."""
    (first, best), (second, next_best) = (*said.intents, ("", -math.inf))[:2]
    return best - next_best < tie and not {first, second} & set(MANNERS)


def _is(part: Weighed, name: Text, clarity: float) -> bool:
    # Of words that training has never seen little but the bias speaks.
    return part.known >= _KNOWN and part.intents[0][0].startswith(name) and part.clarity >= clarity


def _cut(sentence: Text) -> Iterator[Text]:
    parts = _COMMA.split(sentence)
    if len(parts) > 1:
        yield from (part for part in parts if _WORD.search(part))
