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
)
_INTENT: Final = re.compile(r"^intent (?P<name>\w+) (?P<sure>[01]\.\d+)$")
_ASKED: Final = re.compile(r"^asked before: (?P<topics>.*)$")


def evidence_line(line: str, language: str) -> str:
    """Return a line of evidence in a language of the desk."""
    if found := _INTENT.match(line):
        percent = round(float(found["sure"]) * 100)
        name = named(_INTENTS, found["name"], language)
        word = "Intento" if language == "it" else "Intent"
        return f"{word}: {name} ({percent} %)"
    if found := _ASKED.match(line):
        topics = ", ".join(
            named(TOPICS, topic.strip(), language).lower() for topic in found["topics"].split(",")
        )
        return f"{'Ha chiesto prima' if language == 'it' else 'Asked before'}: {topics}"
    for form, pair in _FORMS:
        if found := form.match(line):
            return pair[0 if language == "it" else 1].format(x=found["x"])
    return line
