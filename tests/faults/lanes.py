"""What a worker was at when it died, and when somebody else has gone on with it."""

import asyncio
import signal
import time
from collections.abc import Iterable

import psycopg

from tests.system import Gateway

_HEADS = """
    SELECT task.key FROM task JOIN lane ON lane.id = task.lane
    WHERE task.state = 'q' AND lane.owner LIKE %s
    AND task.seq = (SELECT min(seq) FROM task t WHERE t.lane = lane.id AND t.state = 'q')
"""
_ALIVE = "SELECT id FROM worker WHERE id LIKE %s"
_LEFT = """
    SELECT task.key FROM task JOIN lane ON lane.id = task.lane
    WHERE task.state = 'q' AND task.key = ANY(%s)
    AND (task.kind = 'send' OR lane.owner IS NULL OR lane.owner LIKE %s)
"""


class Lanes:
    """Reads a PostgreSQL database from outside, as an operator would."""

    def __init__(self, url: str) -> None:
        self._url = url

    def heads_of(self, worker: Gateway) -> list[str]:
        """Return the keys of the tasks that a worker is at."""
        with psycopg.connect(self._url) as connection:
            rows = connection.execute(_HEADS, (_owner(worker),)).fetchall()
        return [key for (key,) in rows]

    def left_of(self, worker: Gateway, keys: Iterable[str]) -> set[str]:
        """Return those of a dead worker's tasks that nobody has gone on with.

        Somebody else has a turn in hand as soon as its lane is theirs; a delivery counts when it
        is done, because it may have to wait for the platform's report first.
        """
        with psycopg.connect(self._url) as connection:
            rows = connection.execute(_LEFT, (list(keys), _owner(worker))).fetchall()
        return {key for (key,) in rows}

    async def until_alive(self, worker: Gateway, patience: float = 120) -> None:
        """Wait until a worker has said that it lives."""
        deadline = time.monotonic() + patience
        with psycopg.connect(self._url, autocommit=True) as connection:
            while not connection.execute(_ALIVE, (_owner(worker),)).fetchall():
                assert time.monotonic() < deadline, worker.log()[-3000:]
                await asyncio.sleep(0.1)

    async def kill_at_work(self, worker: Gateway, patience: float = 30) -> list[str]:
        """Kill a worker in the middle of at least one turn and return what it was at."""
        assert worker.process is not None
        deadline = time.monotonic() + patience
        while True:
            worker.process.send_signal(signal.SIGSTOP)
            busy = any(not key.startswith("r:") for key in self.heads_of(worker))
            if busy:
                break
            worker.process.send_signal(signal.SIGCONT)
            assert time.monotonic() < deadline, "the worker has never had a turn to work on"
            await asyncio.sleep(0.01)
        worker.kill()
        return self.heads_of(worker)

    async def seconds_until_continued(
        self, worker: Gateway, keys: list[str], patience: float
    ) -> dict[str, float]:
        """Return after how many seconds somebody has gone on with each task."""
        began, took = time.monotonic(), dict.fromkeys(keys, patience)
        left = set(keys)
        while left and time.monotonic() - began < patience:
            await asyncio.sleep(0.1)
            done = left - self.left_of(worker, left)
            took |= dict.fromkeys(done, time.monotonic() - began)
            left -= done
        return took


def _owner(worker: Gateway) -> str:
    """How the owner of its lanes is called: host, process, and something unique."""
    assert worker.process is not None
    return f"%:{worker.process.pid}:%"
