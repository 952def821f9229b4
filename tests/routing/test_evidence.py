"""Why a conversation goes to a person: the purchase decision, or what was understood."""

from decimal import Decimal
from typing import Any

from bot.engine import TurnReply, Understood
from bot.routing.evidence import evidence, with_order
from channels.kit import OrderItem, OrderPlaced, Person, TextSaid

BASE: dict[str, Any] = {"event_id": "1", "account": "a", "sender": Person(ids={"wa_id": "39"})}
ASKED = [{"topic": "price", "product": "siena"}, {"topic": "delivery", "product": "siena"}]


def order() -> OrderPlaced:
    item = OrderItem(product_id="siena", quantity=2, price=Decimal("139.00"), currency="EUR")
    return OrderPlaced(catalog_id="c1", items=(item,), **BASE)


def test_an_order_is_decided_like_everything_else() -> None:
    facts = with_order({"asked": ASKED, "purchase": {"details": {"payment": "card"}}}, order())
    judged = facts["purchase"]
    assert judged["wants"]
    assert judged["score"] > 0.95
    assert judged["reasons"] == [
        "sent an order",
        "asked about this product: price, delivery",
        "pieces in the cart: 2",
    ]
    assert judged["details"] == {"payment": "card", "quantity": "2", "product": "siena"}
    assert judged["missing"] == ["address"]
    assert evidence(order(), None, facts)[:2] == [
        "sent an order of 2 pieces",
        "asked about this product: price, delivery",
    ]


def test_a_text_is_no_order() -> None:
    said = TextSaid(**BASE, text="ciao")
    assert with_order({"focus": "siena"}, said) == {"focus": "siena"}


def test_the_reasons_of_a_purchase_stand_in_place_of_the_intent() -> None:
    said = TextSaid(**BASE, text="la prendo")
    reply = TurnReply(message_id="1", understood=Understood(intent="buy", confidence=0.9))
    judged = {"wants": True, "reasons": ["the words commit: 0.97"]}
    found = evidence(said, reply, {"purchase": judged, "focus": "siena", "asked": ASKED})
    assert found == ["said «la prendo»", "the words commit: 0.97", "product in view: siena"]


def test_without_a_purchase_the_intent_and_the_questions_say_why() -> None:
    said = TextSaid(**BASE, text="è rotta")
    reply = TurnReply(message_id="1", understood=Understood(intent="complaint", confidence=0.9))
    facts = {"purchase": {"wants": False, "reasons": ["no"]}, "asked": ASKED}
    assert evidence(said, reply, facts) == [
        "said «è rotta»",
        "intent complaint 0.90",
        "asked before: price, delivery",
    ]
