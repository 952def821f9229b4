"""What a message is about where only the service just told of explains it."""

from dataclasses import replace
from typing import Any

import pytest

from dialogues.executor import Heard
from dialogues.executor.complaints import sifted
from dialogues.executor.fragments import meaning
from dialogues.executor.intents import wanted

SHOES = {"focus": "tepore", "shown": ["tepore"], "marks": {"size:38": ["tepore"], "size:40": []}}


def heard(text: str, intent: str | None = None, sure: float = 0.5, **more: Any) -> Heard:
    return Heard(text, intent, sure, [], None, "it", {}, **more)


def after(topic: str, **facts: Any) -> dict[str, Any]:
    return {"asked": [{"topic": topic}], **facts}


@pytest.mark.parametrize(
    "text",
    [
        "and how long til the refund is paid",
        "and when do i get my money back",
        "and the money, how quickly is it back on my card",
        "il rimborso arriva sulla carta?",
        "quindi rimborsate tutto?",
    ],
)
def test_who_asks_how_refunds_work_is_told_the_rules(text: str) -> None:
    assert wanted(heard(text, "request_refund", 0.95)) == ["ask_returns"]


@pytest.mark.parametrize(
    "text",
    [
        "ho comprato una borsa e rivoglio i soldi",
        "I sent it back two weeks ago, when do I get my money?",
        "where is my refund?",
        "vorrei il rimborso, come si fa?",
        "la borsa è arrivata rotta, mi rimborsate?",
    ],
)
def test_one_s_own_thing_and_a_wish_call_a_person(text: str) -> None:
    assert wanted(heard(text, "request_refund", 0.95)) == ["request_refund"]


def test_what_was_bought_here_and_is_used_up_is_no_complaint() -> None:
    used_up = "I bought the notebook from you and it's full. Do I have to replace it all?"
    also = [{"name": "ask_returns", "confidence": 0.73}]
    assert sifted(heard(used_up, "complaint", 0.88, also=also)).intent == "ask_returns"
    broken = "I bought the notebook from you and it came apart. Do I have to replace it?"
    assert sifted(heard(broken, "complaint", 0.88)).intent == "complaint"


@pytest.mark.parametrize(
    ("topic", "text", "intent", "sure", "means"),
    [
        ("hours", "saturday then?", "goodbye", 0.78, "ask_opening_hours"),
        ("hours", "ok friday then?", "ask_delivery", 0.55, "ask_opening_hours"),
        ("hours", "perfetto, a sabato", "goodbye", 0.9, None),
        ("personalisation", "is it expensive", "ask_price", 0.94, "ask_details"),
        ("gift_wrap", "si paga a parte?", None, 0.5, "ask_gift_wrap"),
        ("delivery", "è caro?", "ask_details", 0.92, "ask_delivery"),
        ("delivery", "c'è qualcosa di più veloce?", None, 0.5, "ask_delivery"),
        ("delivery", "mi serve prima, come si fa?", "help", 0.6, "ask_delivery"),
        ("delivery", "is that free over a certain amount?", "ask_price", 0.8, "ask_delivery"),
        ("returns", "quanti giorni ho?", "ask_delivery", 0.68, "ask_returns"),
        ("care", "e quante volte?", None, 0.4, "ask_care"),
        ("discount", "e come faccio ad averlo?", "ask_delivery", 0.7, "ask_discount"),
        ("warranty", "copre anche i graffi", "ask_care", 0.72, "ask_warranty"),
        ("personalisation", "and it takes longer?", None, 0.6, "ask_details"),
        ("hours", "e sab?", None, 0.4, "ask_opening_hours"),
        ("about_shop", "is it real leather?", "search_product", 0.9, "ask_about_shop"),
        ("location", "lovely, we may pop in on saturday", None, 0.6, "goodbye"),
        ("location", "can we pop in on saturday?", "ask_opening_hours", 0.6, None),
    ],
)
def test_the_service_told_of_last_is_asked_further(
    topic: str, text: str, intent: str | None, sure: float, means: str | None
) -> None:
    assert meaning(heard(text, intent, sure), {}, after(topic)) == means


