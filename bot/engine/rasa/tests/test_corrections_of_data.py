"""The corrections around events and phrases: the original still has the flaw, and ours does not."""

import unittest
from unittest import mock

import corrections
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

# What Rasa ships, taken before any test puts the corrections in.
RESOLVE, MERGE = Event.resolve_by_type, TrainingData.merge


class TestEventClasses(unittest.TestCase):
    def test_the_original_still_walks_all_classes_for_every_event(self) -> None:
        self.assertFalse(hasattr(RESOLVE, "cache_info"))

    def test_ours_remembers_them(self) -> None:
        with mock.patch.object(Event, "resolve_by_type", Event.resolve_by_type):
            corrections.apply()
            self.assertIs(Event.resolve_by_type("slot"), SlotSet)
            self.assertIs(Event.resolve_by_type("slot"), SlotSet)
            self.assertGreaterEqual(Event.resolve_by_type.cache_info().hits, 1)
            with self.assertRaises(ValueError):
                Event.resolve_by_type("no such event")


class TestMerging(unittest.TestCase):
    said = TrainingData([Message({"text": "ciao", "intent": "greet"})])
    further = TrainingData([Message({"text": "grazie", "intent": "thanks"})])
    answers = TrainingData(responses={"utter_x": [{"text": "x"}]})

    def test_the_original_still_copies_every_phrase_to_add_nothing(self) -> None:
        merged = MERGE(self.said, TrainingData())
        self.assertIsNot(merged.training_examples[0], self.said.training_examples[0])

    def test_ours_does_not_and_merges_what_there_is(self) -> None:
        with mock.patch.object(TrainingData, "merge", MERGE):
            corrections.apply_to_training()
            nothing = TrainingData()
            self.assertIs(nothing.merge(self.said, None, TrainingData()), self.said)
            merged = self.said.merge(nothing, self.further, self.answers)
            texts = [example.get("text") for example in merged.training_examples]
            self.assertEqual(texts, ["ciao", "grazie"])
            self.assertEqual(merged.responses, self.answers.responses)
            self.assertTrue(nothing.merge(TrainingData()).is_empty())
