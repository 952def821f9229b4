"""Prices as shops write them."""

import re
from decimal import Decimal

_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD"}
_PRICE = re.compile(
    r"^(?P<before>[A-Za-z]{3}|[€£$])?\s*(?P<number>\d[\d.,'\s]*)\s*(?P<after>[A-Za-z]{3}|[€£$])?$"
)


def read_price(text: str) -> tuple[Decimal, str | None]:
    """Read "129,00 €", "EUR 1.299,00", "12.50 USD" or "1,299.00"; raise ValueError otherwise."""
    if (match := _PRICE.match(text.strip())) is None:
        raise ValueError(f'"{text}" is not a price; write it like 129.00 or 129,00 EUR')
    sign = match["before"] or match["after"]
    currency = _SIGNS.get(sign, sign.upper()) if sign else None
    return Decimal(_plain(re.sub(r"[\s']", "", match["number"]))), currency


def _plain(number: str) -> str:
    """Return the number with a point for decimals and nothing for thousands."""
    if "," in number and "." in number:
        decimal = max(number.rfind(","), number.rfind("."))
        return re.sub(r"[.,]", "", number[:decimal]) + "." + number[decimal + 1 :]
    mark = "," if "," in number else "."
    head, _, tail = number.rpartition(mark)
    # "1.299" and "1.299.000" are thousands, "129.9" and "129,90" are not; three digits after a
    # single point are read as thousands because prices have at most two decimals. Databases
    # write four: "34.0000".
    if head and mark not in head and len(tail) > 3 and not tail[2:].strip("0"):
        tail = tail[:2]
    if head and (len(tail) == 3 or mark in head):
        return number.replace(mark, "")
    return f"{head}.{tail}" if head else number
