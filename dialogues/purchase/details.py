"""What a message says about the order itself: how many, where to, paid how."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]

_PAYMENTS = {
    "paypal": r"pay\s?pal",
    "satispay": r"satis\s?pay",
    "klarna": r"klarna|scalapay",
    "apple pay": r"apple\s?pay",
    "google pay": r"google\s?pay",
    "card": r"carta(?: di credito)?|bancomat|postepay|(?:credit |debit )?card|visa|mastercard|amex",
    "bank transfer": r"bonifico|iban|bank transfer|wire transfer",
    "cash on delivery": r"contrassegno|(?:paga\w*|pago) alla consegna|cash on delivery|cod",
    "cash": r"contanti|cash",
}
_PAYMENT = [(name, re.compile(rf"\b(?:{words})\b")) for name, words in _PAYMENTS.items()]
_STREET = re.compile(
    r"\b(?:via|viale|v\.le|piazza|p\.zza|corso|c\.so|largo|vicolo|strada)\s+(?:[^\W\d]+\.?\s+){1,4}"
    r"(?:n\.?\s*)?\d+\b"
    r"|\b\d+\s+(?:[^\W\d]+\s+){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|square|way)\b"
)
_COLLECTS = re.compile(
    r"\b(?:ritir\w+|(?:passo|vengo)\s+(?:a|in)\s+\w+|in\s+negozio|pick(?:ing)?\s+(?:it|them)\s+up"
    r"|collect\s+(?:it|them)|in\s+(?:the\s+)?(?:shop|store))\b"
)
# One thing is pointed at: nobody who says "la prendo" means two.
_ONE = re.compile(
    r"\b(?:(?:la|lo)\s+\w+(?:o|ei)|quest[ao]|quell[ao]|\w{3,}(?:mela|melo|tela|telo)|it|this|that"
    r"|the\s+\w+\s+one)\b"
)
_KEPT = ("quantity", "colour", "size", "city")


def details_in(text: str, entities: list[Json]) -> Json:
    """Return what one message says of product version, quantity, place and payment.

    `entities` are Rasa's; of several values of one kind the first counts.
    """
    said = re.sub("[’'`´]", " ", text.lower())
    found: Json = {}
    for entity in entities:
        name, value = str(entity.get("entity")), entity.get("value")
        if name in _KEPT and value not in (None, ""):
            found.setdefault(name, str(value))
    payment = next((name for name, pattern in _PAYMENT if pattern.search(said)), None)
    if payment:
        found["payment"] = payment
    street = _STREET.search(said)
    if street:
        found["address"] = text[street.start() : street.end()].strip()
    elif _COLLECTS.search(said):
        found["address"] = "collected in the shop"
    if "quantity" not in found and _ONE.search(said):
        found["one"] = True
    return found


def merged(before: Json, now: Json, product: str | None) -> Json:
    """Return what is known after a message; another product means another colour and size."""
    kept = dict(before)
    if product and before.get("product") and product != before["product"]:
        kept = {name: kept[name] for name in ("city", "address", "payment") if name in kept}
    kept.update(now)
    if product:
        kept["product"] = product
    return kept
