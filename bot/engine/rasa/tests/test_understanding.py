"""Classifying, languages, sentences, and the catalog's words as they change."""

import json
import os
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, ClassVar, Dict, List, Text, Tuple

from channel import read_message
from components.features import words
from components.fitting import fit, name_words
from components.language import LanguageModel, learn
from components.linear import LinearModel, Weighed
from components.lookups import Lookups, Words, find, stem
from components.sentences import sentences
from components.spans import fold
from components.typos import is_typo
from components.understanding import Understanding
from heard import heard_choice, plain_text, safe_text

PHRASES: List[Tuple[Text, Text, Text]] = [
    (text, intent, language)
    for intent, language, said in (
        ("greet", "it", "ciao|buongiorno|salve|buonasera a tutti|ehi ciao"),
        ("greet", "en", "hello|hi there|good morning|hey|good evening"),
        ("ask_price", "it", "quanto costa|che prezzo ha|quanto viene|mi dice il prezzo|costo?"),
        (
            "ask_price",
            "en",
            "how much is it|what does it cost|price please|what's the price|cost?",
        ),
        ("ask_delivery", "it", "quando arriva|in quanto arriva|spedite a casa|tempi di consegna"),
        (
            "ask_delivery",
            "en",
            "when will it arrive|how long is delivery|do you ship|ship time",
        ),
        ("ask_returns", "it", "posso restituirla|e se non le piace|come funziona il reso|cambio"),
        ("ask_returns", "en", "can I return it|what if she does not like it|return policy|refund"),
    )
    for text in said.split("|")
]


def trained() -> Tuple[LinearModel, LanguageModel]:
    texts, intents, languages = zip(*PHRASES, strict=True)
    phrases = [words(text) for text in texts]
    return fit(phrases, intents), learn(phrases, languages)


class TestClassifying(unittest.TestCase):
    model: LinearModel
    languages: LanguageModel
    understanding: Understanding

    @classmethod
    def setUpClass(cls) -> None:
        cls.model, cls.languages = trained()
        given = {"least": 0.0, "most": 0.0, "further": 0.0}  # every right answer counts
        config = {**Understanding.get_default_config(), **given}
        cls.understanding = Understanding(
            config,
            None,  # type: ignore[arg-type]
            None,  # type: ignore[arg-type]
            cls.model,
            cls.languages,
        )

    def weighed(self, text: Text) -> Weighed:
        return self.model.weigh(words(text))

    def test_the_name_of_an_intent_is_one_of_its_phrases(self) -> None:
        self.assertEqual(name_words("alarm/set_alarm"), ["alarm", "set", "alarm"])
        self.assertEqual(name_words("RateBook"), ["rate", "book"])
        phrases = [words(text) for text in ("play it", "again please", "how is it", "and that")]
        model = fit(phrases, ["PlayMusic", "PlayMusic", "RateBook", "RateBook"])
        self.assertEqual(model.weigh(words("this book")).intents[0][0], "RateBook")

    def test_typos_and_missing_accents_do_not_matter(self) -> None:
        for text, intent in (
            ("qunato costa", "ask_price"),
            ("QUANTO COSTA???", "ask_price"),
            ("ciaooo", "greet"),
            ("how mcuh is it", "ask_price"),
        ):
            self.assertEqual(self.weighed(text).intents[0][0], intent, text)

    def test_the_language_is_found_by_words_and_by_letters(self) -> None:
        for text, language in (
            ("quando arriva?", "it"),
            ("when does it arrive?", "en"),
            ("quanndo arivva", "it"),
        ):
            self.assertEqual(self.languages.hear(words(text)).name, language)

    def test_a_saved_model_says_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.model.save(Path(folder))
            self.languages.save(Path(folder, "languages.json"))
            again = LinearModel.load(Path(folder))
            languages = LanguageModel.load(Path(folder, "languages.json"))
        for text, _, _ in PHRASES:
            tokens = words(text)
            self.assertEqual(again.weigh(tokens), self.model.weigh(tokens))
            self.assertEqual(languages.hear(tokens), self.languages.hear(tokens))

    def test_confidence_grows_with_clarity(self) -> None:
        calibration = self.model.calibration
        rising = [calibration.confidence(clear / 10) for clear in range(-10, 20)]
        self.assertEqual(rising, sorted(rising))
        self.assertLess(calibration.quantile(0.1), calibration.quantile(0.5))

    def test_two_questions_are_two_intents(self) -> None:
        parsed = self.understanding.understand("in quanto arriva a torino? e se non le piace?")
        self.assertEqual(parsed["intent"]["name"], "ask_delivery")
        self.assertEqual([further["name"] for further in parsed["also"]], ["ask_returns"])

    def test_a_greeting_before_a_question_is_heard_beside_it(self) -> None:
        parsed = self.understanding.understand("Buongiorno! quanto costa?")
        self.assertEqual(parsed["intent"]["name"], "ask_price")
        self.assertEqual([further["name"] for further in parsed["also"]], ["greet"])

    def test_no_text_takes_long_to_read(self) -> None:
        for text in ("x" * 5000, "1" * 5000, "1." * 2000, "max di " * 700, "a" * 3000 + "@", "\n"):
            began = time.perf_counter()
            self.understanding.understand(text)
            self.assertLess(time.perf_counter() - began, 0.25, text[:8])

    def test_a_text_without_words_is_not_understood_and_does_no_harm(self) -> None:
        for text in ("", "   ", "???", "🤷", "\u2060", "x" * 5000):
            parsed = self.understanding.understand(text)
            self.assertLessEqual(len(parsed["intent_ranking"]), 3)


