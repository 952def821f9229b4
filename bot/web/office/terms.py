"""Names of reasons, topics, outcomes, channels and other ids, as people say them."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]  # Italian, English

CHANNELS: Final = {
    "whatsapp": "WhatsApp",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "telegram": "Telegram",
    "viber": "Viber",
    "wechat": "WeChat",
    "webchat": "Web",
}
REASONS: Final[dict[str, Pair]] = {
    "purchase_intent": ("Vuole comprare", "Wants to buy"),
    "purchase": ("Vuole comprare", "Wants to buy"),
    "buy": ("Vuole comprare", "Wants to buy"),
    "order": ("Ordine inviato", "Order sent"),
    "high_value": ("Spesa importante", "High value"),
    "asked_for_person": ("Chiede una persona", "Asks for a person"),
    "wants_person": ("Chiede una persona", "Asks for a person"),
    "talk_to_human": ("Chiede una persona", "Asks for a person"),
    "complaint": ("Reclamo", "Complaint"),
    "not_understood": ("Non capito", "Not understood"),
    "engine_down": ("Bot non disponibile", "Bot unavailable"),
    "answered_outside": ("Risposta fuori dal desk", "Answered elsewhere"),
    "order_status": ("Stato dell'ordine", "Order status"),
    "cancel_order": ("Annullare un ordine", "Cancel an order"),
    "refund": ("Rimborso", "Refund"),
    "advises_against": ("Ci sconsiglia", "Advises against us"),
    "contact_left": ("Ha lasciato un contatto", "Left a contact"),
    "no_product": ("Prodotto non trovato", "Product not found"),
}
OUTCOMES: Final[dict[str, Pair]] = {
    "won": ("Venduto", "Won"),
    "lost": ("Perso", "Lost"),
    "answered": ("Risposto", "Answered"),
    "spam": ("Spam", "Spam"),
}
OUTCOME_HINTS: Final[dict[str, Pair]] = {
    "won": ("Ha comprato o comprerà di sicuro", "They bought, or surely will"),
    "lost": ("Non compra, per ora", "Not buying, for now"),
    "answered": ("Domanda risolta, nessuna vendita", "Question solved, no sale"),
    "spam": ("Non era un cliente", "Not a customer"),
}
TOPICS: Final[dict[str, Pair]] = {
    "price": ("Prezzo", "Price"),
    "availability": ("Disponibilità", "Availability"),
    "details": ("Dettagli", "Details"),
    "compare": ("Confronto", "Comparison"),
    "reviews": ("Recensioni", "Reviews"),
    "delivery": ("Consegna", "Delivery"),
    "returns": ("Resi", "Returns"),
    "payment": ("Pagamento", "Payment"),
    "care": ("Cura", "Care"),
    "hours": ("Orari", "Opening hours"),
    "location": ("Dove siamo", "Location"),
    "warranty": ("Garanzia", "Warranty"),
    "gift_wrap": ("Pacco regalo", "Gift wrapping"),
    "personalisation": ("Iniziali", "Initials"),
    "discount": ("Sconti", "Discounts"),
    "catalog": ("Catalogo", "Catalog"),
    "size_guide": ("Taglie", "Sizes"),
    "search": ("Ricerca", "Search"),
    "about_shop": ("Chi siamo", "About us"),
    "contact": ("Telefono ed e-mail", "Phone and e-mail"),
    "back": ("Di nuovo su", "Back to"),
}
FILTERS: Final[dict[str, Pair]] = {
    "search": ("Cerca", "Looks for"),
    "words": ("Cerca", "Looks for"),
    "category": ("Categoria", "Category"),
    "colour": ("Colore", "Colour"),
    "size": ("Misura", "Size"),
    "material": ("Materiale", "Material"),
    "max_price": ("Fino a", "Up to"),
    "min_price": ("Da", "From"),
    "recipient": ("Chi", "Who"),
    "occasion": ("Occasione", "Occasion"),
    "city": ("Luogo", "Place"),
    "quantity": ("Quantità", "Quantity"),
    "address": ("Indirizzo", "Address"),
    "payment": ("Pagamento", "Payment"),
}
MISSING: Final[dict[str, Pair]] = {
    "product": ("Prodotto", "Product"),
    "colour": ("Colore", "Colour"),
    "size": ("Misura", "Size"),
    "quantity": ("Quantità", "Quantity"),
    "address": ("Indirizzo", "Address"),
    "payment": ("Pagamento", "Payment"),
}
KINDS: Final[dict[str, Pair]] = {
    "image": ("Foto", "Photo"),
    "video": ("Video", "Video"),
    "audio": ("Audio", "Audio"),
    "voice": ("Messaggio vocale", "Voice message"),
    "document": ("Documento", "Document"),
    "sticker": ("Sticker", "Sticker"),
    "share": ("Post condiviso", "Shared post"),
    "location": ("Posizione", "Location"),
    "contact": ("Contatto", "Contact"),
    "order": ("Ordine", "Order"),
    "reaction": ("Reazione", "Reaction"),
    "choice": ("Ha toccato", "Tapped"),
    "edit": ("Messaggio modificato", "Message edited"),
    "unsupported": ("Contenuto non leggibile qui", "Content that cannot be shown here"),
    "template": ("Modello", "Template"),
    "referral": ("È arrivato da un link", "Came through a link"),
}
STATUSES: Final[dict[str, Pair]] = {
    "queued": ("In invio", "Being sent"),
    "sent": ("Inviato", "Sent"),
    "delivered": ("Consegnato", "Delivered"),
    "read": ("Letto", "Read"),
    "failed": ("Non consegnato", "Not delivered"),
    "dropped": ("Non inviato: ha risposto una persona", "Not sent: a person took over"),
}
LANGUAGES: Final[dict[str, Pair]] = {
    "it": ("Italiano", "Italian"),
    "en": ("Inglese", "English"),
    "de": ("Tedesco", "German"),
    "fr": ("Francese", "French"),
    "es": ("Spagnolo", "Spanish"),
}


def named(terms: Mapping[str, Pair], id_: str | None, language: str) -> str:
    """Return an id in the words of a language; an unknown one is shown as readable as it gets."""
    if not id_:
        return ""
    pair = terms.get(id_)
    if pair is not None:
        return pair[0] if language == "it" else pair[1]
    return id_.replace("_", " ").capitalize()


def channel_title(channel: str) -> str:
    """Return a channel's name as its owner writes it."""
    return CHANNELS.get(channel, channel.capitalize())


def channel_icon(channel: str) -> str:
    """Return the name of a channel's icon."""
    return channel if channel in CHANNELS else "webchat"
