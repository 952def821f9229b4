"""Each correction of Rasa: the original still has the flaw, and ours does not.

When a test of the first kind fails, Rasa has changed and the correction may go.
"""

import asyncio
import copy
import inspect
import unittest
from types import SimpleNamespace
from typing import Any, Callable, ClassVar, Dict, List
from unittest import mock

import corrections
import jsonschema
import rasa.core.processor
from aiohttp import web
from processor import ActionFailedError, PlainProcessor
from rasa.core.actions.action import Action, ActionExtractSlots, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.lock_store import LockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from runner import StraightRunner

# What Rasa ships, taken before any test puts the corrections in.
SHIPPED: Dict[str, Callable[..., Any]] = {
    "validate": RemoteAction._validate_action_result,
    "call_format": RemoteAction._action_call_format,
    "request": EndpointConfig.request,
    "store": Agent._create_tracker_store,
    "fill": ActionExtractSlots._run_custom_action,
}
DOMAIN = Domain.from_dict({"intents": ["greet"], "actions": ["action_x"], "version": "3.1"})


def talk(turns: int = 3) -> DialogueStateTracker:
    tracker = DialogueStateTracker("someone", [AnySlot("shown", mappings=[])])
    for number in range(turns):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(f"message {number}", {"name": "greet"}))
        tracker.update(SlotSet("shown", [number]))
        tracker.update(BotUttered("hello"))
    return tracker


class Node(GraphComponent):
    @classmethod
    def create(cls, *args: Any, **kwargs: Any) -> "Node":
        return cls()

    def double(self, value: int) -> int:
        return value * 2


def runner_of(kind: Any) -> Any:
    def node(needs: Dict[str, str]) -> SchemaNode:
        return SchemaNode(needs=needs, uses=Node, fn="double", constructor_name="create", config={})

    nodes = {"four": node({"value": "two"}), "two": node({"value": "one"})}
    return kind(GraphSchema(nodes), mock.Mock(), ExecutionContext(GraphSchema(nodes)), None)


class TestRunner(unittest.TestCase):
    def runs(self, kind: Any) -> int:
        runner = runner_of(kind)
        with mock.patch.object(
            GraphSchema, "minimal_graph_schema", autospec=True, side_effect=_minimal
        ) as planned:
            for value in (1, 5):
                result = runner.run({"one": value}, ["four"])
                self.assertEqual(result, {"four": value * 4})
        return planned.call_count

    def test_dask_still_plans_at_every_run(self) -> None:
        self.assertEqual(self.runs(DaskGraphRunner), 2)

    def test_ours_plans_once_and_gives_the_same(self) -> None:
        self.assertEqual(self.runs(StraightRunner), 1)

    def test_both_tell_which_node_has_failed_and_what_is_missing(self) -> None:
        for kind in (DaskGraphRunner, StraightRunner):
            with self.assertRaisesRegex(GraphComponentException, "node two"):
                runner_of(kind).run({"one": None}, ["four"])
            with self.assertRaisesRegex(GraphRunError, "'two'|'one'"):
                runner_of(kind).run({}, ["four"])


_ORIGINAL_MINIMAL = GraphSchema.minimal_graph_schema


def _minimal(schema: GraphSchema, targets: List[str]) -> GraphSchema:
    return _ORIGINAL_MINIMAL(schema, targets)


class TestActionResults(unittest.TestCase):
    RESULT: ClassVar[Dict[str, Any]] = {"events": [{"event": "slot", "name": "a", "value": 1}]}

    def checks(self, validate: Callable[..., Any]) -> int:
        kind = jsonschema.validators.validator_for(RemoteAction.action_response_format_spec())
        with mock.patch.object(kind, "check_schema") as checked:
            self.assertTrue(validate(RemoteAction("action_x", None), self.RESULT))
        return int(checked.call_count)

    def test_the_original_still_checks_the_schema_at_every_call(self) -> None:
        self.assertEqual(self.checks(SHIPPED["validate"]), 1)

    def test_ours_does_not(self) -> None:
        self.assertEqual(self.checks(corrections._check_result), 0)

    def test_ours_still_refuses_nonsense(self) -> None:
        for result in (
            {"responses": "hello"},
            {"events": [], "responses": ["hello"]},
            {"events": [{"event": "slot", "value": 1}], "responses": []},
            {"events": [{"event": "slot", "name": 1}], "responses": []},
            {"events": [{"name": "no event"}], "responses": []},
            "hello",
        ):
            with self.assertRaises(jsonschema.ValidationError, msg=str(result)):
                corrections._check_result(RemoteAction("action_x", None), result)

    def test_ours_still_takes_every_event_of_rasa(self) -> None:
        reminder = {"event": "followup", "name": "action_x"}
        slot = {"event": "slot", "name": "a", "value": 1, "timestamp": 1.5}
        result = {"events": [slot, reminder], "responses": [{"text": "hello"}]}
        self.assertTrue(corrections._check_result(RemoteAction("action_x", None), result))


