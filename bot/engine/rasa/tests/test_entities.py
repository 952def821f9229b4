"""What is found in a message, in Italian and in English."""

import unittest
from dataclasses import replace
from datetime import date
from typing import Any, Dict, FrozenSet, List, Text, Tuple

from components.entities import Hearing, entities
from components.lookups import read

LOOKUPS: Dict[Text, Any] = {
    "products": [
        {"id": "aurora", "names": {"it": "Borsa Aurora", "en": "Aurora bag"}, "aliases": []},
        {"id": "siena", "names": {"it": "Borsa Siena", "en": "Siena bag"}, "aliases": []},
        {"id": "p-noto", "names": {"it": "Portafoglio Noto", "en": "Noto wallet"}, "aliases": []},
        {"id": "zip", "names": {"it": "Zaino Vela", "en": "Vela backpack"}, "aliases": ["mod. V2"]},
    ],
    "categories": [
        {"id": "bags", "words": {"it": ["borsa"], "en": ["bag", "handbag"]}},
        {"id": "wallets", "words": {"it": ["portafoglio"], "en": ["wallet", "purse"]}},
        {"id": "belts", "words": {"it": ["cintura"], "en": ["belt"]}},
        {"id": "backpacks", "words": {"it": ["zaino"], "en": ["backpack"]}},
    ],
    "colours": [
        {"id": "red", "words": {"it": ["rosso"], "en": ["red"]}},
        {"id": "black", "words": {"it": ["nero"], "en": ["black"]}},
        {"id": "bordeaux", "words": {"it": ["rosso bordeaux", "bordeaux"], "en": ["burgundy"]}},
        {"id": "blue", "words": {"it": ["blu"], "en": ["blue"]}},
    ],
    "materials": [{"id": "leather", "words": {"it": ["pelle", "cuoio"], "en": ["leather"]}}],
    "recipients": [
        {"id": "wife", "words": {"it": ["moglie"], "en": ["wife"]}},
        {"id": "father", "words": {"it": ["papà", "padre"], "en": ["dad", "father"]}},
    ],
    "occasions": [
        {"id": "christmas", "words": {"it": ["natale"], "en": ["christmas"]}},
        {"id": "birthday", "words": {"it": ["compleanno"], "en": ["birthday"]}},
    ],
}
ORDINARY: FrozenSet[Text] = frozenset(("corsa", "porta", "bene", "cerco", "quanto", "della"))

TODAY = date(2026, 11, 25)  # a Wednesday

