"""Clients of an engine whose line to it stands."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.engine import EngineClient
from bot.engine.line import Act
from tests.engine_fixture import TOKEN


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110  what is waited for is another task's or process's doing
            await asyncio.sleep(0.01)


@asynccontextmanager
async def lined(client: EngineClient, url: str) -> AsyncIterator[EngineClient]:
    """The client once its line to the engine stands."""
    try:
        await until(lambda: client.line_to(url))
        yield client
    finally:
        await client.close()


@asynccontextmanager
async def acting(url: str, act: Act, *slots: str) -> AsyncIterator[EngineClient]:
    """A client that runs the actions of its turns, once its line to the engine stands."""
    client = EngineClient((url,), TOKEN, 10.0)
    client.run_actions(act, slots)
    async with lined(client, url):
        yield client
