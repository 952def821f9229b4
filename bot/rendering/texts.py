"""The texts of the bundle: found by reference, in the customer's language, never twice the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from bot.rendering.values import written

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# A hole takes the comma or space before it along: "Ciao {name}!" reads "Ciao!".
HOLE = re.compile(r"[ ,]*\{\w+\}")
# "Sì, certo!" may be said twice; a sentence may not.
FEWEST_WORDS = 4


@dataclass(slots=True)
class Texts:
    """One bundle's texts for one customer's turn.

    `recent` is what the customer has read lately; a variant that repeats it is taken last.
    `problems` collects what a marketer should repair.
    """

    bundle: Mapping[str, Any]
    language: str
    seed: str = ""
    recent: Sequence[str] = ()
    known: Mapping[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    _told_news: bool = field(default=False, init=False)

    def has(self, ref: str) -> bool:
        """Whether the bundle holds this text in any language."""
        return bool(self._variants(ref))

    def say(self, ref: str, values: Mapping[str, Any] | None = None) -> str:
        """Return the text in the customer's language with its values filled in, or ""."""
        return self._say(ref, {**self.known, **(values or {})})

    def say_anew(self, ref: str, values: Mapping[str, Any] | None = None) -> str:
        """Return the text; where every variant was said before, say that it is said again.

        What only goes along with something new needs no such words, unless it asks.
        """
        text = self.say(ref, values)
        leads_in = text.endswith(":") or len(text.split()) < FEWEST_WORDS
        asks, repeated = "?" in text, self._was_said(text)
        if leads_in or not repeated or (self._told_news and not asks):
            self._told_news = self._told_news or not (leads_in or repeated)
            return text
        again = "text.asked_again" if asks else "text.said_again"
        whole = f"\n{text}" if "\n" in text else text
        said = self.say(again, {"text": whole}) if self.has(again) else text
        return said.replace(" \n", "\n")

    def _say(self, ref: str, values: Mapping[str, Any]) -> str:
        variants = self._variants(ref)
        if not variants:
            self.problems.append(f"There is no text called {ref}.")
            return ""
        used = {name for variant in variants for name in _names(variant)}
        filled = self._filled({name: v for name, v in values.items() if name in used})
        start = self._turn_of(ref, len(variants))
        rotated = variants[start:] + variants[:start]
        # What is known is worth saying: a variant that names the customer or the wait goes first.
        complete = sorted(
            (v for v in rotated if not _missing(v, filled)),
            key=lambda variant: -len(_names(variant)),
        )
        if not complete:
            missing = ", ".join(_missing(rotated[0], filled))
            self.problems.append(f"{ref} needs a value for {missing}.")
        first, *others = complete or rotated[:1]
        text = fill(first, filled)
        if not self._was_said(text):
            return text
        candidates = (fill(other, filled) for other in others)
        return next((c for c in candidates if not self._was_said(c)), text)

    def choices(self, ref: str) -> list[tuple[str, str]]:
        """Return (id, title) of the choices that the bundle holds for an ask or a text."""
        found: list[tuple[str, str]] = []
        for choice in self.bundle.get("choices", {}).get(ref, ()):
            value = str(choice.get("value", ""))
            ready = value.startswith(("ask:", "pick:"))
            found.append((value if ready else f"pick:{ref}:{value}", self._title(choice)))
        return found

    def _title(self, choice: Mapping[str, Any]) -> str:
        titles = choice.get("titles", {})
        title = titles.get(self.language) or next(iter(titles.values()), "")
        if isinstance(title, list | tuple):
            title = title[0] if title else ""
        return fill(str(title), self._filled(self.known)) or str(choice.get("value", ""))

    def _variants(self, ref: str) -> list[str]:
        """Return the variants in the customer's language, else in another one.

        References without a flow ("price_one") mean the shop's own texts ("text.price_one").
        """
        texts = self.bundle.get("texts", {})
        entry = texts.get(ref) or texts.get(f"text.{ref}") or {}
        found: Any = entry.get(self.language) or next((v for v in entry.values() if v), [])
        return [found] if isinstance(found, str) else [str(v) for v in found]

    def _filled(self, values: Mapping[str, Any]) -> dict[str, str]:
        filled = {}
        for name, value in values.items():
            text = self._value(value)
            if text:
                filled[name] = text
        return filled

    def _value(self, value: Any) -> str | None:
        if isinstance(value, Mapping) and "ref" in value:
            return self._say(str(value["ref"]), value.get("values") or {})
        if isinstance(value, Mapping) and len(value) == 1:
            kind, content = next(iter(value.items()))
            if isinstance(content, list | tuple):
                return written({kind: [self._value(item) for item in content]}, self.language)
        return written(value, self.language)

    def _turn_of(self, ref: str, count: int) -> int:
        digest = blake2b(f"{self.seed}|{ref}".encode(), digest_size=4).digest()
        return int.from_bytes(digest, "big") % count

    def _was_said(self, text: str) -> bool:
        return any(text in said for said in self.recent)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into a text; a placeholder without a value disappears, with its comma."""

    def value_of(match: re.Match[str]) -> str:
        name = match.group().lstrip(" ,")[1:-1]
        if name not in values:
            return ""
        return match.group().replace(f"{{{name}}}", values[name])

    text = HOLE.sub(value_of, template).strip()
    return text if template[:1] in ",;:." else text.lstrip(",;:. ")


def _missing(template: str, values: Mapping[str, str]) -> list[str]:
    return [name for name in _names(template) if name not in values]


@lru_cache(maxsize=4096)  # the texts of a bundle are filled over and over
def _names(template: str) -> tuple[str, ...]:
    return tuple(PLACEHOLDER.findall(template))
