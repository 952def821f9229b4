"""A greeting before the question, a question after the purchase, two questions in one sentence."""

import unittest
from typing import List, Text, Tuple

from components.linear import fit
from components.sentences import sentences
from components.understanding import Understanding

PHRASES: List[Tuple[Text, Text, Text]] = [
    (text, intent, language)
    for intent, language, said in (
        ("greet", "it", "ciao|buongiorno|salve|buonasera a tutti|ehi ciao|buon pomeriggio"),
        ("greet", "en", "hello|hi there|good morning|hey|good evening|hi"),
        ("search_product", "it", "cerco una borsa|avete borse in pelle|vorrei vedere le borse"),
        ("search_product", "en", "I'm looking for a bag|do you have leather bags|show me bags"),
        ("ask_delivery", "it", "quando arriva|in quanto arriva|quanto costa la spedizione"),
        ("ask_delivery", "en", "when will it arrive|how long is delivery|do you ship"),
        ("ask_price", "it", "quanto costa|che prezzo ha|quanto viene|mi dice il prezzo"),
        ("ask_price", "en", "how much is it|what does it cost|price please|what's the price"),
        ("ask_payment", "it", "posso pagare con paypal|paypal va bene|accettate paypal"),
        ("ask_payment", "en", "can I pay with paypal|is paypal ok|do you take paypal"),
        ("buy", "it", "la prendo|ok la prendo|la compro|voglio comprarla|prendo questa"),
        ("buy", "en", "I'll take it|ok I'll take it|I want to buy it|I'd like this one"),
    )
    for text in said.split("|")
]


class TestBeside(unittest.TestCase):
    understanding: Understanding

    @classmethod
    def setUpClass(cls) -> None:
        texts, intents, languages = zip(*PHRASES, strict=False)
        config = {**Understanding.get_default_config(), "refused": 0.0, "refused_further": 0.0}
        model = fit(texts, intents, languages)
        cls.understanding = Understanding(config, None, None, model)  # type: ignore[arg-type]

    def meant(self, text: Text) -> List[Text]:
        found = self.understanding.understand(text)
        return [found["intent"]["name"], *(further["name"] for further in found["also"])]

    def test_a_greeting_before_something_is_heard_too(self) -> None:
        for text in (
            "buongiorno! cerco una borsa",
            "Ciao, cerco una borsa",
            "salve avete borse in pelle",
            "good morning, I'm looking for a bag",
            "hi do you have leather bags",
        ):
            self.assertEqual(self.meant(text), ["search_product", "greet"], text)

    def test_a_greeting_alone_stays_one(self) -> None:
        for text in ("ciao", "buongiorno!", "good morning"):
            self.assertEqual(self.meant(text), ["greet"], text)

    def test_who_does_not_greet_is_not_heard_greeting(self) -> None:
        for text in ("cerco una borsa", "do you have leather bags", "quanto costa la spedizione"):
            self.assertEqual(len(self.meant(text)), 1, text)

    def test_a_purchase_and_a_question_are_both_heard(self) -> None:
        for text in (
            "ok la prendo, paypal va bene?",
            "la prendo! accettate paypal?",
            "posso pagare con paypal? la prendo",
            "I'll take it, is paypal ok?",
        ):
            self.assertEqual(sorted(self.meant(text)), ["ask_payment", "buy"], text)

    def test_a_purchase_with_a_comma_is_one_thing(self) -> None:
        for text in ("ok, la prendo", "la prendo, ok", "sì dai, la compro"):
            self.assertEqual(self.meant(text), ["buy"], text)

    def test_two_questions_in_one_sentence_are_both_heard(self) -> None:
        for text in (
            "quanto costa e in quanto arriva?",
            "che prezzo ha, in quanto arriva?",
            "how much is it and do you ship?",
        ):
            self.assertEqual(self.meant(text), ["ask_price", "ask_delivery"], text)

    def test_an_and_is_not_always_a_second_question(self) -> None:
        for text in ("una borsa bella e come nuova", "a bag and a belt", "rossa e blu"):
            self.assertLessEqual(len(sentences(text)), 2, text)
            self.assertLessEqual(len(self.meant(text)), 1, text)


if __name__ == "__main__":
    unittest.main()
