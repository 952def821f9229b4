"""The real engine with the demo shop's own dialogues, words and actions; and the figures."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from bot.actions import router
from bot.db.inline import DRIVER
from bot.engine import EngineClient
from bot.engine.process import free_port
from bot.settings import Settings
from catalog import Catalog, Table, load_demo
from dialogues.compiler import compile_flows
from tests.engine.conftest import Talk
from tests.engine_fixture import TOKEN, RunningEngine, trained_model

FLOWS = Path(__file__).parents[2] / "dialogues" / "flows"


@pytest.fixture(scope="session")
def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("entities") / "shop.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as conn:
        Table.metadata.create_all(conn)
        load_demo(conn)
    engine.dispose()
    return path


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Catalog]:
    engine = create_async_engine(f"{DRIVER}:///{path}")
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    catalog = Catalog(sessions, None, timedelta(hours=72), ("it", "en"))
    await catalog.start()
    try:
        yield catalog
    finally:
        await catalog.stop()
        await engine.dispose()


@pytest.fixture(scope="session")
def lookups(demo_shop: Path) -> dict[str, Any]:
    async def read() -> dict[str, Any]:
        async with opened(demo_shop) as catalog:
            return await catalog.lookups()

    return asyncio.run(read())


def actions_of(path: Path) -> FastAPI:
    """The gateway's own actions over the demo shop, opened on the server's loop."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings = Settings(_env_file=None, engine_token=SecretStr(TOKEN))
        async with opened(path) as catalog:
            app.state.services = SimpleNamespace(settings=settings, catalog=catalog)
            yield

    app = FastAPI(lifespan=lifespan)
    app.include_router(router)
    return app


@pytest.fixture(scope="session")
def actions_url(demo_shop: Path) -> Iterator[str]:
    config = uvicorn.Config(actions_of(demo_shop), port=free_port(), log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="demo-actions")
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the actions did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{config.port}/engine/actions"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def shop_engine(
    actions_url: str, lookups: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningEngine]:
    compiled = compile_flows(FLOWS, languages=("it", "en"))
    assert compiled.bundle, compiled.problems
    folder = tmp_path_factory.mktemp("shop-engine")
    engine = RunningEngine(folder, trained_model(), actions_url)
    engine.bundles.publish(compiled.bundle)
    engine.write_lookups(lookups)
    with engine:
        yield engine


@pytest.fixture
async def talk(shop_engine: RunningEngine) -> AsyncIterator[Talk]:
    client = EngineClient((shop_engine.url,), TOKEN, 20.0)
    yield Talk(client)
    await client.close()


@pytest.fixture(scope="session")
def lookups_file(lookups: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "lookups.json"
    path.write_text(json.dumps(lookups), encoding="utf-8")
    return path