class TestWords(unittest.TestCase):
    def test_numbers_addresses_and_drawn_out_letters_are_made_alike(self) -> None:
        self.assertEqual(words("Grazieee 1.200,50 a@b.it"), ["grazie", "0", "emailaddress"])

    def test_emoji_are_words(self) -> None:
        self.assertEqual(words("ok👍👍"), ["ok", "👍", "👍"])

    def test_sentences_are_cut_where_another_question_begins(self) -> None:
        for text, parts in (
            ("a torino in quanto arriva? e se non le piace?", 2),
            ("ciao, cerco una borsa", 1),
            ("quanto costa e quando arriva", 2),
            ("do you ship abroad and how much is it", 2),
            ("how much is the aurora and do you ship to london?", 2),
            ("salt and pepper", 1),
            ("costa 12.50 euro", 1),
            ("uno\ndue\ntre\nquattro\ncinque", 4),
            ("...", 0),
        ):
            self.assertEqual(len(sentences(text)), parts, text)

    def test_plural_and_gender_have_one_stem(self) -> None:
        for language, forms in (
            ("it", ("borsa", "borse")),
            ("it", ("rosso", "rossi", "rosse")),
            ("it", ("giacca", "giacche")),
            ("it", ("portafoglio", "portafogli")),
            ("en", ("bag", "bags")),
            ("en", ("watch", "watches")),
            ("en", ("purse", "purses")),
        ):
            self.assertEqual(len({stem(fold(form), language) for form in forms}), 1, forms)


class TestTypos(unittest.TestCase):
    def test_slips_of_the_thumb_are_forgiven(self) -> None:
        for word, meant in (
            ("bosra", "borsa"),
            ("borzsa", "borsa"),
            ("potafoglio", "portafoglio"),
            ("portafolgio", "portafoglio"),
            ("bagg", "bag"),
            ("walet", "wallet"),
            ("walllet", "wallet"),
            ("leahter", "leather"),
            ("portaofglio", "portafoglio"),
        ):
            self.assertEqual(is_typo(word, meant), len(word) >= 5, word)

    def test_other_words_are_left_alone(self) -> None:
        for word, meant in (
            ("cultura", "cintura"),
            ("persa", "perla"),
            ("lettera", "leather"),
            ("vaniglia", "valigia"),
            ("forward", "scarf"),
            ("style", "stole"),
            ("corso", "borsa"),
            ("lunga", "luna"),
            ("portatile", "portafogli"),
            ("corsi", "corso"),
            ("dente", "dante"),
            ("cancellate", "cancelleria"),
        ):
            self.assertFalse(is_typo(word, meant), word)


