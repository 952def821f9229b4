"""A real server and a real browser for the tests of the pages."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.web.conftest import PASSWORD, TOKEN

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
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


class Server:
    """The application in its own process; it can be stopped and started again."""

    def __init__(self, folder: Path, database: Path) -> None:
        self._folder, self._database = folder, database
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start and wait until it answers."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        arguments = [str(self._folder), f"sqlite:///{self._database}", str(self._port)]
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(HERE / "a_server.py"), *arguments],
                cwd=ROOT,
                env={**environment, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{self.url}/healthz", trust_env=False)
            except httpx.TransportError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log_text = (self._folder / "server.log").read_text()
                    raise RuntimeError(f"The server did not start: {log_text}") from None
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """Stop the process that was started here."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
