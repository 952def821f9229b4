"""What a customer typed, read as one of the open choices: its number, its place, its title."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from bot.rendering.fitting import OpenChoice

# Two typing mistakes in a title of twelve letters still count, another sentence does not.
TYPO = 85.0
CLEAR_LEAD = 6.0
SHORTEST_WITH_TYPO = 4

_COUNTED = (
    "1 uno una un one primo prima first",
    "2 due two secondo seconda second",
    "3 tre three terzo terza third",
    "4 quattro four quarto quarta fourth",
    "5 cinque five quinto quinta fifth",
    "6 sei six sesto sesta sixth",
    "7 sette seven settimo settima seventh",
    "8 otto eight ottavo ottava eighth",
    "9 nove nine nono nona ninth",
    "10 dieci ten decimo decima tenth",
    "-1 ultimo ultima last",
)
_NUMBERS = {word: int(line.split()[0]) for line in _COUNTED for word in line.split()[1:]}
# What is offered below an answer about a product or about the shop.
_GOES_ON = re.compile(
    r"ask:(?:buy|ask_(?:details|availability|delivery|returns|payment|reviews|price)"
    r"|compare_products|show_more|browse_catalog)(?::.*)?"
)
_BEFORE = r"(?:(?:il|lo|la|l|the|numero|number|n|nr|num|no|opzione|option|scelta|choice)\s+)*"
_AFTER = r"(?:\s+(?:one|opzione|option|grazie|thanks|please|per favore))*"
_PICK = re.compile(rf"{_BEFORE}(\d{{1,3}}|[a-z]+)(?:st|nd|rd|th|o|a)?{_AFTER}")


def resolve(text: str, open_choices: Sequence[OpenChoice]) -> OpenChoice | None:
    """Return the choice that the whole message picks, None when it says anything else.

    A sentence about a product ("how much is the second one?") is no pick: only a message that is
    nothing but a number, a place or a title counts, and a title that two choices share never does.
    """
    if not open_choices or not text.strip():
        return None
    said = _plain(text)
    listed = [choice for choice in open_choices if choice.listed]
    return (
        # Where the screen says "2. Red", "2" means that, even if another title were "2".
        (_by_number(said, listed) if said.isdecimal() else None)
        or _by_title(text, said, open_choices)
        or (None if _means_a_thing(said, open_choices) else _by_number(said, open_choices))
    )


def goes_on(choice_id: str) -> bool:
    """Tell whether a choice only goes on from an answer, so that nothing waits for it."""
    return bool(_GOES_ON.fullmatch(choice_id))


def _means_a_thing(said: str, open_choices: Sequence[OpenChoice]) -> bool:
    """Tell whether "the second one" means a product shown and no button below an answer.

    Buttons that only go on with one product, or with none ("Delivery", "Returns"), are tapped or
    named; who counts has the things shown before in mind.
    """
    if said.isdecimal() or not all(goes_on(choice.id) for choice in open_choices):
        return False
    about = {choice.id.split(":", 2)[2] for choice in open_choices if choice.id.count(":") > 1}
    return len(about) < 2


def _by_title(text: str, said: str, open_choices: Sequence[OpenChoice]) -> OpenChoice | None:
    raw = text.strip().casefold()
    exact = [c for c in open_choices if raw == c.title.strip().casefold()]
    if not exact and said:
        exact = [c for c in open_choices if said == _plain(c.title)]
    if exact:
        return exact[0] if len({c.id for c in exact}) == 1 else None
    if len(said) < SHORTEST_WITH_TYPO:
        return None
    return _with_typo(said, open_choices)


def _with_typo(said: str, open_choices: Sequence[OpenChoice]) -> OpenChoice | None:
    scores: dict[str, tuple[float, OpenChoice]] = {}
    for choice in open_choices:
        title = _plain(choice.title)
        # "up to 50" and "up to 60" are one letter apart and two answers.
        if re.findall(r"\d+", said) != re.findall(r"\d+", title):
            continue
        score = fuzz.ratio(said, title)
        if score > scores.get(choice.id, (0.0, choice))[0]:
            scores[choice.id] = (score, choice)
    best = sorted(scores.values(), key=lambda found: -found[0])
    if not best or best[0][0] < TYPO:
        return None
    if len(best) > 1 and best[0][0] - best[1][0] < CLEAR_LEAD:
        return None
    return best[0][1]


def _by_number(said: str, open_choices: Sequence[OpenChoice]) -> OpenChoice | None:
    number = _number(said)
    if number is None:
        return None
    numbered = {choice.number: choice for choice in open_choices if choice.number is not None}
    if number == -1 and numbered:
        return numbered[max(numbered)]
    return numbered.get(number)


def _number(said: str) -> int | None:
    match = _PICK.fullmatch(said)
    if match is None:
        return None
    word = match.group(1)
    return int(word) if word.isdecimal() else _NUMBERS.get(word)


@lru_cache(maxsize=4096)  # the titles of choices are few
def _plain(text: str) -> str:
    """Return the letters and digits alone: no accents, emoji, keycaps or punctuation."""
    text = text.replace("🔟", "10")
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        char
        if char.isalnum()
        else ("" if unicodedata.category(char) in ("Mn", "Me", "Cf") else " ")
        for char in letters
    )
    return " ".join("".join(kept).split())
