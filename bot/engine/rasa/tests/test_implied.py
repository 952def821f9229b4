"""A few words that only say a wish mean what was searched for and shown makes of them."""

import unittest
from typing import Any, Dict, List, Optional, Text

from implied import implied_intent

SEARCHED = {"filters": {"category": "bags"}}
SHOWN = {"shown": ["a", "b"], "focus": "a", "marks": {"colour:red": ["b"], "cheapest": ["b"]}}


def heard(text: Text, **found: Any) -> List[Dict[Text, Any]]:
    """Return entities that together cover the words given for them."""
    entities = []
    for name, (words, value) in found.items():
        start = text.index(words)
        entities.append({"entity": name, "value": value, "start": start, "end": start + len(words)})
    return entities


class TestImplied(unittest.TestCase):
    def check(
        self,
        text: Text,
        intent: Optional[Text],
        facts: Dict[Text, Any],
        expected: Optional[Text],
        **found: Any,
    ) -> None:
        with self.subTest(text):
            self.assertEqual(implied_intent(text, intent, heard(text, **found), facts), expected)

    def test_a_wish_alone_is_a_search(self) -> None:
        search = "search_product"
        self.check("niente nero", "deny", {}, search, without=("niente nero", "colour:black"))
        self.check("e sotto i 50?", None, {}, search, max_price=("sotto i 50", "50"))
        self.check("taglia 95", "ask_size_guide", {}, search, size=("taglia 95", "95"))
        self.check("in rosso", "ask_availability", {}, search, colour=("rosso", "red"))
        self.check("due paia di guanti", None, {}, search, category=("guanti", "gloves"))

    def test_a_question_stays_what_it_was(self) -> None:
        self.check("ciao", "greet", {}, "greet")
        self.check("boh", None, {}, None)
        self.check("si lava la pelle?", "ask_care", {}, "ask_care", material=("pelle", "leather"))
        self.check("by friday", "ask_delivery", {}, "ask_delivery", needed_by=("by friday", "x"))

    def test_a_person_named_goes_on_with_a_search_and_begins_a_gift_without_one(self) -> None:
        wife = ("mia moglie", "wife")
        gift, search = "recommend_gift", "search_product"
        self.check("è per mia moglie", gift, SEARCHED, search, recipient=wife)
        self.check("è per mia moglie", gift, {}, gift, recipient=wife)
        self.check("un regalo per mia moglie", gift, SEARCHED, gift, recipient=wife)

    def test_pointers_look_at_what_was_shown(self) -> None:
        search = "search_product"
        cheapest = ("la più economica", "cheapest")
        self.check("e la più economica?", "show_more", SHOWN, search, ordinal=cheapest)
        self.check("il secondo", None, SHOWN, "ask_details", ordinal=("il secondo", 2))
        self.check("il quinto", None, SHOWN, None, ordinal=("il quinto", 5))
        self.check("l'altra", "show_more", SHOWN, "ask_details", ordinal=("l'altra", "other"))
        red = {"ordinal": ("quella", "one"), "colour": ("rossa", "red")}
        self.check("quella rossa", "deny", SHOWN, search, **red)
        self.check("prendo quella rossa", "buy", SHOWN, "buy", **red)


if __name__ == "__main__":
    unittest.main()
