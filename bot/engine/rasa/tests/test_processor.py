"""What our processor leaves out of a turn: copies of the conversation, looking for its session."""

import asyncio
import unittest
from types import SimpleNamespace
from typing import Any, List
from unittest import mock

from processor import PlainProcessor, _news
from rasa.core.actions.action import Action
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import SessionConfig
from rasa.shared.core.events import BotUttered, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from tests.test_corrections import DOMAIN, talk


class Listening(Action):
    def name(self) -> str:
        return "action_listen"

    async def run(self, _channel: Any, _nlg: Any, tracker: Any, _domain: Any) -> List[Any]:
        self.slots = tracker.current_slot_values()
        return []


class TestCopies(unittest.TestCase):
    def replays(self, kind: Any) -> int:
        processor = object.__new__(kind)
        processor.domain, tracker, action = DOMAIN, talk(), Listening()
        prediction = PolicyPrediction.for_action_name(DOMAIN, "action_listen", "FlowPolicy")
        prediction.events = [SlotSet("shown", [7])]
        arguments = (CollectingOutputChannel(), SimpleNamespace(), prediction)
        with mock.patch.object(UserUttered, "apply_to", autospec=True) as applied:
            asyncio.run(processor._run_action(action, tracker, *arguments))
        self.assertEqual(action.slots, {"shown": [7]})
        self.assertEqual(tracker.get_slot("shown"), [7])
        self.assertEqual(len([e for e in tracker.events if isinstance(e, SlotSet)]), 4)
        return int(applied.call_count)

    def test_the_original_still_replays_the_conversation(self) -> None:
        self.assertEqual(self.replays(MessageProcessor), 3)

    def test_ours_does_not(self) -> None:
        self.assertEqual(self.replays(PlainProcessor), 0)


class TestNews(unittest.TestCase):
    def test_a_slot_set_to_what_it_is_already_is_no_event(self) -> None:
        tracker = talk()
        tracker.update(SlotSet("shown", [1]))
        same, other = SlotSet("shown", [1]), SlotSet("shown", [2])
        self.assertEqual(_news([same], tracker), [])
        self.assertEqual(_news([other, same], tracker), [other, same])
        unknown, said = SlotSet("nobody_knows", None), BotUttered("ciao")
        self.assertEqual(_news([unknown, said, same], tracker), [unknown, said])


class TestSessions(unittest.TestCase):
    def begun(self, tracker: DialogueStateTracker) -> bool:
        processor = object.__new__(PlainProcessor)
        processor.domain = DOMAIN
        begins = mock.AsyncMock()
        with mock.patch.object(MessageProcessor, "_update_tracker_session", begins):
            asyncio.run(processor._update_tracker_session(tracker, CollectingOutputChannel()))
        return bool(begins.called)

    def test_a_talk_that_goes_on_is_not_looked_through(self) -> None:
        tracker = talk()
        self.assertTrue(self.begun(tracker))  # the messages of a platform have ids, these do not
        tracker.update(UserUttered("ciao", message_id="m1"))
        with mock.patch.object(SessionConfig, "are_sessions_enabled", return_value=False):
            self.assertFalse(self.begun(tracker))
            tracker.update(Restarted())
            self.assertTrue(self.begun(tracker))
