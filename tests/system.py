"""The whole system in processes of its own, as a shop runs it: for fault tests and benchmarks.

Everything listens on loopback. Only processes started here are ended, by their id.
"""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine

from bot.engine.process import free_port
from catalog import load_demo
from channels import registry
from channels.kit import Channel

ROOT = Path(__file__).resolve().parent.parent
KEY = secrets.token_urlsafe(16)
PHONE_NUMBER_ID = "106540352242922"
PAGE_ID = "1717527131834678"
APP_ID = "300000000000003"


def whatsapp(api: str) -> Channel[Any]:
    """Return the adapter that a gateway of this module has switched on."""
    settings = {
        "app_secret": KEY,
        "verify_token": KEY,
        "access_token": KEY,
        "phone_number_id": PHONE_NUMBER_ID,
        "api_url": api,
        "messages_per_second": 1000,
    }
    return registry.build("whatsapp", settings)


def messenger(api: str) -> Channel[Any]:
    """Return the adapter that a gateway of this module has switched on."""
    settings = {
        "app_secret": KEY,
        "verify_token": KEY,
        "page_access_token": KEY,
        "page_id": PAGE_ID,
        "app_id": APP_ID,
        "api_url": api,
    }
    return registry.build("messenger", settings)


def fill(database_url: str) -> None:
    """Put the demo shop into a migrated database; nobody looks at its pictures here."""
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        load_demo(conn)
    engine.dispose()


@dataclass
class Gateway:
    """One gateway process that can be killed and started again on the same port."""

    data_dir: Path
    database_url: str
    engine_urls: str
    whatsapp_api: str
    messenger_api: str = ""
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the gateway listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def engine_token(self) -> str:
        """What the engine must be started with."""
        return KEY

    def environment(self) -> dict[str, str]:
        """Return the settings of this gateway; nothing is taken from the caller's DIALOGO_*."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("DIALOGO_")}
        channels = {
            "DIALOGO_CHANNELS__WHATSAPP__APP_SECRET": KEY,
            "DIALOGO_CHANNELS__WHATSAPP__VERIFY_TOKEN": KEY,
            "DIALOGO_CHANNELS__WHATSAPP__ACCESS_TOKEN": KEY,
            "DIALOGO_CHANNELS__WHATSAPP__PHONE_NUMBER_ID": PHONE_NUMBER_ID,
            "DIALOGO_CHANNELS__WHATSAPP__API_URL": self.whatsapp_api,
            # What Meta raises a busy number to; the tests are not about waiting for tokens.
            "DIALOGO_CHANNELS__WHATSAPP__MESSAGES_PER_SECOND": "1000",
        }
        if self.messenger_api:
            channels |= {
                "DIALOGO_CHANNELS__MESSENGER__APP_SECRET": KEY,
                "DIALOGO_CHANNELS__MESSENGER__VERIFY_TOKEN": KEY,
                "DIALOGO_CHANNELS__MESSENGER__PAGE_ACCESS_TOKEN": KEY,
                "DIALOGO_CHANNELS__MESSENGER__PAGE_ID": PAGE_ID,
                "DIALOGO_CHANNELS__MESSENGER__APP_ID": APP_ID,
                "DIALOGO_CHANNELS__MESSENGER__API_URL": self.messenger_api,
            }
        return {
            **clean,
            **channels,
            "DIALOGO_DATA_DIR": str(self.data_dir),
            "DIALOGO_DATABASE_URL": self.database_url,
            "DIALOGO_PORT": str(self.port),
            "DIALOGO_ENGINE_URLS": self.engine_urls,
            "DIALOGO_ENGINE_TOKEN": KEY,
            "DIALOGO_API_TOKEN": KEY,
            "DIALOGO_ADMIN_PASSWORD": KEY,
            **self.extra,
        }

    def start(self, *command: str) -> None:
        """Start the process; `command` is `up --no-engine` unless given."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / f"process-{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", *(command or ("up", "--no-engine"))],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
            )

    async def until_up(self, seconds: float = 120) -> None:
        """Wait until the gateway answers."""
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(trust_env=False) as http:
            while time.monotonic() < deadline:
                try:
                    if (await http.get(f"{self.url}/healthz", timeout=1)).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                assert self.process is not None
                assert self.process.poll() is None, self.log()[-3000:]
                await asyncio.sleep(0.05)
        raise AssertionError("the gateway did not come up:\n" + self.log()[-3000:])

    async def until_ready(self, seconds: float = 120) -> None:
        """Wait until database, engine and model are ready."""
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(trust_env=False) as http:
            while (await http.get(f"{self.url}/readyz")).status_code != 200:
                assert time.monotonic() < deadline, self.log()[-3000:]
                await asyncio.sleep(0.1)

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the process in good order."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def log(self) -> str:
        """Return what the process has printed."""
        return (self.data_dir / f"process-{self.port}.log").read_text(errors="replace")

    def resident_mib(self) -> float:
        """Return the memory of the process in MiB, from /proc."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0
