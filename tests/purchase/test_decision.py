"""The purchase decision: what counts, what is missing, what a message tells of the order."""

import pytest

from dialogues.purchase import Decision, Evidence, Options, decide, details_in, merged, missing

WARM = ("price", "availability", "delivery", "payment")
ACTS = ("act",)
COMPLETE = {"product": "siena", "quantity": "1", "address": "via Verdi 8", "payment": "paypal"}


def by_words(score: float, **more: object) -> Decision:
    return decide(Evidence(score=score, **more))  # type: ignore[arg-type]


def test_the_score_of_the_words_alone_is_kept() -> None:
    assert by_words(0.9).score == pytest.approx(0.9, abs=1e-3)
    assert by_words(0.9).wants
    assert not by_words(0.1).wants


def test_questions_about_the_product_alone_are_no_purchase() -> None:
    decision = by_words(0.1, view=True, asked=WARM, cart=2, intents=(("ask_price", 0.9),))
    assert not decision.wants
    assert "asked about this product: price, availability, delivery, payment" in decision.reasons


def test_what_was_asked_before_settles_a_message_that_can_be_read_both_ways() -> None:
    assert not by_words(0.4).wants
    assert by_words(0.4, view=True, asked=WARM, cues=ACTS).wants
    assert not by_words(0.4, view=True, asked=("care", "hours"), cues=ACTS).wants
    assert by_words(0.55).wants
    assert not by_words(0.55, view=False, cues=ACTS).wants


def test_more_questions_than_three_do_not_weigh_more() -> None:
    assert by_words(0.3, asked=WARM).score == by_words(0.3, asked=WARM[:3]).score
    assert by_words(0.3, asked=("price", "price")).score == by_words(0.3, asked=("price",)).score


def test_an_intent_that_contradicts_weighs_against() -> None:
    plain = by_words(0.6)
    against = by_words(0.6, intents=(("cancel_order", 0.95),))
    assert plain.wants
    assert not against.wants
    assert "intent cancel_order 0.95" in against.reasons
    assert by_words(0.6, intents=(("buy", 0.9),)).score > plain.score


def test_a_limit_of_price_is_still_a_search_unless_something_is_chosen() -> None:
    said = {"view": True, "cues": ACTS, "asked": WARM}
    assert not by_words(0.9, named=("max_price",), **said).wants
    assert by_words(0.9, named=("about_price", "ordinal"), **said).wants
    assert by_words(0.9, named=("max_price",)).wants  # outside of a talk the words decide alone


def test_an_act_that_is_held_back_commits_only_where_the_words_are_sure() -> None:
    for cue in ("if", "would", "maybe", "ask", "past", "other"):
        assert not by_words(0.7, view=True, cues=("act", cue)).wants, cue
        assert by_words(0.95, view=True, cues=("act", cue)).wants, cue
    assert by_words(0.7, view=True, cues=ACTS).wants
    buying = (("buy", 0.8),)
    assert not by_words(0.7, view=True, cues=("would",), intents=buying).wants
    assert by_words(0.7, view=True, intents=buying).wants


def test_a_question_commits_only_where_the_words_are_sure() -> None:
    asking = {"view": True, "cues": ACTS, "question": True, "intents": (("buy", 0.8),)}
    assert not by_words(0.5, **asking).wants  # "me lo mandate via mail?"
    assert by_words(0.9, **asking).wants  # "can i have the red one please?"


def test_two_voices_that_agree_need_no_act() -> None:
    agreed = {"view": True, "intents": (("buy", 0.68),)}
    assert by_words(0.9, **agreed).wants  # "one for my niece then please, in black"
    assert not by_words(0.6, **agreed).wants


def test_in_a_talk_a_wish_for_a_person_is_no_purchase_that_is_only_likely() -> None:
    person = (("talk_to_human", 0.66),)
    assert not by_words(0.92, view=True, cues=ACTS, intents=person).wants
    assert by_words(
        0.99, view=True, cues=ACTS, intents=(("deny", 0.7),)
    ).wants  # "no dai, la prendo"


def test_the_reasons_name_what_the_words_hold_back() -> None:
    decision = by_words(0.03, cues=("act", "not", "past"))
    assert decision.reasons == ("the words commit: 0.03", "the words also say: not, past")


def test_who_looks_for_something_has_not_chosen_unless_a_product_is_in_view() -> None:
    looking = (("recommend_gift", 0.9),)
    assert by_words(0.7, intents=looking).wants
    assert not by_words(0.7, intents=looking, view=False).wants
    assert by_words(0.7, intents=looking, view=True, cues=ACTS).wants


def test_in_a_talk_words_without_an_act_seldom_buy() -> None:
    pointing = {"view": True, "asked": WARM}
    assert by_words(0.75).wants
    assert not by_words(0.7, **pointing).wants
    assert by_words(0.7, cues=ACTS, **pointing).wants
    assert by_words(0.7, intents=(("buy", 0.8),), **pointing).wants
    assert by_words(0.97, **pointing).wants


