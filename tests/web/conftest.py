"""A gateway for the tests of its pages and its API, without an engine."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

import catalog
from bot import desk
from bot.app import create_app
from bot.db import Database
from bot.routing import Services
from bot.settings import Settings
from tests.desk.talks import a_conversation, call, hear
from tests.web.keys import PASSWORD, TOKEN
from tests.web.visits import browser, come, server

__all__ = ["browser", "come", "server"]


@dataclass(frozen=True, slots=True)
class Web:
    """A running application and two ways to call it."""

    app: FastAPI
    api: httpx.AsyncClient
    visitor: httpx.AsyncClient

    @property
    def services(self) -> Services:
        services: Services = self.app.state.services
        return services

    async def a_talk(self, customer: str = "39333", text: str = "la prendo") -> str:
        """Make a conversation in which the customer has said something."""

        def write(conn: Any) -> str:
            talk = a_conversation(conn, customer)
            hear(conn, talk, f"key-{customer}", text)
            return talk

        return await self.services.database.write(write)

    async def a_call(self, customer: str = "39333", **further: Any) -> tuple[str, str]:
        """Make a conversation and the handoff that waits for it."""
        talk = await self.a_talk(customer)
        handoff = await self.services.database.write(lambda conn: call(conn, talk, **further))
        return talk, handoff

    async def handoff(self, id_: str) -> desk.Handoff:
        """Read a handoff."""
        async with self.services.database.sessions() as session:
            return await desk.get(session, id_)

    async def log_in(self, agent: str = "Anna", password: str = PASSWORD) -> httpx.Response:
        """Fill in the login form."""
        form = {"agent": agent, "password": password}
        return await self.visitor.post("/login", data=form)


@asynccontextmanager
async def a_web(folder: Path, database_url: str, **settings: Any) -> AsyncIterator[Web]:
    """Run an application on a migrated database."""
    given = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data_dir=folder,
        database_url=database_url,
        engine_urls=("http://127.0.0.1:9",),
        **{"admin_password": PASSWORD, "api_token": TOKEN, "demo": True, **settings},
    )
    app = create_app(given)
    transport = httpx.ASGITransport(app)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as api,
        httpx.AsyncClient(transport=transport, base_url="http://test") as visitor,
    ):
        yield Web(app, api, visitor)


@pytest.fixture(scope="session")
def demo_shop(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo shop, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "shop.db"
    shutil.copy(sqlite_template, path)

    async def fill() -> None:
        database = Database(f"sqlite:///{path}")
        await database.start()
        await database.write(catalog.load_demo)
        await database.stop()

    asyncio.run(fill())
    return path


@pytest.fixture
async def web(tmp_path: Path, demo_shop: Path) -> AsyncIterator[Web]:
    """An application with the demo shop in its catalog."""
    shutil.copy(demo_shop, tmp_path / "shop.db")
    async with a_web(tmp_path / "data", f"sqlite:///{tmp_path / 'shop.db'}") as running:
        yield running
