"""Plain text out of the HTML that shop systems keep descriptions in."""

import re
from html import unescape

_DROPPED = re.compile(r"<(script|style|iframe)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/ul|/ol)\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(html: str) -> str:
    """Return the words of a piece of HTML, one paragraph or list item a line."""
    if "<" in html:
        html = _DROPPED.sub(" ", html)
        html = _BREAKS.sub("\n", html)
        html = _TAGS.sub(" ", html)
    if "&" in html:
        html = unescape(html)
    return _LINES.sub("\n", _SPACES.sub(" ", html.replace("\\n", "\n"))).strip()
