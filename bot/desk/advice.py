"""The next step that usually helps, by the reason a person was called."""

_STEPS: dict[str, dict[str, str]] = {
    "order": {
        "it": "Verifica la disponibilità, conferma l'ordine e l'indirizzo, poi invia il link di "
        "pagamento.",
        "en": "Check the stock, confirm the order and the address, then send the payment link.",
    },
    "purchase": {
        "it": "Conferma modello, colore e indirizzo, poi invia il link di pagamento.",
        "en": "Confirm model, colour and address, then send the payment link.",
    },
    "high_value": {
        "it": "Consiglia due o tre proposte scelte di persona: la spesa prevista è alta.",
        "en": "Suggest two or three pieces picked by hand: the budget is high.",
    },
    "wants_person": {
        "it": "Saluta per nome e chiedi come puoi aiutare: ha chiesto una persona.",
        "en": "Greet them by name and ask how you can help: they asked for a person.",
    },
    "complaint": {
        "it": "Scusati, riassumi il problema con parole tue e proponi subito una soluzione.",
        "en": "Apologise, put the problem in your own words and offer a way out at once.",
    },
    "refund": {
        "it": "Chiedi il numero d'ordine e il motivo, poi conferma importo e tempi del rimborso.",
        "en": "Ask for order number and reason, then confirm amount and time of the refund.",
    },
    "advises_against": {
        "it": "È scontento e ci sconsiglia: chiedi che cosa non è andato e come rimediare.",
        "en": "An unhappy customer who warns others off: ask what went wrong and how to mend it.",
    },
    "not_understood": {
        "it": "Il bot non ha capito: rileggi gli ultimi messaggi e rispondi alla domanda.",
        "en": "The bot did not understand: read the last messages and answer the question.",
    },
    "order_status": {
        "it": "Cerca l'ordine nel gestionale e comunica a che punto è.",
        "en": "Look the order up and say where it stands.",
    },
    "cancel_order": {
        "it": "Chiedi il numero d'ordine, guarda se è partito, poi annullalo o spiega il reso.",
        "en": "Ask for the order number, check if it has left, then cancel it or explain returns.",
    },
    "contact_left": {
        "it": "Ricontatta il cliente al recapito che ha lasciato.",
        "en": "Call the customer back on the contact they left.",
    },
    "answered_outside": {
        "it": "Qualcuno sta già rispondendo fuori dal desk: subentra solo se serve.",
        "en": "Somebody is already answering elsewhere: take over only if needed.",
    },
    "engine_down": {
        "it": "Il bot non era disponibile: rispondi tu all'ultima domanda.",
        "en": "The bot was not available: answer the last question yourself.",
    },
}
_ANY = {
    "it": "Leggi gli ultimi messaggi e chiedi come puoi aiutare.",
    "en": "Read the last messages and ask how you can help.",
}
_DELIVERY_ASKED = {
    "it": "Conferma prima i tempi di consegna nella sua città.",
    "en": "Confirm first how long delivery to their city takes.",
}


# Flows of a shop's own may use other words for the same thing.
_SAME = {
    "buy": "purchase",
    "purchase_intent": "purchase",
    "asked_for_person": "wants_person",
    "talk_to_human": "wants_person",
}


_SELLING = ("order", "purchase")
_TO_ASK: dict[str, dict[str, str]] = {
    "product": {"it": "quale prodotto", "en": "which product"},
    "colour": {"it": "il colore", "en": "the colour"},
    "size": {"it": "la misura", "en": "the size"},
    "quantity": {"it": "quanti pezzi", "en": "how many"},
    "address": {"it": "l'indirizzo", "en": "the address"},
    "payment": {"it": "come vuole pagare", "en": "how they want to pay"},
}
_ASK = {
    "it": "Chiedi {wanted}, poi invia il link di pagamento.",
    "en": "Ask for {wanted}, then send the payment link.",
}
_COMPLETE = {
    "it": "C'è già tutto: conferma l'ordine e invia il link di pagamento.",
    "en": "Everything is known: confirm the order and send the payment link.",
}
_AND = {"it": " e ", "en": " and "}


def next_step(
    reason: str, *, topics: set[str], missing: tuple[str, ...] | None = None
) -> dict[str, str]:
    """Return what to do first, in every language of the desk.

    `missing` is what a purchase still lacks, None where that is not known.
    """
    known = _SAME.get(reason, reason)
    step = dict(_STEPS.get(known, _ANY))
    if known == "purchase" and missing is not None:
        step = {language: _to_close(missing, language) for language in _ASK}
    if known in _SELLING and "delivery" in topics:
        return {language: f"{text} {_DELIVERY_ASKED[language]}" for language, text in step.items()}
    return step


def _to_close(missing: tuple[str, ...], language: str) -> str:
    wanted = [_TO_ASK[name][language] for name in missing if name in _TO_ASK]
    if not wanted:
        return _COMPLETE[language]
    listed = ", ".join(wanted[:-1]) + (_AND[language] if len(wanted) > 1 else "") + wanted[-1]
    return _ASK[language].format(wanted=listed)