class TestLookups(unittest.TestCase):
    def write(self, path: Path, *names: Text) -> None:
        products = [{"id": name, "names": {"it": name, "en": name}} for name in names]
        path.write_text(json.dumps({"products": products}), encoding="utf-8")

    def test_a_new_product_is_known_at_the_next_message(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lookups.json"
            lookups = Lookups(path)
            self.assertEqual(self.found("la Aurora", lookups.words()), [])
            self.write(path, "Aurora")
            self.assertEqual(self.found("la Aurora", lookups.words()), ["Aurora"])
            draft = path.with_suffix(".new")
            self.write(draft, "Aurora", "Ninfea")
            os.replace(draft, path)
            self.assertEqual(self.found("la ninfea", lookups.words()), ["Ninfea"])

    def test_unchanged_files_are_not_read_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lookups.json"
            self.write(path, "Aurora")
            lookups = Lookups(path)
            self.assertTrue(lookups.words().phrases)
            self.assertIs(lookups.words(), lookups.words())

    def test_an_ordinary_word_is_no_typo(self) -> None:
        known = Words()
        known.add("borsa", ("category", "bags"), "it")
        known.close()
        self.assertEqual(self.found("borza", known), ["bags"])
        self.assertEqual(self.found("bossa", known, "bossa"), [])

    def test_other_forms_are_those_of_the_language(self) -> None:
        known = Words()
        known.add("carta", ("material", "paper"), "it")
        known.add("paper", ("material", "paper"), "en")
        known.add("male", ("recipient", "him"), "en")
        known.close()
        self.assertEqual(list(find("mi fa male", known, frozenset(), "it")), [])
        said = find("add to cart", known, frozenset(), "en")
        self.assertEqual(list(said), [])
        self.assertEqual(self.found("carte", known), ["paper"])

    def found(self, text: Text, known: Words, *ordinary: Text) -> List[Any]:
        return [span.value for span in find(fold(text), known, frozenset(ordinary))]


class TestMessages(unittest.TestCase):
    BODY: ClassVar[Dict[Text, Any]] = {"sender": "c", "message_id": "m"}

    def test_a_slash_is_never_a_command(self) -> None:
        for text in ("/greet", "  /restart", '/buy{"product":"x"}', "/"):
            message = read_message({**self.BODY, "text": text})
            self.assertFalse(message.text.startswith("/"))
            self.assertEqual(plain_text(message.text).strip(), text.strip())

    def test_other_texts_stay_as_they_are(self) -> None:
        self.assertEqual(safe_text("and/or"), "and/or")

    def test_a_tap_says_its_intent_and_its_product(self) -> None:
        parsed = heard_choice("Prezzo", "ask:ask_price:aurora")
        self.assertEqual(parsed["intent"], {"name": "ask_price", "confidence": 1.0})
        self.assertEqual(parsed["entities"][0]["value"], "aurora")

    def test_a_picked_answer_needs_no_intent(self) -> None:
        message = read_message(
            {**self.BODY, "choice": {"id": "pick:regalo.budget:50", "title": "Fino a 50 €"}}
        )
        self.assertIsNone(message.parse_data["intent"]["name"])
        self.assertEqual(message.metadata["choice"], "pick:regalo.budget:50")

    def test_bodies_that_cannot_be_read_are_refused(self) -> None:
        for body in (
            {},
            {"sender": "c"},
            {"sender": 1, "message_id": "m"},
            {**self.BODY, "choice": {"title": "no id"}},
            {**self.BODY, "choice": {"id": 7}},
            {**self.BODY, "text": 5},
            {**self.BODY, "context": "x"},
        ):
            with self.assertRaises((KeyError, TypeError, ValueError, AttributeError)):
                read_message(body)


if __name__ == "__main__":
    unittest.main()
