"""The engine as a child process: restarts, backoff, stopping, and conversations that survive."""

import asyncio
import os
import signal
import stat
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from bot.engine import (
    EngineClient,
    EngineDownError,
    EngineProcess,
    EngineSetup,
    TurnRequest,
)
from bot.engine.process import actions_url, environment, free_port, tracker_url
from bot.errors import EngineError
from bot.settings import Settings
from tests.engine.shop import LOOKUPS, ActionServer, bundle
from tests.engine_fixture import TOKEN, RunningEngine


def setup_in(folder: Path) -> EngineSetup:
    return EngineSetup(
        model=folder / "model.tar.gz",
        token="t",
        actions_url="http://127.0.0.1:1/",
        bundles=folder / "bundles",
        lookups=folder / "lookups.json",
        tracker_url=f"sqlite:///{folder / 'tracker.db'}",
        log_file=folder / "engine.log",
        port=free_port(),
    )


def program(folder: Path, script: str) -> Path:
    """Write a program that stands where the engine's interpreter would."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


@pytest.mark.engine
async def test_a_killed_engine_comes_back_and_remembers(
    model: Path, action_server: ActionServer, tmp_path: Path
) -> None:
    engine = RunningEngine(tmp_path, model, action_server.url)
    engine.bundles.publish(bundle())
    engine.write_lookups(LOOKUPS)
    with engine:
        client = EngineClient((engine.url,), TOKEN, 10.0)
        asked = TurnRequest(sender="c", message_id="1", text="cerco un regalo")
        before = await client.turn(asked)
        killed = engine.process.pid
        assert killed
        os.kill(killed, signal.SIGKILL)
        await until(lambda: not alive(killed))
        with pytest.raises(EngineDownError):
            await client.turn(asked)
        await asyncio.to_thread(engine.run, engine.process.wait_until_ready())
        assert engine.process.pid != killed
        assert engine.process.restarts == 1
        replayed = await client.turn(asked)
        assert replayed.replayed
        assert replayed.messages == before.messages
        answer = await client.turn(TurnRequest(sender="c", message_id="2", text="50 euro"))
        assert [message["kind"] for message in answer.messages] == ["products"]
        await client.close()


@pytest.mark.engine
async def test_conversations_live_on_postgresql_too(
    model: Path, action_server: ActionServer, tmp_path: Path, postgres_url: str
) -> None:
    engine = RunningEngine(tmp_path, model, action_server.url, tracker_url=postgres_url)
    engine.bundles.publish(bundle())
    with engine:
        client = EngineClient((engine.url,), TOKEN, 10.0)
        for number in range(20):
            request = TurnRequest(sender="c", message_id=str(number), text="ciao")
            assert (await client.turn(request)).messages
        await client.close()


@pytest.mark.engine
async def test_an_engine_whose_gateway_was_killed_ends_too(
    model: Path, action_server: ActionServer, tmp_path: Path
) -> None:
    setup = setup_in(tmp_path)
    script = Path(__file__).parents[2] / "bot/engine/rasa/serve.py"
    python = Path(__file__).parents[2] / ".venv-engine/bin/python"
    # A shell in between plays the gateway: it starts the engine with its own process id.
    gateway = await asyncio.create_subprocess_exec(
        "sh",
        "-c",
        f'"{python}" "{script}" --model "{model}" --port {setup.port} --parent $$ & echo $!; wait',
        env=environment(setup),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert gateway.stdout
    pid = int(await gateway.stdout.readline())
    await asyncio.sleep(1.0)
    gateway.kill()
    await gateway.wait()
    try:
        await until(lambda: not alive(pid))
    finally:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)


async def test_crashes_are_followed_by_pauses_that_double(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = tmp_path / "starts"
    python = program(tmp_path, f'date +%s.%N >> "{starts}"; exit 3')
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(python))
    engine = EngineProcess(setup_in(tmp_path), first_pause=0.1)
    await engine.start()
    await until(lambda: len(_lines(starts)) >= 5)
    await engine.stop()
    at = [float(line) for line in _lines(starts)][:5]
    pauses = [later - earlier for earlier, later in pairwise(at)]
    assert len(pauses) == 4
    assert pauses[3] > pauses[0] * 3
    assert engine.restarts >= 4


async def test_stopping_ends_the_whole_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    python = program(tmp_path, f'sleep 60 & echo $! > "{child}"; wait')
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(python))
    engine = EngineProcess(setup_in(tmp_path))
    await engine.start()
    await until(lambda: bool(_lines(child)))
    await engine.stop()
    assert engine.pid is None
    pid = int(_lines(child)[0])
    await until(lambda: not alive(pid))


async def test_an_engine_that_ignores_the_wish_to_stop_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = tmp_path / "ready"
    python = program(tmp_path, f'trap "" TERM; echo ok > "{ready}"; while :; do sleep 0.05; done')
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(python))
    monkeypatch.setattr("bot.engine.process.GRACE", 0.3)
    engine = EngineProcess(setup_in(tmp_path))
    await engine.start()
    await until(lambda: bool(_lines(ready)))
    pid = engine.pid
    await engine.stop()
    assert pid
    assert not alive(pid)


async def test_a_missing_environment_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(tmp_path / "nowhere"))
    with pytest.raises(EngineError, match="make setup"):
        await EngineProcess(setup_in(tmp_path)).start()


async def test_an_engine_that_never_gets_ready_names_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGO_ENGINE_PYTHON", str(program(tmp_path, "sleep 60")))
    engine = EngineProcess(setup_in(tmp_path))
    await engine.start()
    heard: list[float] = []
    with pytest.raises(EngineError, match=r"engine\.log"):
        await engine.wait_until_ready(0.5, heard.append)
    await engine.stop()
    assert heard == sorted(heard)
    assert heard


def test_the_child_gets_no_secrets_but_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGO_ADMIN_PASSWORD", "secret")
    given = environment(setup_in(tmp_path))
    assert "secret" not in given.values()
    assert given["DIALOGO_ENGINE_TOKEN"] == "t"


def test_the_settings_say_where_things_are(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, host="::", port=8123, database_url="")
    assert actions_url(settings) == "http://127.0.0.1:8123/engine/actions"
    assert tracker_url(settings) == f"sqlite:///{tmp_path / 'tracker.db'}"
    shared = Settings(data_dir=tmp_path, database_url="postgresql://a@b/c")
    assert tracker_url(shared) == "postgresql://a@b/c"


def test_without_a_model_the_engine_cannot_be_prepared(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="dialogo train"):
        EngineProcess.for_settings(Settings(data_dir=tmp_path), "t")


def _lines(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def alive(pid: int) -> bool:
    """Tell whether the process runs; one that has ended and waits to be counted does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that happens in another process."""
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110  another process sets no event here
            await asyncio.sleep(0.02)
