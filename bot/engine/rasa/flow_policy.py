"""Hosts the dialogues inside Rasa: a policy that asks the executor what to do next.

No stories, nothing learned: the cost of a turn does not grow with the number of flows, and a new
step needs no training. The stack and memory of the flows live in one slot.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

import deciding
from bundle_reader import Bundle, BundleReader
from components.amending import ASIDE
from heard import asked_text, known_intent, plain_text
from nlg import STEP
from rasa.core.featurizers.precomputation import MessageContainerForCoreFeaturization
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from dialogues import executor

Plan = Dict[Text, Any]
SPEAKING = ("say", "ask", "handoff")
# "Umbrellas?" as the first word leaves little doubt; nothing else is known about the language yet.
FIRST_LEAD = 1.5
WITH_ANY_QUESTION = ("quantity", "needed_by")
# What was said of a gift counts while the flow still asks for whom it is.
GIFT = "recommend_gift"
WITH_A_GIFT = ("max_price", "min_price", "about_price", "recipient", "occasion")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class FlowPolicy(Policy):
    """Predicts what the executor says; speaking steps leave together as one response."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Go before rules that somebody may write: the flows decide what they know."""
        return {"priority": 7}

    @staticmethod
    def supported_data() -> SupportedData:
        """Take rules beside stories, so that one trivial rule is enough to train."""
        return SupportedData.ML_AND_RULE_DATA

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context)
        self._bundles = BundleReader(Path(os.environ.get("DIALOGO_BUNDLE_DIR", "")))

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FlowPolicy:
        """Come back from a model; there is nothing to load but the configuration."""
        return cls(config, model_storage, resource, execution_context)

    def train(
        self,
        training_trackers: List[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Learn nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[Text, Any]] = None,
        precomputations: Optional[MessageContainerForCoreFeaturization] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Choose between speaking, running an action and listening."""
        events: List[Event] = []
        plan: Plan = tracker.get_slot("flow") or {}
        last = done = tracker.latest_action_name
        if last == ACTION_LISTEN_NAME:
            facts = self._facts(tracker, events)
            plan = self._hear(tracker, plan, facts, events)
            events += _noted(tracker, facts) + _remembered(plan)
        elif plan.get("run") and last == plan["run"]["action"]:
            plan = self._resume(tracker, plan)
            events += _remembered(plan)
            done = None  # the same action may be wanted again, with other arguments
        return self._predict(_next_action(plan, done), domain, events)

    def _predict(self, action: Text, domain: Domain, events: List[Event]) -> PolicyPrediction:
        scores = self._default_predictions(domain)
        scores[domain.index_for_action(action)] = 1.0
        return self._prediction(scores, events=events)

    def _facts(self, tracker: DialogueStateTracker, events: List[Event]) -> Dict[Text, Any]:
        """Note the language and what came with the message, then return what is known."""
        metadata = tracker.latest_message.metadata
        context = metadata.get("context") or {}
        fresh = {"language": _language(tracker, metadata), "context": context}
        if context.get("product"):
            fresh["focus"] = context["product"]
        for name, value in fresh.items():
            if tracker.get_slot(name) != value:
                events.append(SlotSet(name, value))
        return {**_slots(tracker), **fresh}

    def _hear(
        self,
        tracker: DialogueStateTracker,
        plan: Plan,
        facts: Dict[Text, Any],
        events: List[Event],
    ) -> Plan:
        state = plan.get("state") or executor.start()
        bundle, before = self._bundle(state), facts.get("purchase")
        judged = deciding.judge(tracker, facts)
        heard = _heard(tracker, facts, judged, asking=bool(state.get("stack")))
        turn = executor.advance(bundle, state, heard)
        flow = bundle.get("starts", {}).get(deciding.BUY)
        events.append(SlotSet("purchase", deciding.settled(judged, before, turn, flow)))
        return _plan(turn)

    def _resume(self, tracker: DialogueStateTracker, plan: Plan) -> Plan:
        facts, state = _slots(tracker), plan["state"]
        return _plan(executor.resume(self._bundle(state), state, facts.get("result") or {}, facts))

    def _bundle(self, state: Dict[Text, Any]) -> Bundle:
        """Return the dialogues this conversation goes on with."""
        version = state.get("version")
        return self._bundles.get(version) if version else self._bundles.current()


def _noted(tracker: DialogueStateTracker, facts: Dict[Text, Any]) -> List[Event]:
    """Keep how many are wanted and until when, whatever was asked; forget all on a new start."""
    message = tracker.latest_message
    if known_intent(message.parse_data.get("intent") or {}) == "restart":
        return [SlotSet(name, None) for name in ("filters", "shown", "focus", "marks")]
    gift = known_intent(message.parse_data.get("intent") or {}) == GIFT
    names = WITH_ANY_QUESTION + (WITH_A_GIFT if gift else ())
    said = {e["entity"]: e["value"] for e in message.entities if e["entity"] in names}
    if not said or not (gift or facts.get("filters") or facts.get("focus")):
        return []
    return [SlotSet("filters", {**(facts.get("filters") or {}), **said})]


def _remembered(plan: Plan) -> List[Event]:
    """Keep the plan, and the product that a person is called for as the one in view."""
    events: List[Event] = [SlotSet("flow", plan)]
    return events + [
        SlotSet("focus", step["product"]) for step in plan["say"] if step.get("product")
    ]


def _next_action(plan: Plan, done: Optional[Text]) -> Text:
    """Speak first, then run the action, then listen; `done` is what was just done of this plan."""
    if plan.get("say") and done != STEP:
        return STEP
    if plan.get("run") and done != plan["run"]["action"]:
        return str(plan["run"]["action"])
    return ACTION_LISTEN_NAME


def _slots(tracker: DialogueStateTracker) -> Dict[Text, Any]:
    return {name: value for name, value in tracker.current_slot_values().items() if name != "flow"}


def _language(tracker: DialogueStateTracker, metadata: Dict[Text, Any]) -> Optional[Text]:
    """Follow the customer where the words are clear, else stay with the conversation's language.

    A first message decides with less than it takes to change the language later: "ciao" begins a
    talk in Italian, and in the middle of an English one it changes nothing.
    """
    found = tracker.latest_message.parse_data.get("language") or {}
    spoken = tracker.get_slot("language")
    leans = float(found.get("lead") or 0.0) >= FIRST_LEAD
    if found.get("sure") or ((found.get("clear") or leans) and not spoken):
        return str(found["name"])
    return spoken or metadata.get("language") or found.get("name")


def _heard(
    tracker: DialogueStateTracker,
    facts: Dict[Text, Any],
    judged: Dict[Text, Any],
    *,
    asking: bool,
) -> executor.Heard:
    message = tracker.latest_message
    intent = message.parse_data.get("intent") or {}
    main, *also = deciding.intents(judged, message.parse_data) or [None]
    sure = deciding.understood(message.parse_data)
    return executor.Heard(
        # What is said to an open question may be an answer of several sentences: a review.
        text=plain_text(message.text) if asking else asked_text(message),
        intent=main,
        confidence=intent.get("confidence") or 0.0,
        entities=[e for e in message.entities if e["entity"] != ASIDE],
        choice=message.metadata.get("choice"),
        language=facts.get("language") or "",
        facts=facts,
        also=[{"name": name, "confidence": sure.get(name, 1.0)} for name in also],
        unsure=list(message.parse_data.get("unsure") or []) if main is None else [],
        ranked=list(message.parse_data.get("intent_ranking") or []),
        at=message.timestamp,
    )


def _plan(turn: executor.Turn) -> Plan:
    run = next((step for step in turn.do if step["do"] == "run"), None)
    return {
        "state": turn.state,
        "say": [_reply(step) for step in turn.do if step["do"] in SPEAKING],
        "run": {"action": run["action"], "args": run.get("args") or {}} if run else None,
    }


def _reply(step: Dict[Text, Any]) -> Dict[Text, Any]:
    """Say it in the words of the engine's door: kind, reference, values."""
    if step["do"] == "handoff":
        parts = {name: step.get(name) for name in ("reason", "queue", "say", "product")}
        return {"kind": "handoff", **parts, "values": step.get("values") or {}, "evidence": []}
    said = {"kind": step["do"], "ref": step["ref"], "values": step.get("values") or {}}
    return {**said, "choices": step["choices"]} if step.get("choices") else said