TABLE: List[Tuple[Text, Dict[Text, Any]]] = [
    # categories, colours, materials: plural, gender, typos, accents
    ("cerco una borsa", {"category": "bags"}),
    ("avete borse rosse?", {"category": "bags", "colour": "red"}),
    (
        "un portafogli nero in pelle",
        {"category": "wallets", "colour": "black", "material": "leather"},
    ),
    ("portafolgio", {"category": "wallets"}),
    ("avete cinutre?", {"category": "belts"}),
    ("zaini neri", {"category": "backpacks", "colour": "black"}),
    ("do you have leather wallets?", {"category": "wallets", "material": "leather"}),
    ("black handbags pls", {"category": "bags", "colour": "black"}),
    ("a blue backpak", {"category": "backpacks", "colour": "blue"}),
    ("rosso bordeaux", {"colour": "bordeaux"}),
    ("e in rosso?", {"colour": "red"}),
    ("vado di corsa alla porta", {}),
    # products
    ("quanto costa la Aurora?", {"product": "aurora"}),
    ("la borsa aurora c'è?", {"product": "aurora"}),
    ("is the aurora in stock", {"product": "aurora"}),
    ("the aurroa bag", {"product": "aurora"}),
    ("la siena è disponibile?", {"product": "siena"}),
    ("spedite a Siena?", {"city": "Siena"}),
    ("noto wallet", {"product": "p-noto"}),
    # prices
    ("sotto i 50 euro", {"max_price": "50"}),
    ("borsa max 150 €", {"category": "bags", "max_price": "150"}),
    ("max 150", {"max_price": "150"}),
    ("fino a 100€", {"max_price": "100"}),
    ("meno di 80,50 euro", {"max_price": "80.50"}),
    ("spendere massimo 120", {"max_price": "120"}),
    ("60 euro al massimo", {"max_price": "60"}),
    ("around 120 euros max", {"max_price": "120"}),
    ("sui 90 al massimo", {"max_price": "90"}),
    ("budget 200", {"max_price": "200"}),
    ("non più di cento euro", {"max_price": "100"}),
    ("ho 70 euro", {"max_price": "70"}),
    ("under €40", {"max_price": "40"}),
    ("less than 1,200 euros", {"max_price": "1200"}),
    ("up to 99.90", {"max_price": "99.90"}),
    ("no more than fifty euros", {"max_price": "50"}),
    ("between 30 and 60", {"min_price": "30", "max_price": "60"}),
    ("tra i 30 e i 60 euro", {"min_price": "30", "max_price": "60"}),
    ("dai 50 ai 100 €", {"min_price": "50", "max_price": "100"}),
    ("from 50 to 80 euros", {"min_price": "50", "max_price": "80"}),
    ("50-80€", {"min_price": "50", "max_price": "80"}),
    ("almeno 100 euro", {"min_price": "100"}),
    ("over 200 euros", {"min_price": "200"}),
    ("arriva entro 3 giorni?", {"needed_by": "2026-11-28"}),
    ("within 5 days", {"needed_by": "2026-11-30"}),
    ("siete aperti dalle 9 alle 18?", {}),
    ("ho più di 18 anni", {}),
    # sizes
    ("taglia M", {"size": "M"}),
    ("cintura misura 95", {"category": "belts", "size": "95"}),
    ("in size large", {"size": "L"}),
    ("avete la XL?", {"size": "XL"}),
    ("which sizes are left?", {}),
    ("a large bag", {"category": "bags"}),
    ("do you have it in a medium?", {"size": "M"}),
    ("numero 42", {"size": "42"}),
    # quantities
    ("ne vorrei 2", {"quantity": 2}),
    ("3 pezzi", {"quantity": 3}),
    ("ne prendo due", {"quantity": 2}),
    ("I'd take two of them", {"quantity": 2}),
    ("x3", {"quantity": 3}),
    ("10 pieces", {"quantity": 10}),
    ("ne avete 12 blu?", {"quantity": 12, "colour": "blue"}),
    ("non sopporto la lavanda", {"without": "word:lavanda"}),
    ("con la lavanda mi viene il mal di testa", {"without": "word:lavanda"}),
    # about, words for numbers, both ends
    ("sui 70 euro", {"about_price": "70"}),
    ("50 euro circa", {"about_price": "50"}),
    ("una cinquantina di euro", {"about_price": "50"}),
    ("around 60 euros", {"about_price": "60"}),
    ("centoventi euro al massimo", {"max_price": "120"}),
    ("under one hundred and fifty euros", {"max_price": "150"}),
    ("dai 40 in su", {"min_price": "40"}),
    ("non oltre i 75", {"max_price": "75"}),
    ("l'ho pagata 80 euro", {}),
    ("sei sicuro?", {}),
    # several sizes, sizes without the word
    ("cintura nera 43", {"category": "belts", "colour": "black", "size": "43"}),
    ("una borsa 40 euro", {"category": "bags", "max_price": "40"}),
    ("quelle da 149 euro", {"ordinal": "one", "about_price": "149"}),
    ("in 43 o 44", {"size": "44"}),
    ("porto il 38", {"size": "38"}),
    ("c'è la 39?", {"size": "39"}),
    ("misura 7 e mezzo", {"size": "7.5"}),
    ("ho il 50% di sconto", {}),
    # how many, counted by the thing itself
    ("2 portafogli rossi", {"quantity": 2, "category": "wallets", "colour": "red"}),
    ("two leather belts", {"quantity": 2, "category": "belts", "material": "leather"}),
    ("le due borse", {"category": "bags"}),
    ("ne vorrei un paio", {"quantity": 2}),
    # until when
    ("entro venerdì", {"needed_by": "2026-11-27"}),
    ("mi serve per il 24 dicembre", {"needed_by": "2026-12-24"}),
    ("before christmas", {"needed_by": "2026-12-25"}),
    ("a christmas gift", {"occasion": "christmas"}),
    ("siete aperti sabato?", {}),
    ("ordered it on monday", {}),
    # what is not wanted
    ("niente nero", {"without": "colour:black"}),
    ("non in pelle", {"without": "material:leather"}),
    ("not leather please", {"without": "material:leather"}),
    ("zaini non neri", {"category": "backpacks", "without": "colour:black"}),
    ("non voglio borse nere", {"category": "bags", "without": "colour:black"}),
    ("anything but red", {"without": "colour:red"}),
    ("non mi piace il nero", {"without": "colour:black"}),
    ("without a zip", {"without": "word:zip"}),
    ("non è in pelle?", {"material": "leather"}),
    ("no, nero", {"colour": "black"}),
    ("no grazie, rossa", {"colour": "red"}),
    ("non c'è in nero?", {"colour": "black"}),
    ("senza impegno", {}),
    # who and where from
    ("il mio ordine 100234 dov'è?", {"order_number": "100234"}),
    ("order #IT-20931", {"order_number": "IT-20931"}),
    ("numero d'ordine: 77120 grazie", {"order_number": "77120"}),
    ("mario.rossi@example.it", {"email": "mario.rossi@example.it"}),
    ("scrivimi a Anna.B+shop@Example.co.uk", {"email": "anna.b+shop@example.co.uk"}),
    ("+39 333 123 4567", {"phone": "+393331234567"}),
    ("0039 0611223344", {"phone": "+390611223344"}),
    ("chiamami al 333-1234567", {"phone": "3331234567"}),
    # pointing
    ("il secondo", {"ordinal": 2}),
    ("quanto costa la seconda?", {"ordinal": 2}),
    ("l'ultima", {"ordinal": -1}),
    ("the last one", {"ordinal": -1}),
    ("the first one please", {"ordinal": 1}),
    ("the 3rd", {"ordinal": 3}),
    ("il numero 2", {"ordinal": 2}),
    ("number 3", {"ordinal": 3}),
    ("quello più economico", {"ordinal": "cheapest"}),
    ("the cheapest", {"ordinal": "cheapest"}),
    ("which is cheaper?", {"ordinal": "cheapest"}),
    ("a cheaper one", {"compared": "cheaper"}),
    ("il meglio recensito", {"ordinal": "best_rated"}),
    ("the best seller", {"ordinal": "most_sold"}),
    ("quella rossa", {"ordinal": "one", "colour": "red"}),
    ("the black one", {"ordinal": "one", "colour": "black"}),
    ("quella da 99 €", {"ordinal": "one", "about_price": "99"}),
    ("e l'altra?", {"ordinal": "other"}),
    ("e nell'altra?", {"ordinal": "other"}),
    ("tra l'altro", {}),
    ("il primo dei due", {"ordinal": 1}),
    ("la più cara", {"ordinal": "dearest"}),
    ("questa c'è in nero?", {"ordinal": "this", "colour": "black"}),
    ("quanto costa questo?", {"ordinal": "this"}),
    ("how much is this one?", {"ordinal": "this"}),
    ("è la prima volta che compro", {}),
    ("si è rotto al primo utilizzo", {}),
    ("qualcosa di più economico?", {"compared": "cheaper"}),
    ("I placed the order 3 days ago", {}),
    ("a pair of gloves", {}),
    ("arriva questa settimana?", {"needed_by": "2026-11-29"}),
    ("is it open this week?", {}),
    # for whom, what for, where to
    ("un regalo per mia moglie", {"recipient": "wife"}),
    ("per il compleanno di papà", {"occasion": "birthday", "recipient": "father"}),
    ("a christmas present for my dad", {"occasion": "christmas", "recipient": "father"}),
    ("a torino in quanto arriva?", {"city": "Torino"}),
    ("do you ship to Turin", {"city": "Turin"}),
    ("abito a reggio emilia", {"city": "Reggio Emilia"}),
    (
        "Buongiorno! cerco una borsa in pelle per mia moglie, max 150 €",
        {"category": "bags", "material": "leather", "recipient": "wife", "max_price": "150"},
    ),
]


