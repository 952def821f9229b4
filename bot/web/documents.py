"""Small HTML documents in the visitor's language."""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
LANGUAGES = ("it", "en")


@cache
def environment() -> Environment:
    """Return the templates of all pages; every value in them is escaped."""
    return Environment(
        loader=FileSystemLoader(HERE / "documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(document: str, /, **words: Any) -> str:
    """Fill a document of the folder `documents`."""
    return environment().get_template(document).render(words)


def language_of(request: Request) -> str:
    """Return the visitor's language: the one chosen before, else the browser's best match."""
    chosen = request.cookies.get("dialogo_language")
    if chosen in LANGUAGES:
        return chosen
    return best_language(request.headers.get("accept-language", ""))


def best_language(header: str) -> str:
    """Return the language of ours that an Accept-Language header prefers, Italian if none."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        if language in LANGUAGES:
            wanted.append((_number(weight), language))
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else _fallback(header)


def _number(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def _fallback(header: str) -> str:
    # Somebody who reads neither is better served in English; a script says nothing at all.
    return "en" if header else "it"
