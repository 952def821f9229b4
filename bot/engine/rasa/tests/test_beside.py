"""A greeting before the question, a question after the purchase, two questions in one sentence."""

import unittest
from pathlib import Path
from typing import Iterator, List, Text, Tuple

from components.features import words
from components.fitting import fit
from components.language import learn
from components.sentences import sentences
from components.understanding import Understanding

TRAINING = Path(__file__).resolve().parents[4] / "training_data"


def phrases() -> Iterator[Tuple[Text, Text, Text]]:
    """Read the shop's own phrases: how clear is clear enough is learned from them."""
    for path in sorted(TRAINING.glob("*/*.yml")):
        intent = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("- intent: "):
                intent = line[len("- intent: ") :].strip()
            elif line.startswith("    - "):
                yield line[len("    - ") :], intent, path.parent.name


class TestBeside(unittest.TestCase):
    understanding: Understanding

    @classmethod
    def setUpClass(cls) -> None:
        texts, intents, languages = zip(*phrases(), strict=False)
        tokens = [words(text) for text in texts]
        model, spoken = fit(tokens, intents), learn(tokens, languages)
        config = Understanding.get_default_config()
        cls.understanding = Understanding(config, None, None, model, spoken)  # type: ignore[arg-type]

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
