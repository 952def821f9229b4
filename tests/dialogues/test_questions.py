"""Questions that only the talk explains, and what a message that names a kind points at."""

from dataclasses import replace
from typing import Any

import pytest

from dialogues.executor import Heard, product_in_view
from dialogues.executor.asking import asks, seeks
from dialogues.executor.fragments import meaning
from dialogues.executor.intents import wanted

IN_VIEW = {"focus": "viola", "shown": ["viola"]}
SHOWN = {"shown": ["dante", "cosimo"]}
SEARCH = "search_product"
WARRANTY = {"asked": [{"topic": "warranty"}]}


def heard(text: str, intent: str | None = None, sure: float = 0.5) -> Heard:
    return Heard(text, intent, sure, [], None, "it", {})


@pytest.mark.parametrize("text", ["scade?", "has it got a chain", "e come si lava"])
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str) -> None:
    assert asks(text)
    assert not asks("la prendo in rosso")


def test_who_wants_to_be_shown_something_asks_of_no_product() -> None:
    assert seeks("avete qualcosa di impermeabile?")
    assert seeks("have you got umbrellas")
    assert not seeks("has it got a chain")


def test_a_question_that_nothing_explains_is_about_the_one_in_view() -> None:
    assert meaning(heard("has it got a chain"), {}, IN_VIEW) == "ask_details"
    assert meaning(heard("has it got a chain"), {}, {}) is None
    assert meaning(heard("zdrubbolo frastico"), {}, IN_VIEW) is None
    assert meaning(heard("ah. e orologi?", "search_product"), {}, IN_VIEW) is None
    assert meaning(heard("is it in?", "ask_price", 0.9), {}, IN_VIEW) != "ask_details"


def test_what_goes_on_with_a_service_asks_of_that_service() -> None:
    text = "Does that cover buckles too?"
    assert meaning(heard(text, "search_product"), {}, WARRANTY) == "ask_warranty"
    assert meaning(heard(text, "search_product", 0.9), {}, WARRANTY) != "ask_warranty"
    assert meaning(heard(text, "search_product"), {"category": "x"}, WARRANTY) != "ask_warranty"


def test_which_of_several_shown_is_a_comparison() -> None:
    unsure = replace(heard("quale pesa di meno"), unsure=["compare_products", "ask_details"])
    assert meaning(unsure, {}, SHOWN) == "compare_products"
    assert meaning(unsure, {}, {}) is None


def test_something_for_a_place_asks_for_no_person() -> None:
    text = "ok something for the house then"
    assert meaning(heard(text, "recommend_gift"), {}, {}) == "search_product"
    assert meaning(heard("a gift for the house", "recommend_gift"), {}, {}) is None


def test_a_place_after_delivery_and_an_order_by_its_number() -> None:
    asked = {"asked": [{"topic": "delivery"}]}
    place: dict[str, Any] = {"city": "Lampedusa"}
    assert meaning(heard("e a lampedusa", "ask_details"), place, asked) == "ask_delivery"
    number: dict[str, Any] = {"order_number": "90233"}
    assert meaning(heard("eccolo, numero 90233", "ask_availability"), number, {}) == "order_status"
    assert meaning(heard("annullo il 90233", "cancel_order"), number, {}) is None


def test_a_gift_is_looked_for_once() -> None:
    said = replace(heard("", "search_product"), also=["recommend_gift", "ask_price"])
    assert wanted(said) == ["recommend_gift", "ask_price"]


def test_who_names_another_kind_does_not_mean_the_one_in_view() -> None:
    facts = {"focus": "etna", "marks": {"category:zaini": ["etna"]}}
    assert product_in_view(facts, {"category": "valigeria"}) is None
    assert product_in_view(facts, {"category": "zaini"}) == "etna"
    assert product_in_view({"focus": "etna"}, {"category": "valigeria"}) == "etna"


def test_a_question_calls_nobody_on_a_guess() -> None:
    money = "and how quick do i get the money"
    assert meaning(heard(money, "request_refund"), {}, {}) == "ask_returns"
    assert meaning(heard(money, "request_refund", 0.9), {}, {}) is None
    assert meaning(heard("i want my money back", "request_refund"), {}, {}) is None


def test_what_it_costs_after_a_service_asks_of_that_service() -> None:
    returns = {"asked": [{"topic": "returns"}]}
    assert meaning(heard("does it cost me anything", "ask_price"), {}, returns) == "ask_returns"
    assert meaning(heard("quanto costa?", "ask_price"), {}, {**returns, **IN_VIEW}) is None


def test_an_amount_beside_a_service_is_no_search() -> None:
    asked = {"asked": [{"topic": "delivery"}]}
    text = "Quindi su un ordine da 160 euro la spedizione la pagherei o no?"
    assert meaning(heard(text), {"max_price": "160"}, asked) == "ask_delivery"


def test_a_product_in_a_version_and_a_bare_question_of_versions_ask_for_stock() -> None:
    given: dict[str, Any] = {"product": "tepore", "colour": "grigio", "size": "44"}
    assert meaning(heard("le tepore grigie, 44", "ask_details"), given, {}) == "ask_availability"
    assert meaning(heard("color options?", "help", 0.8), {}, IN_VIEW) == "ask_availability"
    assert meaning(heard("color options?", "help", 0.8), {}, {}) is None
    guide = heard("che taglia porta", "ask_size_guide", 0.8)
    assert meaning(guide, {}, IN_VIEW) is None


