"""Cues, the model of commitments, its component, and what the flows hear of it."""

import os
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List, Text

from components.buying import FOLDER, KEY, Buying
from components.commitment import LONGEST, Commitment, Example, fit
from components.cues import Cues, CuesError, read_cues
from deciding import intents, settled
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogues import executor

TEXTS = Path(__file__).resolve().parents[4] / "training_data"
COMMITS = (
    "la prendo|lo prendo|la compro|prendo questa|ok la prendo|i'll take it|i'll buy it|book it"
)
DOES_NOT = (
    "non la prendo|ci penso|quanto costa?|l'ho presa|i bought it|i won't take it|how much?|no"
)


def cues() -> Cues:
    found: Dict[Text, List[Text]] = {}
    for language in ("it", "en"):
        lines = (TEXTS / language / "cues.txt").read_text(encoding="utf-8").splitlines()
        for name, said in read_cues(lines).items():
            found.setdefault(name, []).extend(said)
    return Cues(found)


def trained() -> Commitment:
    rows = [Example(text, True) for text in COMMITS.split("|")]
    return fit(rows + [Example(text, False) for text in DOES_NOT.split("|")], cues())


class TestCues(unittest.TestCase):
    def test_what_to_take_is_a_question_and_the_market_is_elsewhere(self) -> None:
        for text in ("porto il 43, che prendo", "al mercato con 75 ne prendo cinque"):
            self.assertFalse(cues().read(text).buys, text)
        self.assertTrue(cues().read("ok, ne prendo cinque").buys)

    def test_a_cue_reaches_as_far_as_its_clause(self) -> None:
        for text, expected in (
            ("non la prendo", [{"act", "not"}]),
            ("non quella rossa, prendo la blu", [{"not"}, {"act"}]),
            ("l'ho comprata un mese fa", [{"past"}]),
            ("l'avrei presa", [{"act", "past", "would"}]),
            ("La prenderò FORSE", [{"act", "maybe"}]),
            ("", []),
        ):
            found = cues().read(text).clauses
            self.assertEqual(len(found), len(expected), text)
            for clause, names in zip(found, expected, strict=False):
                self.assertTrue(names <= clause, (text, clause))

    def test_what_is_bought_freely_is_heard_beside_a_question_and_not_in_one(self) -> None:
        for text, freely in (
            ("dai la prendo, spedite a Lecce?", True),
            ("I'll take it, and is delivery free?", True),
            ("I shall buy the brown pair in XL. Most obliged.", True),
            ("la prendo anche se costa un po'", True),
            ("dite che la prendo?", False),
            ("la prendo?", False),
            ("non la prendo", False),
            ("if it comes in green, I'll take it", False),
            ("se c'è verde la prendo", False),
            ("no io ne ho già tante torniamo al collare lo compro cuoio L", True),
            ("no i have plenty of those back to the collar i'll take it in tan", True),
            ("quando torno la prossima settimana la prendo", False),
            ("chiedo a mia sorella e poi la prendo", False),
            ("guarda ancora adesso non so se la prendo", False),
            ("quanto costa?", False),
        ):
            self.assertEqual(cues().read(text).buys, freely, text)

    def test_every_cue_has_words_in_both_languages(self) -> None:
        for language in ("it", "en"):
            lines = (TEXTS / language / "cues.txt").read_text(encoding="utf-8").splitlines()
            self.assertEqual(set(read_cues(lines)), set(cues().words))

    def test_a_line_that_is_no_cue_is_named(self) -> None:
        with self.assertRaisesRegex(CuesError, "line 2: begin with one of act, accept"):
            read_cues(["# words", "never: mai"])


class TestCommitment(unittest.TestCase):
    def test_it_tells_the_two_apart_and_survives_being_saved(self) -> None:
        model = trained()
        with tempfile.TemporaryDirectory() as folder:
            model.save(Path(folder))
            again = Commitment.load(Path(folder))
        for text in ("allora la prendo", "ok book it", "non la compro", "quanto costa", ""):
            self.assertEqual(model.score(text), again.score(text))
        self.assertGreater(model.score("la prendo")[0], 0.5)
        self.assertLess(model.score("non la prendo")[0], 0.5)
        self.assertIn("not", model.score("non la prendo")[1])

    def test_a_novel_is_judged_by_its_beginning(self) -> None:
        model = trained()
        self.assertEqual(model.score("la " * LONGEST), model.score("la " * LONGEST * 50))


