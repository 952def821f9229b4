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
    "not_understood": {
        "it": "Il bot non ha capito: rileggi gli ultimi messaggi e rispondi alla domanda.",
        "en": "The bot did not understand: read the last messages and answer the question.",
    },
    "order_status": {
        "it": "Cerca l'ordine nel gestionale e comunica a che punto è.",
        "en": "Look the order up and say where it stands.",
    },
    "cancel_order": {
        "it": "Verifica se l'ordine è già partito, poi annullalo o spiega come fare il reso.",
        "en": "Check whether the order has left, then cancel it or explain the return.",
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


def next_step(reason: str, *, topics: set[str]) -> dict[str, str]:
    """Return what to do first, in every language of the desk."""
    known = _SAME.get(reason, reason)
    step = _STEPS.get(known, _ANY)
    if known in ("order", "purchase") and "delivery" in topics:
        return {language: f"{text} {_DELIVERY_ASKED[language]}" for language, text in step.items()}
    return dict(step)