def test_a_clear_question_or_bargaining_is_answered_first() -> None:
    asks = by_words(0.6, view=True, cues=ACTS, intents=(("ask_details", 0.92),))
    assert not asks.wants
    bargains = (("ask_discount", 0.97), ("buy", 0.8))
    assert not by_words(0.7, view=True, cues=ACTS, intents=bargains).wants
    assert by_words(0.97, view=True, cues=ACTS, intents=bargains).wants


def test_a_mere_yes_in_a_talk_answers_what_was_asked_last() -> None:
    assert by_words(0.8, cues=("accept",)).wants
    assert not by_words(0.8, cues=("accept",), view=True).wants
    assert by_words(0.8, cues=("accept", "act"), view=True).wants
    assert by_words(0.95, cues=("accept",), view=True, asked=WARM).wants


@pytest.mark.parametrize(("act", "reason"), [("tap", "tapped to buy"), ("order", "sent an order")])
def test_who_taps_or_orders_wants_to_buy_whatever_the_words_say(act: str, reason: str) -> None:
    decision = decide(Evidence(act=act, view=False))
    assert decision.score > 0.95
    assert decision.reasons == (reason,)


def test_nothing_at_all_is_no_purchase_and_an_intent_alone_decides_without_examples() -> None:
    assert not decide(Evidence()).wants
    assert decide(Evidence(intents=(("buy", 0.9),))).wants
    assert not decide(Evidence(intents=(("ask_price", 0.9),))).wants


def test_what_is_missing_is_named_in_the_order_to_ask() -> None:
    assert missing({}) == ("product", "quantity", "address", "payment")
    assert missing(COMPLETE) == ()
    several = Options(colours=3, sizes=2)
    assert missing(COMPLETE, several) == ("colour", "size")
    assert missing({**COMPLETE, "colour": "red"}, several) == ("size",)
    assert decide(Evidence(score=0.9, details=COMPLETE)).missing == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ok dai la prendo, paypal va bene?", {"one": True, "payment": "paypal"}),
        ("pago con bonifico", {"payment": "bank transfer"}),
        ("pago alla consegna", {"payment": "cash on delivery"}),
        ("posso pagare in contanti?", {"payment": "cash"}),
        ("spediscile in via Garibaldi 12", {"address": "via Garibaldi 12"}),
        ("passo a ritirarle sabato", {"address": "collected in the shop"}),
        ("I'll take it, I'll pay by card", {"one": True, "payment": "card"}),
        ("ship both to 12 King Street please", {"address": "12 King Street"}),
        ("two of them please", {}),
        ("", {}),
    ],
)
def test_a_message_tells_quantity_place_and_payment(text: str, found: dict[str, object]) -> None:
    assert details_in(text, []) == found


def test_entities_count_more_than_words() -> None:
    entities = [
        {"entity": "quantity", "value": 2},
        {"entity": "size", "value": "42"},
        {"entity": "city", "value": "Torino"},
        {"entity": "max_price", "value": "50"},
    ]
    found = details_in("prendo queste", entities)
    assert found == {"quantity": "2", "size": "42", "city": "Torino"}


def test_another_product_has_another_colour_but_the_same_address() -> None:
    before = {"product": "siena", "colour": "red", "one": True, "payment": "card"}
    assert merged(before, {}, "siena") == before
    assert merged(before, {"size": "42"}, None) == {**before, "size": "42"}
    assert merged(before, {}, "luna") == {"product": "luna", "payment": "card"}


def test_a_clear_enough_question_in_little_committing_words_buys_nothing() -> None:
    asks = (("ask_availability", 0.8),)
    assert not by_words(0.55, view=True, intents=asks, cues=ACTS).wants
    assert by_words(0.9, view=True, intents=asks, cues=ACTS).wants


def test_a_complaint_said_second_is_no_purchase() -> None:
    both = (("affirm", 0.8), ("complaint", 0.9))
    said = by_words(0.9, intents=both, view=True, cues=("act",))
    assert not said.wants


def test_the_one_in_view_is_bought_in_so_many_words_whatever_else_is_said() -> None:
    asks = (("ask_delivery", 0.98), ("buy", 0.99))
    freely = ("act", "buys")
    assert by_words(0.5, view=True, intents=asks, cues=freely, question=True).wants
    assert not by_words(0.5, view=True, intents=asks, cues=ACTS, question=True).wants
    assert not by_words(0.5, view=False, intents=asks, cues=freely, question=True).wants
    assert not by_words(0.1, view=True, intents=asks, cues=freely, question=True).wants
    # "I've been burned before, but I'll take it": a complaint that was only guessed.
    guessed = (("complaint", 0.8), ("buy", 0.8))
    assert by_words(0.7, view=True, intents=guessed, cues=freely).wants
    assert not by_words(0.7, view=True, intents=guessed, cues=ACTS).wants


def test_what_is_refused_before_is_another_thing_than_what_is_bought_in_so_many_words() -> None:
    said = {"score": 0.6, "view": True, "intents": (("deny", 0.65),)}
    assert decide(Evidence(**said, cues=("act", "buys", "not"))).wants
    assert not decide(Evidence(**said, cues=("act", "not"))).wants


def test_who_wants_to_compare_has_not_chosen() -> None:
    said = {"score": 0.74, "cues": ("act",), "view": True, "named": ("product",)}
    assert not decide(Evidence(**said, intents=(("compare_products", 0.72),))).wants
