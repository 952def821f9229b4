"""The lines of evidence in the agent's language; a line of a form not known here stays as it is."""

import re
from typing import Final

from bot.web.office.terms import TOPICS, Pair, named

_INTENTS: Final[dict[str, Pair]] = {
    "buy": ("vuole comprare", "wants to buy"),
    "talk_to_human": ("chiede una persona", "asks for a person"),
    "complaint": ("reclamo", "complaint"),
    "order_status": ("stato dell'ordine", "order status"),
    "cancel_order": ("annullare un ordine", "cancel an order"),
    "request_refund": ("chiede un rimborso", "asks for a refund"),
    "advise_against": ("ci sconsiglia", "advises against us"),
    "deny": ("rifiuto", "refusal"),
    "ask_payment": ("domanda sul pagamento", "question about payment"),
    "ask_price": ("domanda sul prezzo", "question about the price"),
    "ask_delivery": ("domanda sulla consegna", "question about delivery"),
    "ask_availability": ("domanda sulla disponibilità", "question about availability"),
    "out_of_scope": ("fuori tema", "off topic"),
}
_FORMS: Final[tuple[tuple[re.Pattern[str], Pair], ...]] = (
    (re.compile(r"^said «(?P<x>.*)»$", re.S), ("Ha scritto «{x}»", "Said “{x}”")),
    (re.compile(r"^tapped «(?P<x>.*)»$", re.S), ("Ha toccato «{x}»", "Tapped “{x}”")),
    (
        re.compile(r"^sent an order of (?P<x>\d+) pieces$"),
        ("Ha inviato un ordine ({x} pz.)", "Sent an order ({x} pcs)"),
    ),
    (re.compile(r"^answered by: (?P<x>.*)$"), ("Ha risposto: {x}", "Answered by: {x}")),
    (re.compile(r"^product in view: (?P<x>.*)$"), ("Prodotto in vista: {x}", "In view: {x}")),
    (re.compile(r"^tapped to buy$"), ("Ha toccato un pulsante per comprare", "Tapped to buy")),
    (re.compile(r"^sent an order$"), ("Ha inviato un ordine", "Sent an order")),
    (
        re.compile(r"^pieces in the cart: (?P<x>\d+)$"),
        ("Pezzi nel carrello: {x}", "In the cart: {x}"),
    ),
)
_CUES: Final[dict[str, Pair]] = {
    "not": ("una negazione", "a “not”"),
    "past": ("il passato", "the past"),
    "if": ("una condizione", "a condition"),
    "would": ("un’ipotesi", "a “would”"),
    "maybe": ("un dubbio", "a doubt"),
    "ask": ("una domanda", "a question"),
    "back": ("reso o annullamento", "a return or cancellation"),
    "sell": ("una vendita", "selling"),
    "other": ("altre persone", "other people"),
}
_COMMITS: Final = re.compile(r"^the words commit: (?P<sure>[01]\.\d+)$")
# Lists of names: the form of the line, its title, and what the names are called.
_LISTS: Final[tuple[tuple[re.Pattern[str], Pair, dict[str, Pair]], ...]] = (
    (re.compile(r"^asked before: (?P<x>.*)$"), ("Ha chiesto prima", "Asked before"), TOPICS),
    (
        re.compile(r"^asked about this product: (?P<x>.*)$"),
        ("Di questo prodotto ha chiesto", "Asked about this product"),
        TOPICS,
    ),
    (
        re.compile(r"^the words also say: (?P<x>.*)$"),
        ("Nel messaggio c’è anche", "The message also holds"),
        _CUES,
    ),
)
_INTENT: Final = re.compile(r"^intent (?P<name>\w+) (?P<sure>[01]\.\d+)$")


def evidence_line(line: str, language: str) -> str:
    """Return a line of evidence in a language of the desk."""
    if found := _INTENT.match(line):
        percent = round(float(found["sure"]) * 100)
        name = named(_INTENTS, found["name"], language)
        word = "Intento" if language == "it" else "Intent"
        return f"{word}: {name} ({percent} %)"
    if found := _COMMITS.match(line):
        percent = round(float(found["sure"]) * 100)
        word = "Le parole decidono" if language == "it" else "The words decide"
        return f"{word}: {percent} %"
    for form, titles, terms in _LISTS:
        if found := form.match(line):
            names = [named(terms, name.strip(), language).lower() for name in found["x"].split(",")]
            return f"{titles[0 if language == 'it' else 1]}: {', '.join(names)}"
    for form, pair in _FORMS:
        if found := form.match(line):
            return pair[0 if language == "it" else 1].format(**found.groupdict())
    return line
