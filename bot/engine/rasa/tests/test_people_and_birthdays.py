"""Birthdays that are said by the age, people who are only "he" and "she", budgets that move."""

import unittest
from datetime import date
from typing import Any, Dict, Text

from components.entities import Hearing, entities
from components.lookups import read

WORDS: Dict[Text, Any] = {
    "recipients": [
        {"id": "woman", "words": {"it": ["lei"], "en": ["her"]}},
        {"id": "man", "words": {"it": ["lui"], "en": ["him"]}},
        {"id": "mother", "words": {"it": ["mamma"], "en": ["mum"]}},
    ],
    "occasions": [
        {"id": "bday", "words": {"it": ["compleanno"], "en": ["birthday"]}},
        {"id": "retirement", "words": {"it": ["pensione"], "en": ["retirement"]}},
    ],
}
TABLE = [
    ("un regalo per i suoi 40 anni", {"occasion": "bday"}),
    ("mia mamma compie 70 anni a maggio", {"occasion": "bday", "recipient": "mother"}),
    ("it's for her 18th", {"occasion": "bday", "recipient": "woman"}),
    ("she's turning fifty", {"occasion": "bday", "recipient": "woman"}),
    ("in 3 anni non si è mai rotta", {}),
    ("i suoi 24 mesi di garanzia", {}),
    ("ci compro da 20 anni", {}),
    ("a birthday gift for a friend, she loves trips", {"occasion": "bday", "recipient": "woman"}),
    (
        "it's for his retirement. up to 60",
        {"occasion": "retirement", "recipient": "man", "max_price": "60"},
    ),
    ("for my mum, he said", {"recipient": "mother"}),
    ("forse arriviamo a 80", {"max_price": "80"}),
    ("they raised it to 30", {"max_price": "30"}),
    ("quando arriva a Torino", {"city": "Torino"}),
    ("senza spendere più di 70 euro", {"max_price": "70"}),
    ("without going over 70", {"max_price": "70"}),
    ("così la usa come bustina", {}),
    ("spedite negli usa?", {"city": "USA"}),
    ("trovato, è il 70418", {"order_number": "70418"}),
    ("it's 30418", {"order_number": "30418"}),
    ("è il 2026", {}),
    ("i ordered a belt and have heard nothing, 55102", {"order_number": "55102"}),
]


class TestPeopleAndBirthdays(unittest.TestCase):
    def found(self, text: Text) -> Dict[Text, Any]:
        hearing = Hearing(read(WORDS), today=date(2026, 11, 26))
        return {e["entity"]: e["value"] for e in entities(text, hearing)}

    def test_every_row_of_the_table(self) -> None:
        for text, expected in TABLE:
            with self.subTest(text):
                self.assertEqual(self.found(text), expected)

    def test_a_shop_without_birthdays_hears_none(self) -> None:
        words = {**WORDS, "occasions": []}
        found = entities("i suoi 40 anni", Hearing(read(words)))
        self.assertEqual([one for one in found if one["entity"] != "aside"], [])


if __name__ == "__main__":
    unittest.main()
