"""What is taken back in one breath, the names of people, and what comes from no animal."""

import unittest
from typing import Any, Dict, List, Text

from components.entities import Hearing, entities
from components.lookups import read

WORDS: Dict[Text, Any] = {
    "categories": [
        {"id": "bags", "words": {"it": ["borsa"], "en": ["bag"]}},
        {"id": "packs", "words": {"it": ["zaino"], "en": ["backpack"]}},
        {"id": "gloves", "words": {"it": ["guanti"], "en": ["gloves"]}},
    ],
    "colours": [
        {"id": "red", "words": {"it": ["rosso", "rossa"], "en": ["red"]}},
        {"id": "yellow", "words": {"it": ["giallo", "gialla"], "en": ["yellow"]}},
        {"id": "pink", "words": {"it": ["rosa"], "en": ["pink", "rose"]}},
    ],
    "materials": [
        {"id": "wool", "words": {"it": ["lana"], "en": ["wool"]}},
        {"id": "leather", "words": {"it": ["pelle"], "en": ["leather"]}},
        {"id": "plants", "words": {"it": ["vegano"], "en": ["vegan"]}},
    ],
    "recipients": [
        {"id": "woman", "words": {"it": ["mia sorella"], "en": ["sister", "her"]}},
        {"id": "man", "words": {"it": ["mio zio"], "en": ["him"]}},
        {"id": "teacher", "words": {"it": ["maestra"], "en": ["teacher"]}},
    ],
    "products": [{"id": "viola", "names": {"it": "Pochette Viola", "en": "Viola clutch"}}],
}
# What is heard, but for what was said aside.
TABLE = [
    ("yellow... no wait red. a bag?", "en", ["colour:red", "category:bags"]),
    ("a bag or rather a backpack", "en", ["category:packs"]),
    ("una borsa, anzi no uno zaino", "it", ["category:packs"]),
    ("una borsa gialla, anzi rossa", "it", ["category:bags", "colour:red"]),
    ("gloves in a size m, no, make that l", "en", ["category:gloves", "size:L"]),
    ("guanti taglia L, anzi no, XL", "it", ["category:gloves", "size:XL"]),
    ("a bag up to 200, actually let's say 100 max", "en", ["category:bags", "max_price:100"]),
    ("ho un budget di 50, no dai 80", "it", ["max_price:80"]),
    ("i can't wait to see the red bag", "en", ["colour:red", "category:bags"]),
    ("i take an extra large, gloves in XL?", "en", ["size:XL", "category:gloves"]),
    ("an extra large bag", "en", ["category:bags"]),
    ("a bag for my sister Rose", "en", ["category:bags", "recipient:woman"]),
    ("una borsa per mia sorella Viola", "it", ["category:bags", "recipient:woman"]),
    ("a rose bag for my sister", "en", ["colour:pink", "category:bags", "recipient:woman"]),
    ("the Viola for her", "en", ["product:viola", "recipient:woman"]),
    ("i don't buy anything made from animals, a bag?", "en", ["material:plants", "category:bags"]),
    ("niente di origine animale", "it", ["material:plants"]),
    ("a bag that is leather-free", "en", ["category:bags", "without:material:leather"]),
    ("i won't wear leather", "en", ["without:material:leather"]),
    ("la lana mi punge", "it", ["without:material:wool"]),
    ("wool makes me itch", "en", ["without:material:wool"]),
    ("starting as a teacher, i need a bag", "en", ["category:bags"]),
    ("a bag for my teacher", "en", ["category:bags", "recipient:teacher"]),
    ("uno zaino come borsa", "it", ["category:packs"]),
    ("my sister says that i need a red bag", "en", ["colour:red", "category:bags"]),
    ("mia sorella mi ripete che ci vuole una borsa", "it", ["category:bags"]),
]


class TestTheLastSaidCounts(unittest.TestCase):
    """What is heard of a message in which something is taken back or told by the way."""

    def test_table(self) -> None:
        """Hear what is wanted, and nothing of what was said aside."""
        words = read(WORDS)
        for text, language, expected in TABLE:
            with self.subTest(text=text):
                found = entities(text, Hearing(words, language=language))
                heard: List[Text] = [
                    f"{one['entity']}:{one['value']}" for one in found if one["entity"] != "aside"
                ]
                self.assertEqual(heard, expected)

    def test_what_was_said_aside_keeps_its_place(self) -> None:
        """Tell where the words stand that nobody shall search for."""
        text = "yellow... no wait red, he is 40 years old"
        found = entities(text, Hearing(read(WORDS), language="en"))
        aside = [text[one["start"] : one["end"]] for one in found if one["entity"] == "aside"]
        self.assertEqual(aside, ["yellow", "no wait", "is 40 years old"])


if __name__ == "__main__":
    unittest.main()
