"""A real engine for tests: trained once per content, started once per session, on a free port.

Used by the tests of `bot.engine`, by the acceptance talks and by the benchmarks. Nothing here needs
pytest: `trained_model()` returns a model from a cache that is keyed by the fingerprint, and
`RunningEngine` keeps an `EngineProcess` alive in a thread of its own.
"""

import asyncio
import fcntl
import json
import threading
from collections.abc import Coroutine, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.engine import Bundles, EngineProcess, EngineSetup, current_model, train
from bot.engine.process import free_port
from bot.engine.training import PHRASES, ROOT

MODELS = ROOT / ".cache" / "models"
TOKEN = "engine-test-token"


def trained_model(languages: Sequence[str] = ("it", "en"), phrases: Path = PHRASES) -> Path:
    """Return the model of these phrases, trained now only if the cache has none.

    Of several test processes one trains, and the others wait for it.
    """
    MODELS.mkdir(parents=True, exist_ok=True)
    with (MODELS / ".training").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = current_model(MODELS, languages, phrases)
        return found or asyncio.run(train(MODELS, languages, phrases=phrases))


class RunningEngine:
    """An engine process with its files in one folder; a context manager that stops it."""

    def __init__(self, folder: Path, model: Path, actions_url: str, **overrides: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.bundles = Bundles(folder / "bundles")
        self.lookups = folder / "lookups.json"
        given = {
            "model": model,
            "token": TOKEN,
            "actions_url": actions_url,
            "bundles": folder / "bundles",
            "lookups": self.lookups,
            "tracker_url": f"sqlite:///{(folder / 'tracker.db').resolve()}",
            "log_file": folder / "engine.log",
            "port": free_port(),
        }
        self.process = EngineProcess(EngineSetup(**{**given, **overrides}), first_pause=0.1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="engine-loop")

    def write_lookups(self, lookups: dict[str, Any]) -> None:
        """Write the catalog's words in one step, as the catalog does."""
        draft = self.lookups.with_suffix(".new")
        draft.write_text(json.dumps(lookups), encoding="utf-8")
        draft.replace(self.lookups)

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the loop that looks after the engine."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self.process.start())
        self.run(self.process.wait_until_ready())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.run(self.process.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        """The address for `EngineClient`."""
        return self.process.url