class TestComponent(unittest.TestCase):
    def _train(self, folder: Text) -> Buying:
        (Path(folder) / "model").mkdir()
        storage = LocalModelStorage.create(Path(folder) / "model")
        config = Buying.get_default_config()
        phrases = [("la prendo", "buy"), ("quanto costa", "ask_price")]
        data = TrainingData([Message({TEXT: text, INTENT: name}) for text, name in phrases])
        made = Buying(config, storage, Resource("buying"))
        context: Any = None
        return Buying.load(config, storage, made.train(data), context)

    def test_it_adds_score_and_cues(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "data" / "it"
            place.mkdir(parents=True)
            rows = [f"+ {text}" for text in COMMITS.split("|")]
            rows += [f"- {text}" for text in DOES_NOT.split("|")]
            (place / "purchase.txt").write_text("\n".join(["# rows", *rows]), encoding="utf-8")
            (place / "cues.txt").write_text("act: prendo\nnot: non\n", encoding="utf-8")
            os.environ[FOLDER] = str(place.parent)
            try:
                message = Message({TEXT: "non la prendo"})
                self._train(folder).process([message])
            finally:
                del os.environ[FOLDER]
        self.assertEqual(message.get(KEY)["cues"], ["act", "not"])
        self.assertLess(message.get(KEY)["score"], 0.5)

    def test_without_examples_it_says_nothing(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            message = Message({TEXT: "la prendo"})
            self._train(folder).process([message])
        self.assertIsNone(message.get(KEY))


class TestWhatTheFlowsHear(unittest.TestCase):
    def _heard(self, wants: bool, *names: Text, **parsed: Any) -> List[Text]:
        main, *also = [{"name": name, "confidence": 0.9} for name in names] or [{}]
        return intents({"wants": wants}, {"intent": main, "also": also, **parsed})

    def test_a_purchase_is_heard_beside_its_questions_and_instead_of_the_rest(self) -> None:
        self.assertEqual(self._heard(True, "buy"), ["buy"])
        self.assertEqual(self._heard(True), ["buy"])
        self.assertEqual(self._heard(True, "ask_payment"), ["ask_payment", "buy"])
        self.assertEqual(self._heard(True, "search_product"), ["buy"])

    def test_no_purchase_is_never_heard_as_one(self) -> None:
        ranking = [{"name": "buy", "confidence": 0.8}, {"name": "ask_discount", "confidence": 0.5}]
        unsure = [{"name": "buy", "confidence": 0.8}, {"name": "complaint", "confidence": 0.5}]
        self.assertEqual(self._heard(False, "ask_price"), ["ask_price"])
        self.assertEqual(self._heard(False, "buy", "ask_price"), ["ask_price"])
        self.assertEqual(self._heard(False, "buy", intent_ranking=ranking), ["ask_discount"])
        self.assertEqual(self._heard(False, "buy", intent_ranking=unsure), ["deny"])
        held_back = {"intent_ranking": ranking, "purchase": {"cues": ["act", "not"]}}
        self.assertEqual(self._heard(False, "buy", **held_back), ["deny"])

    def test_a_purchase_ends_when_its_flow_is_left(self) -> None:
        before = {"wants": True, "score": 0.9, "reasons": ["r"], "details": {}, "missing": []}
        now = {"wants": False, "score": 0.1, "reasons": [], "details": {}, "missing": []}
        asking = executor.Turn([], {"stack": [{"flow": "acquisto"}]}, "customer")
        left = executor.Turn([], {"stack": []}, "customer")
        self.assertEqual(settled(now, before, asking, "acquisto")["score"], 0.9)
        self.assertEqual(settled(now, before, left, "acquisto"), now)
        self.assertEqual(settled(now, None, asking, "acquisto"), now)


if __name__ == "__main__":
    unittest.main()
