"""A few words that only say a wish mean what was searched for and shown makes of them."""

from typing import Any

from dialogues.executor import Heard
from dialogues.executor.wishes import wished

SEARCHED = {"filters": {"category": "bags"}}
SHOWN = {"shown": ["a", "b"], "focus": "a", "marks": {"colour:red": ["b"], "cheapest": ["b"]}}


def heard(text: str, **found: Any) -> list[dict[str, Any]]:
    """Return entities that together cover the words given for them."""
    entities = []
    for name, (words, value) in found.items():
        start = text.index(words)
        entities.append({"entity": name, "value": value, "start": start, "end": start + len(words)})
    return entities


def check(
    text: str, intent: str | None, facts: dict[str, Any], expected: str | None, **found: Any
) -> None:
    said = Heard(text, intent, 1.0, heard(text, **found), None, "it", facts)
    assert wished(said, facts) == expected, text


def test_a_wish_alone_is_a_search() -> None:
    search = "search_product"
    check("niente nero", "deny", {}, search, without=("niente nero", "colour:black"))
    check("e sotto i 50?", None, {}, search, max_price=("sotto i 50", "50"))
    check("taglia 95", "ask_size_guide", {}, search, size=("taglia 95", "95"))
    check("in rosso", "ask_availability", {}, search, colour=("rosso", "red"))
    check("due paia di guanti", None, {}, search, category=("guanti", "gloves"))


def test_a_question_stays_what_it_was() -> None:
    check("ciao", "greet", {}, "greet")
    check("boh", None, {}, None)
    check("si lava la pelle?", "ask_care", {}, "ask_care", material=("pelle", "leather"))
    check("by friday", "ask_delivery", {}, "ask_delivery", needed_by=("by friday", "x"))


def test_a_price_asked_of_one_stays_a_question() -> None:
    price, second = "ask_price", ("il secondo", 2)
    check("quanto costa il secondo?", price, SHOWN, price, ordinal=second)
    check("quanto costa in rosso?", price, SHOWN, price, colour=("rosso", "red"))
    check("il secondo c'è?", "ask_availability", SHOWN, "ask_availability", ordinal=second)
    cheapest = ("la più economica", "cheapest")
    check("quanto costa la più economica?", price, SHOWN, price, ordinal=cheapest)
    check("e sotto i 50?", price, SHOWN, "search_product", max_price=("sotto i 50", "50"))


def test_an_occasion_alone_may_only_put_something_off() -> None:
    christmas = ("natale", "christmas")
    check("magari a natale", "deny", SEARCHED, "deny", occasion=christmas)
    check("per natale", None, SEARCHED, "search_product", occasion=christmas)


def test_a_person_named_goes_on_with_a_search_and_begins_a_gift_without_one() -> None:
    wife = ("mia moglie", "wife")
    gift, search = "recommend_gift", "search_product"
    check("è per mia moglie", gift, SEARCHED, search, recipient=wife)
    check("è per mia moglie", gift, {}, gift, recipient=wife)
    check("un regalo per mia moglie", gift, SEARCHED, gift, recipient=wife)


def test_pointers_look_at_what_was_shown() -> None:
    search = "search_product"
    cheapest = ("la più economica", "cheapest")
    check("e la più economica?", "show_more", SHOWN, search, ordinal=cheapest)
    check("il secondo", None, SHOWN, "ask_details", ordinal=("il secondo", 2))
    first = ("il primo", 1)
    check("il primo dei due", "compare_products", SHOWN, "ask_details", ordinal=first)
    check("il quinto", None, SHOWN, None, ordinal=("il quinto", 5))
    check("l'altra", "show_more", SHOWN, "ask_details", ordinal=("l'altra", "other"))
    red = {"ordinal": ("quella", "one"), "colour": ("rossa", "red")}
    check("quella rossa", "deny", SHOWN, search, **red)
    check("prendo quella rossa", "buy", SHOWN, "buy", **red)


def test_an_amount_is_looked_for_whatever_else_was_heard() -> None:
    price = ("like 120", "120")
    middle = "something in the middle, like 120"
    check(middle, "ask_details", SHOWN, "search_product", about_price=price)
    one = {"ordinal": ("the", "one"), "about_price": ("50", "50")}
    check("is the 50 one nice", "ask_details", SHOWN, "ask_details", **one)


def test_the_dearest_after_the_cheapest_of_all_is_searched_for() -> None:
    ordered = {**SHOWN, "filters": {"category": "bags", "order": "cheapest"}}
    dearest = ("the most expensive", "dearest")
    check("and the most expensive?", "ask_price", ordered, "search_product", ordinal=dearest)
    check("and the most expensive?", "ask_price", SHOWN, "ask_price", ordinal=dearest)


def test_what_is_looked_at_turns_out_to_be_a_present() -> None:
    wife = ("my wife", "wife")
    gift = "recommend_gift"
    check("it's a present for my wife", gift, SEARCHED, "search_product", recipient=wife)
    check("i need a present for my wife", gift, SEARCHED, gift, recipient=wife)


def test_a_superlative_alone_asks_which_it_is() -> None:
    found = ("la più economica", "cheapest")
    check("la più economica?", "ask_details", SHOWN, "search_product", ordinal=found)
    check("il secondo?", "ask_details", SHOWN, "ask_details", ordinal=("il secondo", 2))
