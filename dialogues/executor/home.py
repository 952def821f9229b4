"""Where a customer lives or writes from: "scrivo da Lugano", "I'm in Cork"."""

from __future__ import annotations

import re

from dialogues.executor.talk import Heard

# What stands right before the place; "we're going to Japan" names no home.
_LIVES = re.compile(
    r"\b(?:scriv\w+ da|(?:sono|siamo|vengo|chiamo) (?:di|da)|(?:sto|stiamo|viv\w+|abit\w+|residente"
    r"|risiedo|lavoro) (?:qui |ora |adesso )?(?:a|ad|in)"
    r"|(?:i|we)(?:['’]m|['’]re| am| are)? (?:writing |live |living |based |both |over |up |down "
    r"|here |all )*(?:from|in)|(?:live|living|based|writing) (?:in|from)|here (?:in|from))\s+"
    r"(?:provincia di |vicino (?:a )?|near |just outside )?$",
    re.IGNORECASE,
)


def home_of(heard: Heard) -> str | None:
    """Return the place where the customer says that they are, None where none is told."""
    for entity in heard.entities:
        start = entity.get("start")
        here = entity.get("entity") == "city" and start is not None
        if here and _LIVES.search(heard.text[:start]):
            return str(entity.get("value"))
    return None
