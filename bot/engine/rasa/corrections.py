"""What is put right in Rasa 3.6.21, in one place, each with its reason and a test.

Rasa Open Source gets no further releases, so these stay until the engine is another one. Every
figure was measured on two shared cores with the flows of the demo shop; `tests/test_corrections.py`
beside this file shows for each that the original still has the flaw.
"""

import ssl
from contextlib import suppress
from functools import lru_cache
from typing import Any, Dict, Optional, Text

import aiohttp
import jsonschema
import rasa.core.actions.action
import rasa.core.agent
import rasa.core.processor
import rasa.server
import ujson
from line import CURRENT, Line, LineBrokenError
from processor import ActionFailedError, PlainProcessor
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url
from runner import StraightRunner

# Where actions are asked for, they may also be asked over the line; another action server may not.
OWN_ACTIONS = "/engine/actions"
RESULT_CHECK = jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())


def apply() -> None:
    """Put the corrections in; must run before Rasa builds its agent."""
    # A failed action is logged and the turn ends in silence with status 200; debug lines deep-copy
    # every event even when they are not written; every action, even listening, replays the whole
    # conversation to get a copy of it.
    rasa.core.agent.MessageProcessor = PlainProcessor
    # Dask plans the graph anew at every run.
    rasa.core.processor.DaskGraphRunner = StraightRunner
    # A write that fails is swallowed and goes to memory: the turn would be answered and forgotten.
    Agent._create_tracker_store = staticmethod(_the_store_itself)
    # `jsonschema.validate` checks the schema itself again at every action call, half the turn.
    RemoteAction._validate_action_result = _check_result
    # Every action call carries all events of the conversation; our actions read slots and message.
    RemoteAction._action_call_format = _without_events(RemoteAction._action_call_format)
    # Every action call opens a connection of its own and may hang for five minutes.
    EndpointConfig.request = _request
    # Every answer passes through a search for browsers of other origins; no browser calls here.
    rasa.server.configure_cors = _no_browsers
    # Every event that an action returns is looked for among all classes of events, anew.
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=64)(Event.resolve_by_type))
    # An action that fills slots fails with a warning only.
    ActionExtractSlots._run_custom_action = _loud(ActionExtractSlots._run_custom_action)


def apply_to_training() -> None:
    """Put in what makes training shorter; must run before Rasa reads the phrases."""
    # Six parts, five of them empty, are merged by copying and comparing every phrase each time.
    TrainingData.merge = _merge_of_filled(TrainingData.merge)


def _merge_of_filled(original: Any) -> Any:
    def merge(self: TrainingData, *others: Optional[TrainingData]) -> TrainingData:
        parts = [part for part in (self, *others) if part is not None]
        filled = [part for part in parts if part.responses or not part.is_empty()]
        if len(filled) < 2:
            return filled[0] if filled else self
        merged: TrainingData = original(*filled)
        return merged

    return merge


def _no_browsers(app: Any, *_: Any) -> None:
    """Leave out what allows browsers to call the engine."""


def _the_store_itself(store: Optional[TrackerStore], domain: Domain) -> TrackerStore:
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store


def _check_result(self: RemoteAction, result: Dict[Text, Any]) -> bool:
    if not _is_plain(result):
        RESULT_CHECK.validate(result)
    return True


def _is_plain(result: Any) -> bool:
    """Recognise at a glance what our actions answer: slots to set and things to say."""
    if not isinstance(result, dict) or set(result) != {"events", "responses"}:
        return False
    events, responses = result["events"], result["responses"]
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(_sets_a_slot(event) for event in events)
    )


def _sets_a_slot(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and event.get("event") == "slot"
        and isinstance(event.get("name"), str)
        and event.keys() <= {"event", "name", "value"}
    )


def _without_events(original: Any) -> Any:
    """Send slots and the last message alone; `all_events: true` sends every event too."""

    def call_format(
        self: RemoteAction, tracker: DialogueStateTracker, domain: Domain
    ) -> Dict[Text, Any]:
        if self.action_endpoint is None or self.action_endpoint.kwargs.get("all_events"):
            body: Dict[Text, Any] = original(self, tracker, domain)
            return body
        events = tracker.events
        tracker.events = type(events)()
        try:
            return dict(original(self, tracker, domain))
        finally:
            tracker.events = events

    return call_format


async def _request(
    self: EndpointConfig,
    method: Text = "post",
    subpath: Optional[Text] = None,
    content_type: Optional[Text] = "application/json",
    compress: bool = False,
    **kwargs: Any,
) -> Optional[Any]:
    """Call the endpoint over a connection that is kept (see `EndpointConfig.request`)."""
    line = CURRENT.get()
    if line is not None and "json" in kwargs and (self.url or "").endswith(OWN_ACTIONS):
        body = ujson.dumps(_with_slots(kwargs["json"], line)).encode()
        # An action reads only: where the line breaks, asking once more does no harm.
        with suppress(LineBrokenError):
            return _plain(*await line.act(body, self.kwargs.get("timeout")))
    headers = {"Content-Type": content_type} if content_type else {}
    headers.update(kwargs.pop("headers", {}))
    headers.update(self.headers)
    url = concat_url(self.url, subpath)
    # Rasa waits five minutes; the customer's turn is given up much earlier.
    kwargs["timeout"] = aiohttp.ClientTimeout(total=self.kwargs.get("timeout"))
    params = self.combine_parameters(kwargs)
    if "json" in kwargs:
        kwargs["data"] = ujson.dumps(kwargs.pop("json")).encode()
    async with _session(self).request(
        method, url, headers=headers, params=params, compress=compress, **kwargs
    ) as response:
        if response.status >= 400:
            text = await response.content.read()
            raise ClientResponseError(response.status, response.reason, text)
        try:
            return await response.json(loads=ujson.loads)
        except aiohttp.ContentTypeError:
            return None


def _with_slots(call: Dict[Text, Any], line: Line) -> Dict[Text, Any]:
    """Send of a conversation what the other end's actions read."""
    slots = {name: value for name, value in call["tracker"]["slots"].items() if line.sends(name)}
    return {**call, "tracker": {**call["tracker"], "slots": slots}}


def _plain(status: int, body: bytes) -> Any:
    if status >= 400:
        raise ClientResponseError(status, "refused", body)
    return ujson.loads(body)


def _session(endpoint: EndpointConfig) -> aiohttp.ClientSession:
    session: Optional[aiohttp.ClientSession] = endpoint.__dict__.get("kept_session")
    if session is None or session.closed:
        auth = aiohttp.BasicAuth(**endpoint.basic_auth) if endpoint.basic_auth else None
        own = {"ssl": ssl.create_default_context(cafile=endpoint.cafile)} if endpoint.cafile else {}
        connector = aiohttp.TCPConnector(limit=0, **own)
        session = endpoint.kept_session = aiohttp.ClientSession(
            auth=auth, connector=connector, cookie_jar=aiohttp.DummyCookieJar()
        )
    return session


def _loud(original: Any) -> Any:
    async def run(self: ActionExtractSlots, custom_action: Text, *args: Any) -> Any:
        remote = RemoteAction(custom_action, self._action_endpoint)
        try:
            events = await remote.run(*args)
        except (RasaException, ClientResponseError) as error:
            raise ActionFailedError(f"{custom_action} could not fill slots") from error
        return [event for event in events if event.type_name in ("slot", "bot")]

    return run
