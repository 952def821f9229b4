"""E-mail addresses, phone numbers and order numbers."""

import re
from typing import Iterator, Text

from components.spans import Span

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")
_PHONE = re.compile(r"(?<![\w@.,])(?P<plus>\+|00)?\d[\d\s./()-]{5,18}\d(?![\w@])")
_ORDER_WORD = r"(?:ordin[ei]|order|acquisto|spedizione|tracking|pratica)"
_NUMBER_WORD = r"(?:numero|number|num|nr|n|no|id|codice|code)?\s*[.:°º#]?"
_CODE = r"(?P<code>[a-z]{0,4}-?\d[\da-z-]{2,19})"
_ORDERS = [
    re.compile(rf"\b{_ORDER_WORD}\s*(?:e\s+il\s+|is\s+|il\s+)?{_NUMBER_WORD}\s*{_CODE}\b"),
    re.compile(rf"\b(?:numero|number|num|nr|n|codice|code)\b\s*[.:°º#]?\s*{_CODE}\b"),
    re.compile(rf"#\s*{_CODE}\b"),
    re.compile(r"\b(?:ordin|order)[^\W\d_]+\b[^?!]*[\s,.:](?P<code>\d{5,10})\W*$"),
    # "Trovato, è il 70418": as long as no price and no year, and the whole of what is said.
    re.compile(
        r"(?:\be|'s|\bis|\beccol[oa]|\bit's|\bits)[\s,:]+(?:il\s+|lo\s+)?(?P<code>\d{5,10})\W*$"
    ),
]


def contacts(text: Text) -> Iterator[Span]:
    """Find what identifies a customer or an order in a folded text."""
    for match in _EMAIL.finditer(text):
        yield Span("email", match.group(), match.start(), match.end())
    for pattern in _ORDERS:
        for match in pattern.finditer(text):
            # "numero 42" is a shoe size or a place in the list, not an order.
            if sum(letter.isdigit() for letter in match["code"]) >= 4:
                yield Span("order_number", match["code"].upper(), *match.span("code"))
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if match["plus"] == "00":
            digits = digits[2:]
        if 8 <= len(digits) <= 15:
            value = ("+" if match["plus"] else "") + digits
            yield Span("phone", value, match.start(), match.end())