class TestActionCalls(unittest.TestCase):
    ENDPOINT = EndpointConfig("http://127.0.0.1", enable_selective_domain=True)

    def events(self, call_format: Callable[..., Any], endpoint: EndpointConfig) -> int:
        tracker = talk(turns=50)
        body = call_format(RemoteAction("action_x", endpoint), tracker, DOMAIN)
        self.assertEqual(len(tracker.events), 200)
        self.assertEqual(body["tracker"]["slots"]["shown"], [49])
        self.assertEqual(body["tracker"]["latest_message"]["text"], tracker.latest_message.text)
        return len(body["tracker"]["events"])

    def test_the_original_still_sends_every_event(self) -> None:
        self.assertEqual(self.events(SHIPPED["call_format"], self.ENDPOINT), 200)

    def test_ours_sends_none(self) -> None:
        ours = corrections._without_events(SHIPPED["call_format"])
        self.assertEqual(self.events(ours, self.ENDPOINT), 0)

    def test_ours_sends_all_where_the_endpoint_wants_all(self) -> None:
        ours = corrections._without_events(SHIPPED["call_format"])
        options = {"enable_selective_domain": True, "all_events": True}
        wants_all = EndpointConfig("http://127.0.0.1", **options)
        self.assertEqual(self.events(ours, wants_all), 200)

    def connections(self, request: Callable[..., Any]) -> int:
        async def twice() -> int:
            peers = []

            async def answer(call: web.Request) -> web.Response:
                peers.append(call.transport.get_extra_info("peername"))
                return web.json_response({"got": await call.json()})

            app = web.Application()
            app.router.add_post("/", answer)
            served = web.AppRunner(app)
            await served.setup()
            site = web.TCPSite(served, "127.0.0.1", 0)
            await site.start()
            port = site._server.sockets[0].getsockname()[1]
            endpoint = EndpointConfig(f"http://127.0.0.1:{port}/")
            for number in (1, 2):
                got = await request(endpoint, json={"n": number})
                self.assertEqual(got, {"got": {"n": number}})
            session = endpoint.__dict__.get("kept_session")
            if session:
                await session.close()
            await served.cleanup()
            return len(set(peers))

        return asyncio.run(twice())

    def test_the_original_still_opens_a_connection_for_every_call(self) -> None:
        self.assertEqual(self.connections(SHIPPED["request"]), 2)

    def test_ours_keeps_it(self) -> None:
        self.assertEqual(self.connections(corrections._request), 1)


class TestTrackerStore(unittest.TestCase):
    def save(self, wrap: Callable[..., Any]) -> None:
        class Broken(InMemoryTrackerStore):
            async def save(self, tracker: DialogueStateTracker) -> None:
                raise OSError("disk full")

        asyncio.run(wrap(Broken(DOMAIN), DOMAIN).save(talk()))

    def test_the_original_still_hides_a_failed_write(self) -> None:
        with self.assertLogs("rasa.core.tracker_store", "ERROR"):
            self.save(SHIPPED["store"])

    def test_ours_lets_the_turn_fail(self) -> None:
        with self.assertRaises(OSError):
            self.save(corrections._the_store_itself)


class Failing(Action):
    def name(self) -> str:
        return "action_x"

    async def run(self, *args: Any, **kwargs: Any) -> List[Any]:
        raise RasaException("the shop is on fire")


class TestFailures(unittest.TestCase):
    def run_action(self, kind: Any) -> bool:
        processor = object.__new__(kind)
        processor.domain = DOMAIN
        prediction = PolicyPrediction.for_action_name(DOMAIN, "action_x", "policy_0_FlowPolicy")
        work = processor._run_action(
            Failing(), talk(), CollectingOutputChannel(), SimpleNamespace(), prediction
        )
        return bool(asyncio.run(work))

    def test_the_original_still_goes_on_after_a_failed_action(self) -> None:
        with self.assertLogs("rasa.core.processor", "ERROR"):
            self.assertTrue(self.run_action(MessageProcessor))

    def test_ours_fails_the_turn(self) -> None:
        with self.assertRaises(RasaException):
            self.run_action(PlainProcessor)

    def fill(self, method: Callable[..., Any]) -> Any:
        nobody = EndpointConfig("http://127.0.0.1:1")
        arguments = (CollectingOutputChannel(), SimpleNamespace(), talk(), DOMAIN)
        return asyncio.run(method(ActionExtractSlots(nobody), "action_x", *arguments))

    def test_the_original_still_shrugs_when_slots_cannot_be_filled(self) -> None:
        with self.assertLogs("rasa.core.actions.action", "WARNING"):
            self.assertEqual(self.fill(SHIPPED["fill"]), [])

    def test_ours_fails_then(self) -> None:
        with self.assertLogs("rasa.core.actions.action"), self.assertRaises(ActionFailedError):
            self.fill(corrections._loud(SHIPPED["fill"]))


class TestLogging(unittest.TestCase):
    def copies(self, kind: Any) -> int:
        processor = object.__new__(kind)
        processor.domain = DOMAIN
        prediction = PolicyPrediction.for_action_name(DOMAIN, "action_x", "FlowPolicy")
        with mock.patch.object(
            rasa.core.processor.copy, "deepcopy", side_effect=copy.deepcopy
        ) as copied:
            processor._log_action_on_tracker(talk(), Failing(), [SlotSet("shown", 1)], prediction)
        return int(copied.call_count)

    def test_the_original_still_copies_for_debug_lines(self) -> None:
        self.assertGreaterEqual(self.copies(MessageProcessor), 2)

    def test_ours_does_not(self) -> None:
        self.assertEqual(self.copies(PlainProcessor), 0)


class TestLocks(unittest.TestCase):
    def test_the_original_still_looks_once_a_second_whether_it_is_its_turn(self) -> None:
        waits = inspect.signature(LockStore.lock).parameters["wait_time_in_seconds"]
        self.assertEqual(waits.default, 1)


class TestAllTogether(unittest.TestCase):
    def test_everything_is_put_in(self) -> None:
        corrections.apply()
        self.assertIs(rasa.core.agent.MessageProcessor, PlainProcessor)
        self.assertIs(rasa.core.processor.DaskGraphRunner, StraightRunner)
        self.assertIs(EndpointConfig.request, corrections._request)
