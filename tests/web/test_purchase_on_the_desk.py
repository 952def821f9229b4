"""How the desk tells a purchase: why, how sure, and what is still to be asked."""

import pytest

from bot import desk
from bot.web.documents import render
from bot.web.office.evidence import evidence_line
from bot.web.office.side import brief_view
from tests.web.test_what_the_desk_shows import IT, entry


@pytest.mark.parametrize(
    ("line", "italian", "english"),
    [
        ("the words commit: 0.97", "Le parole decidono: 97 %", "The words decide: 97 %"),
        (
            "the words also say: not, past",
            "Nel messaggio c’è anche: una negazione, il passato",
            "The message also holds: a “not”, the past",
        ),
        (
            "asked about this product: price, payment",
            "Di questo prodotto ha chiesto: prezzo, pagamento",
            "Asked about this product: price, payment",
        ),
        ("pieces in the cart: 3", "Pezzi nel carrello: 3", "In the cart: 3"),
        ("tapped to buy", "Ha toccato un pulsante per comprare", "Tapped to buy"),
        ("intent request_refund 0.91", "Intento: chiede un rimborso (91 %)", None),
    ],
)
def test_the_reasons_of_a_purchase_are_said_in_both_languages(
    line: str, italian: str, english: str | None
) -> None:
    assert evidence_line(line, "it") == italian
    assert english is None or evidence_line(line, "en") == english


def test_a_purchase_shows_how_sure_it_is_and_what_to_ask() -> None:
    customer = desk.Customer(channel="whatsapp")
    sale = desk.Buying(score=0.966, missing=("size", "payment"))
    view = brief_view(desk.Brief(customer=customer, purchase=sale), entry(), IT, window_hours=24)
    assert (view["sure"], view["missing"]) == (97, ["Misura", "Pagamento"])
    shown = render("desk/brief.html", b=view, w=IT.words)
    assert "Vuole comprare: 97 %" in shown
    assert "Misura" in shown
    none = brief_view(desk.Brief(customer=customer), entry(), IT, window_hours=24)
    assert "Vuole comprare" not in render("desk/brief.html", b=none, w=IT.words)
