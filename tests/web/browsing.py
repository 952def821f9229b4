"""A real server and a real browser for the tests of the pages."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, override

import httpx
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from pydantic import SecretStr
from sqlalchemy import Connection

from bot.app import create_app
from bot.cli.dialogues import compile_all
from bot.engine import Bundles
from bot.engine.process import free_port
from bot.routing import Services
from bot.settings import Settings
from tests.web.keys import PASSWORD, TOKEN

CHROMIUM = Path("/usr/bin/chromium")
# As root, on a machine without a screen; the last four keep Chromium from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


class _Uvicorn(uvicorn.Server):
    """A server that leaves Ctrl-C to the tests."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Server:
    """The application behind uvicorn on a real port; it can be stopped and started again."""

    def __init__(self, folder: Path, database: Path, **settings: Any) -> None:
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        nobody = {"engine_urls": ("http://127.0.0.1:9",)}  # nothing answers there
        self._settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            data_dir=folder,
            database_url=f"sqlite:///{database}",
            port=port,
            public_url=self.url,  # as the browser calls it, or its pictures are another host's
            admin_password=SecretStr(PASSWORD),
            api_token=SecretStr(TOKEN),
            demo=True,
            **{**nobody, **settings},
        )
        Bundles(folder / "bundles").publish(compile_all(self._settings))
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Start and wait until it listens."""
        app = self.app = create_app(self._settings)
        await self._stack.enter_async_context(app.router.lifespan_context(app))
        config = uvicorn.Config(
            app,
            port=self._settings.port,
            log_config=None,
            lifespan="off",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        uvicorn_server = _Uvicorn(config)
        running = asyncio.create_task(uvicorn_server.serve())
        while not uvicorn_server.started:
            assert not running.done()
            await asyncio.sleep(0.02)

        async def end() -> None:
            uvicorn_server.should_exit = True
            await running

        self._stack.push_async_callback(end)

    async def stop(self) -> None:
        """Close every connection and stop the application."""
        await self._stack.aclose()

    async def write[T](self, change: Callable[[Connection], T]) -> T:
        """Write into the database of the running application."""
        services: Services = self.app.state.services
        return await services.worker.submit(change)

    async def api(self, method: str, path: str, **further: Any) -> Any:
        """Call the API with its token."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=self.url, trust_env=False, headers=headers) as http:
            answer = await http.request(method, f"/api/v1{path}", **further)
            answer.raise_for_status()
            return answer.json()

    async def until(self, path: str, wanted: Any, seconds: float = 15) -> Any:
        """Ask the API until `wanted(answer)` is true."""
        deadline = time.monotonic() + seconds
        while True:
            found = await self.api("GET", path)
            if wanted(found):
                return found
            assert time.monotonic() < deadline, f"{path}: {found}"
            await asyncio.sleep(0.1)


class Visitor:
    """Somebody with a browser; what the pages complain about is collected."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self._context, self._server = context, server
        self.problems: list[str] = []

    @property
    def context(self) -> BrowserContext:
        """The browser's profile."""
        return self._context

    async def page(self, path: str) -> Page:
        """Open a page and listen to its errors."""
        page = await self._context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._note)
        await page.goto(self._server.url + path)
        return page

    async def desk(self, agent: str) -> Page:
        """Log in and wait for the desk."""
        page = await self.page("/desk")
        await page.fill("input[name=agent]", agent)
        await page.fill("input[name=password]", PASSWORD)
        await page.click("button[type=submit]")
        await page.wait_for_selector(".tabs")
        return page

    async def catalog(self, agent: str, path: str = "/catalog") -> Page:
        """Log in and wait for the catalog page."""
        page = await self.page(path)
        if await page.locator("input[name=password]").count():
            await page.fill("input[name=agent]", agent)
            await page.fill("input[name=password]", PASSWORD)
            await page.click("button[type=submit]")
        await page.wait_for_selector("body[data-tab] .tabs")
        return page

    async def chat(self, path: str = "/chat") -> Page:
        """Open the web chat and wait until it is connected."""
        page = await self.page(path)
        await page.wait_for_selector('#chat[data-state="online"]')
        return page

    def _note(self, message: Any) -> None:
        lost = "net::" in message.text or "Failed to load resource" in message.text
        if message.type == "error" and not lost:
            self.problems.append(message.text)


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """Run Debian's Chromium without a screen."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def write(page: Page, text: str) -> None:
    """Type a message into the web chat and send it."""
    box = page.locator("deep-chat #text-input")
    await box.click()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def search(page: Page, text: str) -> None:
    """Search on the catalog page and wait for the answer."""
    await page.fill("#ask", text)
    await page.keyboard.press("Enter")
    await expect(page.locator("body.searching")).to_have_count(0)


async def tab(page: Page, name: str) -> None:
    """Go to another part of the catalog page."""
    await page.locator(f'.tabs [data-value="{name}"]').click()
    await expect(page.locator(f"body[data-tab={name}]")).to_have_count(1)
