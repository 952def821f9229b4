"""Kinds of things that are one's own and only the place of what is wanted."""

import unittest
from typing import Any, Dict, List, Text

from components.entities import Hearing, entities
from components.lookups import read

WORDS: Dict[Text, Any] = {
    "categories": [
        {"id": "bags", "words": {"it": ["borsa"], "en": ["bag"]}},
        {"id": "travel", "words": {"it": ["valigia"], "en": ["suitcase"]}},
        {"id": "boxes", "words": {"it": ["portagioie"], "en": ["jewellery box"]}},
        {"id": "desk", "words": {"it": ["tappetino da scrivania"], "en": ["desk mat"]}},
        {"id": "straps", "words": {"it": ["tracolla"], "en": ["strap"]}},
    ],
    "colours": [
        {"id": "black", "words": {"it": ["nero"], "en": ["black"]}},
        {"id": "red", "words": {"it": ["rosso"], "en": ["red"]}},
    ],
    "materials": [{"id": "glass", "words": {"it": ["vetro"], "en": ["glass"]}}],
    "recipients": [
        {"id": "couple", "words": {"it": ["i miei"], "en": ["parents"]}},
        {"id": "teacher", "words": {"it": ["insegnante"], "en": ["teacher"]}},
        {"id": "woman", "words": {"it": ["figlia"], "en": ["daughter", "her"]}},
    ],
}
TABLE = [
    ("something to keep in my bag", "en", []),
    ("qualcosa da mettere nella mia borsa", "it", []),
    ("un portagioie da tenere in valigia", "it", ["boxes"]),
    ("a jewellery box for the suitcase", "en", ["boxes"]),
    ("a jewellery box for my new suitcase", "en", ["boxes", "travel"]),
    ("un portagioie per la valigia", "it", ["boxes"]),
    ("qualcosa per tenerlo a tracolla", "it", []),
    ("is there a mirror in the bag?", "en", ["bags"]),
    ("cosa c'è nella borsa?", "it", ["bags"]),
    ("i need a bag. and for the suitcase, a strap", "en", ["bags", "travel", "straps"]),
    ("una borsa e una valigia", "it", ["bags", "travel"]),
    ("have you got something for the suitcase?", "en", ["travel"]),
    ("un portaocchiali, i miei occhiali si rigano", "it", []),
    ("un regalo per i miei", "it", ["couple"]),
    ("un regalo per i miei che festeggiano", "it", ["couple"]),
    ("a case for my reading glasses", "en", []),
    ("a gift for my daughters teacher", "en", ["teacher"]),
    ("for my daughter's teacher", "en", ["teacher"]),
    ("per l'insegnante di mia figlia", "it", ["teacher"]),
    ("for my daughter and her teacher", "en", ["woman", "teacher"]),
    ("le monete girano per la borsa, che avete per tenerle insieme?", "it", []),
    ("my keys are loose in the bag, what can i put them in?", "en", []),
    ("una borsa per metterlo", "it", ["bags"]),
    ("a bag to put them in", "en", ["bags"]),
    ("is it made of glass?", "en", ["glass"]),
    ("a mat for my desk", "en", ["desk"]),
    ("un tappetino per la scrivania", "it", ["desk"]),
    ("ho preso la borsa rossa e la uso sempre. la fate anche nera?", "it", ["bags", "black"]),
    ("i have a red bag already. is there a black one?", "en", ["bags", "black"]),
    ("do you have the red bag in black?", "en", ["red", "bags", "black"]),
]


class OwnThings(unittest.TestCase):
    def test_places_of_what_is_wanted_are_no_wishes(self) -> None:
        words = read(WORDS)
        for text, language, wanted in TABLE:
            with self.subTest(text):
                found = entities(text, Hearing(words, language=language))
                self.assertEqual(_values(found), wanted)


def _values(found: List[Dict[Text, Any]]) -> List[Text]:
    kinds = ("category", "recipient", "material", "colour")
    return [str(one["value"]) for one in found if one["entity"] in kinds]


if __name__ == "__main__":
    unittest.main()
