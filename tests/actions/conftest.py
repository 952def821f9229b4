"""The engine's calls against the real demo shop, and the answers as a customer reads them."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine

from bot.actions import router
from bot.rendering import Audience, Rendered, render, transcript_text
from bot.settings import Settings
from catalog import Catalog, Table, load_demo
from channels.kit import Capabilities
from dialogues.compiler import compile_flows
from tests.demo_catalog import FRESHNESS, fill_demo, opened

ROOT = Path(__file__).parents[2]
TOKEN = "engine-token"
WEB = Capabilities(
    max_text=8000, buttons=20, button_label=80, buttons_text=8000, cards=10, card_title=200,
    card_subtitle=800, card_buttons=5,
)  # fmt: skip
FLOW = """
flow: saluto
title: {it: Saluto, en: Greeting}
start: {intents: [greet]}
steps:
  - say: {it: Ciao!, en: Hello!}
"""


@dataclass
class Answered:
    """One answer: the raw body, the facts it sets, and what the customer reads."""

    status: int
    body: dict[str, Any]
    rendered: Rendered = field(default_factory=Rendered)

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.body["events"]}

    @property
    def text(self) -> str:
        return "\n".join(transcript_text(message) for message in self.rendered.messages)

    @property
    def choices(self) -> list[str]:
        return [choice.id for choice in self.rendered.open_choices]


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("flows")
    shutil.copy(ROOT / "dialogues/flows/texts.yaml", folder)
    (folder / "saluto.yaml").write_text(FLOW, encoding="utf-8")
    compiled = compile_flows(folder, languages=("it", "en"))
    assert compiled.bundle, compiled.problems
    return compiled.bundle


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop in a database file; the reading tests share it."""
    return fill_demo(tmp_path_factory.mktemp("shop") / "shop.db")


Shop = Callable[..., Awaitable[Catalog]]


@pytest.fixture
async def open_shop() -> AsyncIterator[Shop]:
    """Open the catalog of a database file, with a freshness of choice."""
    async with AsyncExitStack() as stack:

        async def open_(path: Path, freshness: timedelta = FRESHNESS) -> Catalog:
            return await stack.enter_async_context(opened(path, freshness))

        yield open_


def app_of(catalog: Catalog) -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    settings = Settings(_env_file=None, engine_token=SecretStr(TOKEN))
    app.state.services = SimpleNamespace(settings=settings, catalog=catalog)
    return app


def _entity(name: str, value: Any, text: str) -> dict[str, Any]:
    """Return an entity as the engine finds it; ("bags", "borse") says in which words it stands."""
    if not isinstance(value, tuple):
        return {"entity": name, "value": value}
    words, meant = value
    start = text.index(words)
    return {"entity": name, "value": meant, "start": start, "end": start + len(words)}


@dataclass
class Engine:
    """Calls actions as Rasa does, and keeps the slots from call to call."""

    client: httpx.AsyncClient
    bundle: dict[str, Any]
    language: str = "it"
    slots: dict[str, Any] = field(default_factory=dict)
    home: str | None = None

    async def run(
        self, action: str, text: str = "", args: dict[str, Any] | None = None, **entities: Any
    ) -> Answered:
        self.slots["language"] = self.language
        self.slots["flow"] = {
            "run": {"action": action, "args": args or {}},
            "state": {"home": self.home},
        }
        found = [
            _entity(name, one, text)
            for name, value in entities.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        call = {
            "next_action": action,
            "sender_id": "c1",
            "tracker": {
                "slots": self.slots,
                "latest_message": {"text": text, "entities": found, "intent": {"name": "x"}},
                "events": [],
            },
            "domain": {},
        }
        reply = await self.client.post("/engine/actions", json=call)
        answered = Answered(reply.status_code, reply.json())
        if reply.status_code == 200:
            self.slots |= answered.slots
            replies = [response["custom"] for response in answered.body["responses"]]
            audience = Audience(self.language, WEB, "https://shop.example")
            answered.rendered = render(replies, self.bundle, audience)
            assert answered.rendered.problems == []
        return answered


Change = Callable[[Connection], None]


def caller(catalog: Catalog) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app_of(catalog)),
        base_url="http://engine",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )


@pytest.fixture
async def client(demo_file: Path, open_shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    async with caller(await open_shop(demo_file)) as client:
        yield client


@pytest.fixture
def engine(client: httpx.AsyncClient, bundle: dict[str, Any]) -> Engine:
    return Engine(client, bundle)


@pytest.fixture
def english(client: httpx.AsyncClient, bundle: dict[str, Any]) -> Engine:
    return Engine(client, bundle, "en")


@pytest.fixture
async def shop_with(
    tmp_path: Path, open_shop: Shop, bundle: dict[str, Any]
) -> AsyncIterator[Callable[..., Awaitable[Engine]]]:
    """Open a shop of its own: the demo shop with a change, or with figures of another day."""
    clients: list[httpx.AsyncClient] = []

    async def open_(change: Change | None = None, at: datetime | None = None) -> Engine:
        engine = create_engine(f"sqlite:///{tmp_path / 'own.db'}")
        with engine.begin() as conn:
            Table.metadata.create_all(conn)
            load_demo(conn, at)
            if change:
                change(conn)
        engine.dispose()
        clients.append(caller(await open_shop(tmp_path / "own.db")))
        return Engine(clients[-1], bundle)

    yield open_
    for client in clients:
        await client.aclose()


@pytest.fixture
async def stale(shop_with: Callable[..., Awaitable[Engine]]) -> Engine:
    """The same shop with figures that are a week old."""
    return await shop_with(at=datetime.now(UTC) - timedelta(days=7))


def answer(topic):
    return f"action_answer_{topic}"
