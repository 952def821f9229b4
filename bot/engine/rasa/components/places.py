"""Cities that customers want something sent to, or ask about.

Those that everybody knows are listed here; those that the shop's zones name come with the catalog.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import AbstractSet, Dict, Iterator, Mapping, Text, Tuple

from components.spans import Span, fold

_LIST = Path(__file__).with_name("cities.txt")
_WORD = re.compile(r"[\w']+")
_BEFORE_IT = "a ad in da per su di verso fino negli dagli citta provincia zona sono vivo abito"
_STREET = re.compile(r"via|viale|piazza|corso|largo")
_BEFORE_EN = "to in from near live"
_BEFORE = frozenset((*_BEFORE_IT.split(), *_BEFORE_EN.split()))
_NONE: Mapping[Text, Text] = {}


def places(
    text: Text,
    taken: AbstractSet[Text] = frozenset(),
    delivered_to: Mapping[Text, Text] = _NONE,
) -> Iterator[Span]:
    """Find cities in a folded text; a name that is also a product's needs a word before it.

    `delivered_to` are the places of the shop's zones, as they are folded and as they are written.
    """
    tokens = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    known, longest = _cities()
    at = 0
    while at < len(tokens):
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
def _cities() -> Tuple[Dict[Text, Text], int]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    names = {fold(line.lstrip("?")): line for line in lines if line and not line.startswith("#")}
    return names, max(len(name.split()) for name in names)