def test_a_moved_budget_goes_on_with_the_search() -> None:
    moved = heard("aspetta, siamo in 4, facciamo max 80", "out_of_scope")
    assert meaning(moved, {"max_price": "80"}, {"filters": {"max_price": "120"}}) == SEARCH
    assert meaning(moved, {"max_price": "80"}, {}) != SEARCH


def test_a_doubtful_no_with_a_question_asks_of_the_one_in_view() -> None:
    thick = heard("mio padre lo tiene in tasca, nn è che è troppo spesso?", "deny")
    assert meaning(thick, {"recipient": "papa"}, IN_VIEW) == "ask_details"


def test_what_somebody_wants_done_goes_before_what_they_complain_of() -> None:
    said = replace(heard("", "complaint"), also=["cancel_order"])
    assert wanted(said) == ["cancel_order", "complaint"]
    gift = replace(heard("", "complaint"), also=["recommend_gift"])
    assert wanted(gift) == ["complaint", "recommend_gift"]


def test_hours_of_a_candle_are_no_opening_hours() -> None:
    asked = heard("how many hours", "ask_opening_hours", 0.9)
    assert meaning(asked, {}, SHOWN) == "ask_details"
    assert meaning(asked, {}, {}) is None
    opened = heard("how many hours are you open", "ask_opening_hours", 0.9)
    assert meaning(opened, {}, SHOWN) is None


def test_a_short_question_that_seemed_off_topic_is_asked_of_the_one_in_view() -> None:
    assert meaning(heard("rain proof?", "out_of_scope"), {}, IN_VIEW) == "ask_details"
    assert meaning(heard("rain proof?", "out_of_scope", 0.9), {}, IN_VIEW) is None


def test_smaller_alone_looks_for_what_is_smaller() -> None:
    assert meaning(heard("smaller", "ask_availability", 0.8), {}, SHOWN) == SEARCH
    assert meaning(heard("qualcosa di più piccolo?"), {}, SHOWN) == SEARCH
    assert meaning(heard("smaller", "ask_availability", 0.8), {}, {}) is None


def test_between_two_names_of_a_search_it_is_searched() -> None:
    doubt = replace(heard("something to keep my keys"), unsure=[SEARCH, "recommend_gift"])
    assert meaning(doubt, {}, {}) == SEARCH
    gift = replace(heard("something nice, a gift"), unsure=[SEARCH, "recommend_gift"])
    assert meaning(gift, {}, {}) is None


@pytest.mark.parametrize(("sure", "means"), [(0.82, "ask_availability"), (0.9, None)])
def test_a_few_words_that_name_a_version_ask_whether_it_is_there(
    sure: float, means: str | None
) -> None:
    given = {"product": "partenza", "colour": "cuoio"}
    assert meaning(heard("the partenza in tan?", "ask_details", sure), given, {}) == means


def test_who_says_which_order_to_cancel_is_not_told_how_it_stands() -> None:
    given = {"order_number": "55102"}
    text = "ne ho ordinati due per sbaglio, il secondo è il 55102. lo annulli per favore"
    assert meaning(heard(text, "order_status", 0.7), given, {}) == "cancel_order"
    assert meaning(heard("eccolo, 55102", "order_status", 0.7), given, {}) != "cancel_order"


@pytest.mark.parametrize(
    "text",
    [
        "cost of the tepore?",
        "pity. price of the oltrarno?",
        "quanto devo spendere x la bora?",
        "bello, il voce quanto lo mettete?",
        "mi dice il prezzo della colle?",
        "how much is the Nodo",
    ],
)
@pytest.mark.parametrize("intent", ["ask_details", "ask_availability", None])
def test_a_price_asked_of_a_named_thing_is_one(text: str, intent: str | None) -> None:
    assert meaning(heard(text, intent, 0.9), {"product": "x"}, {}) == "ask_price"


@pytest.mark.parametrize(
    "text",
    [
        "quanto costa spedire il Nodo?",
        "the Nodo with initials, how much?",
        "perché costa così tanto la Siena?",
        "how much does the Nodo weigh?",
        "is there anything cheaper than the Marco, price wise?",
    ],
)
def test_a_price_of_something_beside_it_is_left_to_its_own(text: str) -> None:
    assert meaning(heard(text, "ask_details", 0.9), {"product": "x"}, {}) != "ask_price"


def test_a_price_of_a_named_thing_repeats_no_question_asked_before() -> None:
    text = "cost of the tepore?"
    spans = [{"entity": "product", "value": "tepore", "start": 12, "end": 18}]
    said = replace(heard(text, "ask_price", 0.82), entities=spans)
    before = {"focus": "tepore", "asked": [{"topic": "details", "product": "tepore"}]}
    assert meaning(said, {"product": "tepore"}, before) == "ask_price"
    named = replace(
        heard("e la tepore?", "ask_price", 0.5), entities=[{**spans[0], "start": 5, "end": 11}]
    )
    assert meaning(named, {"product": "tepore"}, before) == "ask_details"
