"""One real engine for the whole session, and a client for it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.engine import EngineClient, TurnReply, TurnRequest
from tests.engine.shop import LOOKUPS, ActionServer, bundle
from tests.engine_fixture import TOKEN, RunningEngine, trained_model


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the example phrases as they are, trained once and kept in `.cache`."""
    return trained_model()


@pytest.fixture(scope="session")
def action_server() -> Iterator[ActionServer]:
    with ActionServer() as server:
        yield server


@pytest.fixture(scope="session")
def running_engine(
    model: Path, action_server: ActionServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningEngine]:
    engine = RunningEngine(tmp_path_factory.mktemp("engine"), model, action_server.url)
    engine.bundles.publish(bundle())
    engine.write_lookups(LOOKUPS)
    with engine:
        yield engine


@pytest.fixture
def actions(action_server: ActionServer) -> ActionServer:
    """The actions, answering as they should until a test says otherwise."""
    action_server.calls.clear()
    action_server.fail_with = None
    action_server.delay = 0.0
    return action_server


@pytest.fixture
def engine(running_engine: RunningEngine, actions: ActionServer) -> RunningEngine:
    """The engine with the dialogues and words that every test begins with."""
    running_engine.bundles.publish(bundle())
    running_engine.write_lookups(LOOKUPS)
    return running_engine


@pytest.fixture
async def client(engine: RunningEngine) -> AsyncIterator[EngineClient]:
    made = EngineClient((engine.url,), TOKEN, 10.0)
    yield made
    await made.close()


class Talk:
    """A conversation of one customer; every message gets an id of its own."""

    def __init__(self, client: EngineClient) -> None:
        self.client = client
        self.sender = uuid4().hex
        self.count = 0

    async def say(self, text: str | None = None, **more: object) -> TurnReply:
        """Send one message and return the answer."""
        self.count += 1
        given = {"sender": self.sender, "message_id": f"{self.sender}-{self.count}", "text": text}
        return await self.client.turn(TurnRequest.model_validate({**given, **more}))


@pytest.fixture
def talk(client: EngineClient) -> Talk:
    return Talk(client)
