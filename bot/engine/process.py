"""Runs the engine as a child of the gateway and starts it again when it dies."""

import asyncio
import logging
import os
import random
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from bot.engine.client import READY
from bot.engine.training import RASA, current_model, engine_python, latest_model
from bot.errors import EngineError
from bot.settings import Settings

log = logging.getLogger(__name__)
FIRST_PAUSE = 0.5  # seconds before the first restart; doubles with every further one
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds of life after which a crash counts as the first again
GRACE = 5.0  # seconds between asking to stop and killing


@dataclass(frozen=True, slots=True)
class EngineSetup:
    """What the engine process needs to know."""

    model: Path
    token: str
    actions_url: str
    bundles: Path
    lookups: Path
    tracker_url: str
    log_file: Path
    host: str = "127.0.0.1"
    port: int = 5005


class EngineProcess:
    """One engine, kept alive until `stop`; the gateway accepts webhooks meanwhile.

    After a crash it is started again after half a second, then after pauses that double, with
    jitter, up to half a minute. Stopping ends the whole process group.
    """

    def __init__(self, setup: EngineSetup, *, first_pause: float = FIRST_PAUSE) -> None:
        self.setup = setup
        self.restarts = 0
        self._first_pause = first_pause
        self._child: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._stopping = False

    @classmethod
    def for_settings(cls, settings: Settings, token: str) -> "EngineProcess":
        """Prepare the engine beside a gateway: its newest model, its files, a free port."""
        folder = settings.data_dir.resolve()
        models = folder / "models"
        model = current_model(models, settings.languages) or latest_model(models)
        if model is None:
            raise EngineError("There is no model yet; run `dialogo train`")
        return cls(
            EngineSetup(
                model=model,
                token=token,
                actions_url=actions_url(settings),
                bundles=folder / "bundles",
                lookups=folder / "lookups.json",
                tracker_url=tracker_url(settings),
                log_file=folder / "engine.log",
                port=free_port(),
            )
        )

    @property
    def url(self) -> str:
        """The address for `EngineClient`."""
        return f"http://{self.setup.host}:{self.setup.port}"

    @property
    def pid(self) -> int | None:
        """The process id while the engine runs."""
        child = self._child
        return child.pid if child and child.returncode is None else None

    async def start(self) -> None:
        """Start the engine and keep it running; returns before it is ready."""
        if not engine_python().exists():
            python = engine_python()
            raise EngineError(f"The engine's environment is missing ({python}); run `make setup`")
        self._stopping = False
        self._child = await self._spawn()
        self._keeper = asyncio.create_task(self._keep(), name="engine")

    async def wait_until_ready(
        self, patience: float = 120.0, progress: Callable[[float], None] | None = None
    ) -> str:
        """Return the model's name once the engine answers; `progress` hears the seconds passed."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as http:
            while loop.time() - began < patience:
                model = await _ask(http, self.url)
                if model:
                    return model
                if progress:
                    progress(loop.time() - began)
                await asyncio.sleep(0.1)
        raise EngineError(
            f"The engine was not ready within {patience:g} seconds; see {self.setup.log_file}"
        )

    async def stop(self) -> None:
        """End the engine and whatever it has started."""
        self._stopping = True
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
            self._keeper = None
        if self._child:
            await _end(self._child)
            self._child = None

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        crashes = 0
        while not self._stopping:
            began = loop.time()
            code = await self._child.wait() if self._child else 0
            crashes = 1 if loop.time() - began > STEADY else crashes + 1
            pause = min(self._first_pause * 2 ** (crashes - 1), LONGEST_PAUSE)
            pause *= random.uniform(0.75, 1.25)  # noqa: S311  only spreads restarts
            self.restarts += 1
            told = {"code": code, "restart_in": round(pause, 2), "crashes": crashes}
            log.warning("engine died", extra=told)
            await asyncio.sleep(pause)
            self._child = await self._spawn()

    async def _spawn(self) -> asyncio.subprocess.Process:
        setup = self.setup
        setup.log_file.parent.mkdir(parents=True, exist_ok=True)
        arguments = ("--model", setup.model, "--host", setup.host, "--port", setup.port)
        watched = ("--parent", os.getpid())
        with setup.log_file.open("ab") as sink:
            return await self._exec(tuple(map(str, arguments + watched)), sink)

    async def _exec(self, arguments: tuple[str, ...], sink: BinaryIO) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            str(engine_python()),
            str(RASA / "serve.py"),
            *arguments,
            cwd=self.setup.log_file.parent,
            env=environment(self.setup),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            # Its own group: Ctrl-C reaches the gateway only, which stops the engine in order.
            start_new_session=True,
        )


def actions_url(settings: Settings) -> str:
    """Return where the engine finds the gateway's actions from this machine."""
    everywhere = settings.host in ("0.0.0.0", "::", "")  # noqa: S104  only compared
    return f"http://{'127.0.0.1' if everywhere else settings.host}:{settings.port}/engine/actions"


def tracker_url(settings: Settings) -> str:
    """Return where conversations are kept: beside the gateway's tables, or a file of their own."""
    if settings.database.startswith("postgresql"):
        return settings.database
    return f"sqlite:///{settings.data_dir.resolve() / 'tracker.db'}"


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on.

    It is none of those a system gives to outgoing connections (32768 and above): one of these
    could take it between this answer and the moment when somebody listens there.
    """
    for port in random.SystemRandom().sample(range(20_000, 32_768), k=100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("A hundred ports from 20000 to 32767 were tried, and all are taken.")


def environment(setup: EngineSetup) -> dict[str, str]:
    """Return the environment of an engine process, here or in a container."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LOG_LEVEL")
    inherited = {name: os.environ[name] for name in kept if name in os.environ}
    return {
        **inherited,
        "DIALOGO_ENGINE_TOKEN": setup.token,
        "DIALOGO_ACTIONS_URL": setup.actions_url,
        "DIALOGO_BUNDLE_DIR": str(setup.bundles.resolve()),
        "DIALOGO_LOOKUPS": str(setup.lookups.resolve()),
        "DIALOGO_TRACKER_URL": setup.tracker_url,
        # A turn may run five actions and speak between them; Rasa stops at ten predictions.
        "MAX_NUMBER_OF_PREDICTIONS": "30",
        # One arithmetic thread: the products are small, and threads would only fight over cores.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
    }


async def _ask(http: httpx.AsyncClient, url: str) -> str | None:
    try:
        reply = await http.get(url + READY)
        return str(reply.json()["model"]) if reply.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, ValueError, KeyError):
        return None


async def _end(child: asyncio.subprocess.Process) -> None:
    """Ask the child's group to stop, then kill what is left of it."""
    for sign, patience in ((signal.SIGTERM, GRACE), (signal.SIGKILL, GRACE)):
        if child.returncode is None:
            _signal(child.pid, sign)
        try:
            await asyncio.wait_for(child.wait(), patience)
        except TimeoutError:
            continue
        break
    _signal(child.pid, signal.SIGKILL)


def _signal(group: int, sign: signal.Signals) -> None:
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return
