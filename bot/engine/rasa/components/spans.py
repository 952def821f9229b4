"""A found value and where in the message it stands."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Dict, Iterable, List, Text
from unicodedata import combining, normalize

from rasa.shared.nlu.constants import (
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
)

from components.features import INVISIBLE


@dataclass(frozen=True)
class Span:
    """One entity; `value` is in the form the catalog and the flows use."""

    entity: Text
    value: Any
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both claim the same letters."""
        return self.start < other.end and other.start < self.end

    def as_entity(self) -> Dict[Text, Any]:
        """Return it as Rasa keeps entities."""
        return {
            ENTITY_ATTRIBUTE_TYPE: self.entity,
            ENTITY_ATTRIBUTE_VALUE: self.value,
            ENTITY_ATTRIBUTE_START: self.start,
            ENTITY_ATTRIBUTE_END: self.end,
            EXTRACTOR: "Understanding",
        }


def fold(text: Text) -> Text:
    """Return the text in lower case without accents, every letter in its old place."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return "".join(_folded(letter) for letter in INVISIBLE.sub("", text))


def without_overlaps(found: Iterable[Span]) -> List[Span]:
    """Keep of overlapping finds the first; the order of finding is the order of trust."""
    kept: List[Span] = []
    for span in found:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


@lru_cache(maxsize=4096)
def _folded(letter: Text) -> Text:
    if letter in "\u2019\u2018\u02bc`":
        return "'"
    bare = "".join(part for part in normalize("NFKD", letter.lower()) if not combining(part))
    return bare if len(bare) == 1 else letter