class TestEntities(unittest.TestCase):
    hearing: Hearing

    @classmethod
    def setUpClass(cls) -> None:
        cls.hearing = Hearing(read(LOOKUPS), ORDINARY, today=TODAY)

    def found(self, text: Text) -> Dict[Text, Any]:
        return {e["entity"]: e["value"] for e in entities(text, self.hearing)}

    def test_every_row_of_the_table(self) -> None:
        for text, expected in TABLE:
            with self.subTest(text):
                self.assertEqual(self.found(text), expected)

    def test_a_name_that_is_a_colour_too_is_told_apart(self) -> None:
        viola = {"id": "viola", "names": {"it": "Pochette Viola", "en": "Viola clutch"}}
        purple = {"id": "purple", "words": {"it": ["viola", "lilla"], "en": ["purple"]}}
        lookups = {**LOOKUPS, "products": [*LOOKUPS["products"], viola]}
        lookups["colours"] = [*LOOKUPS["colours"], purple]
        hearing = Hearing(read(lookups), ORDINARY, language="it", today=TODAY)
        for text, expected in (
            ("quante Viola rosse avete?", {"product": "viola", "colour": "red"}),
            ("quanto viene la viola", {"product": "viola"}),
            ("avete una borsa viola?", {"category": "bags", "colour": "purple"}),
            ("la siena in viola", {"product": "siena", "colour": "purple"}),
        ):
            with self.subTest(text):
                found = {e["entity"]: e["value"] for e in entities(text, hearing)}
                self.assertEqual(found, expected)

    def test_a_set_is_called_by_its_name(self) -> None:
        lookups = {**LOOKUPS, "products": [{"id": "s", "names": {}, "aliases": ["set Signore"]}]}
        lookups["categories"] = [{"id": "sets", "words": {"it": ["il set"], "en": ["a set"]}}]
        found = entities("il set signore quanto costa", Hearing(read(lookups), ORDINARY))
        self.assertEqual([e["value"] for e in found], ["s"])

    def test_fifteen_may_be_inches(self) -> None:
        self.assertEqual(self.found("che misure ha quella da 15?"), {})
        self.assertEqual(self.found("quella da 15 euro")["about_price"], "15")

    def test_two_products_are_two_entities_in_their_order(self) -> None:
        found = entities("meglio la siena o l'aurora?", self.hearing)
        self.assertEqual([e["value"] for e in found], ["siena", "aurora"])

    def test_alternatives_and_exceptions_are_several(self) -> None:
        for text, name, values in (
            ("rosso o bordeaux", "colour", ["red", "bordeaux"]),
            ("niente rosso e nero", "without", ["colour:red", "colour:black"]),
            ("senza zip e manici", "without", ["word:zip", "word:manici"]),
            ("taglia 43 o 44", "size", ["43", "44"]),
        ):
            found = entities(text, self.hearing)
            self.assertEqual([e["value"] for e in found if e["entity"] == name], values)

    def test_the_first_two_are_two_pointers(self) -> None:
        for text in ("confronta le prime due", "compare the first two"):
            found = entities(text, self.hearing)
            self.assertEqual([e["value"] for e in found], [1, 2])

    def test_a_complaint_is_not_about_a_bag_of_that_name(self) -> None:
        beside = replace(self.hearing, about_products=False)
        self.assertEqual(entities("la borsa è arrivata vela", beside)[-1]["entity"], "category")
        said = {e["entity"]: e["value"] for e in entities("la vela è arrivata", beside)}
        self.assertEqual(said, {"product": "zip"})
        for text in ("mi parli di vela?", "mi racconti qualcosa della vela"):
            said = {e["entity"]: e["value"] for e in entities(text, beside)}
            self.assertEqual(said, {"product": "zip"})

    def test_offsets_point_into_the_text_as_it_was_written(self) -> None:
        text = "però la BORSA è in pèlle?"
        for entity in entities(text, self.hearing):
            said = text[entity["start"] : entity["end"]]
            self.assertIn(said, ("BORSA", "pèlle"))


if __name__ == "__main__":
    unittest.main()
