"""People who come to a running server with browsers of their own."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.web.browsing import DESKTOP, PHONE, Server, Visitor, a_browser

PERSON = "Parla con una persona"


Come = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(
    tmp_path_factory: pytest.TempPathFactory, demo_shop: Path
) -> AsyncIterator[Server]:
    folder = tmp_path_factory.mktemp("browser")
    shutil.copy(demo_shop, folder / "shop.db")
    server = Server(folder / "data", folder / "shop.db")
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def come(browser: Browser, server: Server) -> AsyncIterator[Come]:
    """Let somebody come with a browser of their own; pages must not complain."""
    visitors: list[Visitor] = []

    async def one(locale: str = "it-IT", *, phone: bool = False) -> Visitor:
        context = await browser.new_context(
            locale=locale, viewport=PHONE if phone else DESKTOP, has_touch=phone
        )
        context.set_default_timeout(20_000)
        visitor = Visitor(context, server)
        visitors.append(visitor)
        return visitor

    yield one
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        await visitor.context.close()
    assert not problems, problems
