"""What is told before a question is no question, and no complaint either."""

import unittest
from typing import Any, Dict, List, Text

from components import background


def asked(text: Text) -> Text:
    """Return what is asked, in single spaces."""
    return " ".join(background.without(text, background.background(text)).split())


def entity(name: Text, value: Text, text: Text) -> Dict[Text, Any]:
    start = text.index(value)
    return {"entity": name, "value": value, "start": start, "end": start + len(value)}


class TestBackground(unittest.TestCase):
    def test_the_story_before_a_question_is_left_out(self) -> None:
        for text, question in (
            (
                "Every woman at the table has a better bag than I do. Show me your handbags?",
                "Show me your handbags?",
            ),
            ("my feet boil in summer. are they lined?", "are they lined?"),
            (
                "ho preso troppa pioggia con la vecchia 😅 avete una borsa che non si bagni",
                "😅 avete una borsa che non si bagni",
            ),
            (
                "salve, mio marito va in pensione a gennaio dopo una vita, volevo un sottomano",
                ", volevo un sottomano",
            ),
            (
                "Mia sorella è mancata a marzo e mi ha lasciato la borsa. Come si tratta?",
                "Come si tratta?",
            ),
        ):
            self.assertEqual(asked(text), question)

    def test_nothing_is_left_out_where_it_belongs_to_the_question(self) -> None:
        for text in (
            "My bag arrived with a broken zip. What should I do?",  # it tells of an order
            "Suppose a seam gives way in three years' time. What then?",
            "He has a 15-inch laptop. Would it fit?",  # a measure
            "I keep cards and a lot of coins in my bag. Would those fit?",  # taken up
            "And a dozen of them, what does that make?",
            "No, troppo cara. La prendo blu",
            "For my mum. Do you have scarves?",  # a few words say for whom it is
            "I do not know yet. It is for a friend.",  # nothing is asked
            "mi piaceva più quella di prima. quanto costava?",
        ):
            self.assertEqual(asked(text), text)

    def test_things_of_the_story_go_where_a_thing_is_asked_for(self) -> None:
        text = "Somebody stole my wallet in Rome on my way to work. Do you have a small backpack?"
        story = background.background(text)
        found = [entity("category", "wallet", text), entity("city", "Rome", text)]
        backpack = entity("category", "backpack", text)
        self.assertEqual(self.kept([*found, backpack], story), ["Rome", "backpack"])
        self.assertEqual(self.kept(found, story), ["wallet", "Rome"])

    def test_the_story_that_names_the_thing_asked_about_stays_in_the_text(self) -> None:
        text = "Yesterday I saw the Siena on your pages. How long is the strap?"
        story = background.background(text)
        self.assertEqual(len(story), 1)
        self.assertEqual(background.mere(text, [entity("product", "Siena", text)], story), [])
        self.assertEqual(background.mere(text, [], story), story)

    def kept(self, found: List[Dict[Text, Any]], story: List[background.Place]) -> List[Text]:
        return [one["value"] for one in background.told_by(found, story)]
