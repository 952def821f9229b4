"""A whole gateway inside the test's event loop, with WhatsApp's stand-in and an engine's.

Everything is real except the engine behind `ScriptedEngine`, which answers the engine's HTTP
protocol as a test tells it to: the faults of an engine cannot be asked of a healthy one.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot.app import create_app, with_short_way
from bot.cli.dialogues import compile_all
from bot.credentials import ensure_secrets
from bot.db import Database
from bot.engine import Bundle, Bundles
from bot.routing import Services
from bot.settings import Settings
from catalog import is_empty, load_demo
from channels.testing import serve
from channels.testing.calls import read_body
from channels.testing.simulator import Habits, Json
from channels.whatsapp.simulator import WhatsAppSimulator
from tests.system import APP_ID, KEY, PAGE_ID, PHONE_NUMBER_ID, fill, free_port, whatsapp

Answer = Callable[[Json], Json | int | Exception]


def say(ref: str, **values: Any) -> Json:
    """Return an engine's answer that says one text."""
    return {"messages": [{"kind": "say", "ref": ref, "values": values}]}


def hand_over(reason: str = "purchase") -> Json:
    """Return an engine's answer that asks for a person."""
    return {"messages": [{"kind": "handoff", "reason": reason}]}


@dataclass
class ScriptedEngine:
    """Answers turns with what `answer` returns: a body, a status, or an exception (no answer)."""

    answer: Answer = lambda _: say("saluto.1")
    turns: list[Json] = field(default_factory=list)
    delay: float = 0.0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one HTTP call."""
        body = await read_body(receive)
        status, reply = 200, {"model": "scripted"}
        if scope["method"] == "POST":
            request = json.loads(body)
            self.turns.append(request)
            await asyncio.sleep(self.delay)
            found = self.answer(request)
            if isinstance(found, Exception):
                raise found
            status, reply = (
                (found, {"error": "scripted"}) if isinstance(found, int) else (200, found)
            )
            reply = {"message_id": request["message_id"], **reply}
        raw = json.dumps(reply).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": raw})


@dataclass
class Shop:
    """What a test of the whole gateway works with."""

    app: FastAPI
    url: str
    engine: ScriptedEngine
    whatsapp: WhatsAppSimulator
    api: httpx.AsyncClient
    engine_port: int

    @property
    def services(self) -> Services:
        """What the gateway is made of."""
        services: Services = self.app.state.services
        return services

    async def settled(self) -> None:
        """Wait until every lane is empty or waits for a later moment."""
        await asyncio.wait_for(self.services.worker.idle(), 20)

    async def conversation(self, customer: str) -> Json:
        """Return the customer's conversation as the API shows it."""
        reply = await self.api.get("/api/v1/conversations", params={"customer": customer})
        (found,) = reply.json()["items"] if isinstance(reply.json(), dict) else reply.json()
        whole = await self.api.get(f"/api/v1/conversations/{found['id']}")
        body: Json = whole.json()
        return body

    async def handoffs(self, state: str = "waiting") -> list[Json]:
        """Return the calls for a person."""
        body = (await self.api.get("/api/v1/handoffs", params={"state": state})).json()
        return list(body["items"] if isinstance(body, dict) else body)


@asynccontextmanager
async def shop(
    folder: Path, database_url: str, *, engine_up: bool = True, **settings: Any
) -> AsyncIterator[Shop]:
    """Run a gateway on a migrated database with the demo shop and the real flows."""
    port, engine_port = free_port(), free_port()
    platform_port = free_port()
    whatsapp_api = f"http://127.0.0.1:{platform_port}/v23.0"
    given = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=folder,
        database_url=database_url,
        port=port,
        engine_urls=(f"http://127.0.0.1:{engine_port}",),
        engine_token=SecretStr(KEY),
        api_token=SecretStr(KEY),
        admin_password=SecretStr(KEY),
        channels={
            "whatsapp": {
                "app_secret": KEY,
                "verify_token": KEY,
                "access_token": KEY,
                "phone_number_id": PHONE_NUMBER_ID,
                "api_url": whatsapp_api,
                "messages_per_second": 1000,
            },
            "messenger": {
                "app_secret": KEY,
                "verify_token": KEY,
                "page_access_token": KEY,
                "page_id": PAGE_ID,
                "app_id": APP_ID,
                "api_url": whatsapp_api,
            },
        },
        **settings,
    )
    await _fill(given)
    app = create_app(given, secrets=ensure_secrets(given))
    engine = ScriptedEngine()
    url = f"http://127.0.0.1:{port}"
    stand_in = WhatsAppSimulator(
        whatsapp(whatsapp_api), f"{url}/webhooks/whatsapp", habits=Habits(reports=())
    )
    async with (
        app.router.lifespan_context(app),
        serve(with_short_way(app), port=port),
        stand_in,
        serve(stand_in, port=platform_port),
        httpx.AsyncClient(
            base_url=url, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False
        ) as api,
    ):
        running = Shop(app, url, engine, stand_in, api, engine_port)
        if not engine_up:
            yield running
            return
        async with serve(engine, port=engine_port):
            yield running


async def _fill(settings: Settings) -> None:
    database = Database(settings.database)
    await database.start()
    if await database.write(is_empty):
        await database.write(load_demo)
    await database.stop()
    Bundles(settings.data_dir / "bundles").publish(_bundle())


@cache
def _bundle() -> Bundle:
    """Compile the real flows once for all tests of a run."""
    return compile_all(Settings(_env_file=None))  # type: ignore[call-arg]


@pytest.fixture(scope="session")
def demo_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo shop in it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(sqlite_template, path)
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def demo_url(demo_template: Path, tmp_path: Path) -> str:
    """The address of a SQLite file of the test's own with the demo shop in it."""
    shutil.copy(demo_template, tmp_path / "demo.db")
    return f"sqlite:///{tmp_path / 'demo.db'}"