def test_express_delivery_is_heard_first_in_a_talk() -> None:
    for text in ("is there an express option for Milan?", "avete un'opzione espressa?"):
        assert meaning(heard(text, "ask_payment", 0.82), {"city": "Milano"}, {}) == "ask_delivery"
    assert meaning(heard("un caffè espresso", "out_of_scope", 0.8), {}, {}) is None


def test_a_charge_on_top_is_of_the_service_though_a_thing_is_in_view() -> None:
    facts = after("gift_wrap", focus="siena", shown=["siena"])
    assert meaning(heard("quanto costa in più?", "ask_price", 0.99), {}, facts) == "ask_gift_wrap"
    assert meaning(heard("quanto costa?", "ask_price", 0.99), {}, facts) is None


@pytest.mark.parametrize(
    "text",
    ["what if shes between 38 and 40?", "sto tra il 38 e il 40", "da dove si misura il 38?"],
)
def test_between_two_sizes_and_how_one_is_measured_ask_for_the_guide(text: str) -> None:
    assert meaning(heard(text, "ask_returns", 0.8), {}, SHOES) == "ask_size_guide"


def test_between_the_two_is_of_the_sizes_asked_for_last() -> None:
    said = heard("im between the two tbh. which way do i go", "ask_location", 0.9)
    sized = {"focus": "amerigo", "asked": [{"topic": "availability", "size": "45"}]}
    assert meaning(said, {}, sized) == "ask_size_guide"
    assert meaning(said, {}, after("availability", focus="siena")) != "ask_size_guide"


def test_a_parcel_is_tracked_for_who_has_no_order_yet() -> None:
    ranked = [{"name": "order_status", "confidence": 0.8}, {"name": "ask_delivery"}]
    said = heard("is there a tracking number", "order_status", 0.8, ranked=ranked)
    assert meaning(said, {}, {}) == "ask_delivery"
    mine = heard("i ordered on monday, is there a tracking number", "order_status", 0.8)
    assert meaning(mine, {}, {}) is None


def test_a_question_cancels_nothing() -> None:
    ranked = [{"name": "cancel_order"}, {"name": "ask_contact"}]
    said = heard("can i order by phone?", "cancel_order", 0.9, ranked=ranked)
    assert meaning(said, {}, {}) == "ask_contact"
    mine = heard("can i change my order?", "cancel_order", 0.9, ranked=ranked)
    assert meaning(mine, {}, {}) is None


def test_a_service_that_is_named_is_no_price() -> None:
    said = heard("quanto costa il pacco regalo?", unsure=["ask_price", "ask_gift_wrap"])
    assert meaning(said, {}, {}) == "ask_gift_wrap"


def test_the_question_is_heard_in_what_was_nearly_a_no() -> None:
    ranked = [{"name": "deny", "confidence": 0.73}, {"name": "ask_care", "confidence": 0.68}]
    said = heard("la mia è un po' secca, cosa ci passo sopra?", "deny", 0.73, ranked=ranked)
    assert meaning(said, {}, {"focus": "siena"}) == "ask_care"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("vale per tutti gli ordini?", "recommend_gift"), ("is that for every order?", "buy")],
)
def test_what_a_discount_holds_for_goes_on_about_the_discount(text: str, intent: str) -> None:
    said = heard(text, intent, 0.66)
    assert meaning(said, {}, after("discount"), asking=False) == "ask_discount"
    assert meaning(said, {}, after("care"), asking=False) != "ask_discount"


def test_a_comparison_guessed_beside_a_question_needs_two_on_the_table() -> None:
    text = "black would be more practical. do you have that"
    also = [{"name": "compare_products", "confidence": 0.7}]
    said = heard(text, "ask_availability", 0.9, also=also)
    assert wanted(replace(said, facts={"shown": ["luna"]})) == ["ask_availability"]
    assert "compare_products" in wanted(replace(said, facts={"shown": ["luna", "siena"]}))
