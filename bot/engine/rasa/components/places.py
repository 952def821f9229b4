"""Cities that customers want something sent to, or ask about.

Those that everybody knows are listed here; those that the shop's zones name come with the catalog.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import AbstractSet, Dict, Iterator, Mapping, Text

from components.spans import Span, fold

_LIST = Path(__file__).with_name("cities.txt")
_WORD = re.compile(r"[\w']+")
_BEFORE_IT = "a ad in da per su di verso fino negli dagli citta provincia zona sono vivo abito"
_STREET = re.compile(r"via|viale|piazza|corso|largo")
_BEFORE_EN = "to in from near live"
_BEFORE = frozenset((*_BEFORE_IT.split(), *_BEFORE_EN.split()))


class Names(Dict[Text, Text]):
    """Cities as they are folded and as they are written."""

    def __init__(self, names: Mapping[Text, Text]) -> None:
        super().__init__(names)
        # By the first word: how many words a name has at most. Most words begin none.
        self.longest: Dict[Text, int] = {}
        for first, *further in (name.split() for name in names if name):
            self.longest[first] = max(1 + len(further), self.longest.get(first, 0))


_NONE = Names({})


def places(
    text: Text,
    taken: AbstractSet[Text] = frozenset(),
    delivered_to: Names = _NONE,
) -> Iterator[Span]:
    """Find cities in a folded text; a name that is also a product's needs a word before it.

    `delivered_to` are the places of the shop's zones.
    """
    tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    known = _cities()
    at = 0
    while at < len(tokens):
        first = tokens[at][0]
        longest = max(known.longest.get(first, 0), delivered_to.longest.get(first, 0))
        for size in range(min(longest, len(tokens) - at), 0, -1):
            name = " ".join(word for word, _, _ in tokens[at : at + size])
            city = known.get(name) or delivered_to.get(name, "")
            if not city:
                continue
            led = at > 0 and tokens[at - 1][0].split("'")[-1] in _BEFORE
            street = at > 0 and bool(_STREET.fullmatch(tokens[at - 1][0]))
            # "La usa" uses it; "negli usa" and "USA?" are a country.
            # "To Nebraska, USA" is one, too.
            behind = at > 1 and tokens[at - 2][0] in ("to", "from")
            verb = name == "usa" and not (led or behind) and len(tokens) > 1
            named = led or not (name in taken or city.startswith("?"))
            if named and not street and not verb:
                yield Span("city", city.lstrip("?"), tokens[at][1], tokens[at + size - 1][2])
                at += size - 1
                break
        at += 1


@lru_cache(maxsize=1)
def _cities() -> Names:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return Names({fold(one.lstrip("?")): one for one in lines if one and not one.startswith("#")})
