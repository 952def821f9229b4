"""Rasa's message processor, without what makes it slow or hides a failure."""

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.core.actions import action as actions
from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.constants import ACTION_EXTRACT_SLOTS
from rasa.shared.core.events import ActionExecutionRejected, Event, SlotSet, UserUttered
from rasa.shared.core.slot_mappings import SlotMappingType
from rasa.shared.core.trackers import DialogueStateTracker


class ActionFailedError(Exception):
    """An action could not be run; the whole turn fails and may be tried again."""


class PlainProcessor(MessageProcessor):
    """Runs turns as the original does, with six differences.

    A failing action fails the turn (the original logs it and answers with silence); nothing is
    deep-copied for debug lines that nobody reads; slots are filled from mappings only where the
    domain has such mappings; an action is handed the conversation itself and not a copy of it,
    which only a failed turn could need, and that is forgotten; actions are made once; a slot that
    an action sets to what it is already is no event.
    """

    async def parse_message(
        self,
        message: UserMessage,
        tracker: Optional[DialogueStateTracker] = None,
        only_output_properties: bool = True,
    ) -> Dict[Text, Any]:
        """Understand the message (see the parent class)."""
        if self.http_interpreter:
            return await super().parse_message(message, tracker, only_output_properties)
        tracker = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        parsed = self._parse_message_with_graph(message, tracker, only_output_properties)
        self._update_full_retrieval_intent(parsed)
        return parsed

    async def _update_tracker_session(
        self,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        metadata: Optional[Dict] = None,
    ) -> None:
        """Begin a session where there was no message yet (see the parent class)."""
        expire = self.domain.session_config.are_sessions_enabled()
        if expire or not tracker.latest_message.message_id:
            await super()._update_tracker_session(tracker, output_channel, metadata)

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> Tuple[Action, PolicyPrediction]:
        """Return the next action and why (see the parent class)."""
        again = self.should_predict_another_action(tracker.latest_action_name)
        if self.is_action_limit_reached(tracker, again):
            raise ActionLimitReached("The limit of actions to predict has been reached.")
        prediction = self._predict_next_with_tracker(tracker)
        return self._action(prediction.max_confidence_index), prediction

    def _action(self, index: int) -> Action:
        made: Dict[int, Action] = self.__dict__.setdefault("_made", {})
        if index not in made:
            made[index] = actions.action_for_index(index, self.domain, self.action_endpoint)
        return made[index]

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fill slots from the message where the domain says how (see the parent class)."""
        if not self._slots_are_mapped():
            return tracker
        extract = actions.action_for_name_or_text(
            ACTION_EXTRACT_SLOTS, self.domain, self.action_endpoint
        )
        events = await extract.run(output_channel, self.nlg, tracker, self.domain)
        await self._send_bot_messages(events, tracker, output_channel)
        tracker.update_with_events(events, self.domain)
        return tracker

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Write no slots into the log: they hold what customers have said."""

    def _slots_are_mapped(self) -> bool:
        mapped = self.__dict__.get("_mapped")
        if mapped is None:
            mapped = self._mapped = any(
                mapping.get("action") or mapping.get("type") != str(SlotMappingType.CUSTOM)
                for slot in self.domain.slots
                for mapping in slot.mappings
            )
        return bool(mapped)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run the action and take its events; whatever goes wrong fails the turn."""
        try:
            tracker.update_with_events(prediction.events, self.domain)
            events = await action.run(output_channel, nlg, tracker, self.domain)
        except ActionExecutionRejection as rejection:
            return self._rejected(action, tracker, prediction, rejection)
        events = _news(events or [], tracker)
        self._log_action_on_tracker(tracker, action, events, prediction)
        if any(isinstance(event, UserUttered) for event in events or []):
            tracker = await self.run_action_extract_slots(output_channel, tracker)
        await self.execute_side_effects(events or [], tracker, output_channel)
        return self.should_predict_another_action(action.name())

    def _rejected(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        prediction: PolicyPrediction,
        rejection: ActionExecutionRejection,
    ) -> bool:
        """Let another policy choose, unless the flows have asked for this very action."""
        if "FlowPolicy" in (prediction.policy_name or ""):
            raise ActionFailedError(f"{action.name()} declined: {rejection.message}") from rejection
        tracker.update(
            ActionExecutionRejected(
                action.name(), prediction.policy_name, prediction.max_confidence
            )
        )
        return self.should_predict_another_action(action.name())

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: Optional[List[Event]],
        prediction: PolicyPrediction,
    ) -> None:
        events = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)


def _news(events: List[Event], tracker: DialogueStateTracker) -> List[Event]:
    """Leave out what sets a slot to the value that it has."""
    known = {name: slot.value for name, slot in tracker.slots.items()}
    news = []
    for event in events:
        if isinstance(event, SlotSet):
            if event.key in known and known[event.key] == event.value:
                continue
            known[event.key] = event.value
        news.append(event)
    return news
