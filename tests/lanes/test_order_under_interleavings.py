"""Whatever happens in whatever order: nothing lost, nothing twice, every lane in order.

A state machine plays gateways, workers, failures and deaths against the real transactions.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, delete, select, update

from bot.db import Database
from bot.lanes import (
    Dead,
    Finish,
    LaneRow,
    Later,
    Lease,
    NewTask,
    Retry,
    Task,
    TaskRow,
    TimerRow,
    add_tasks,
)
from bot.lanes.beat import beat, fire
from bot.lanes.claim import claim
from bot.lanes.settle import settle
from bot.lanes.slots import Slots, WorkerHand
from bot.lanes.tables import WorkerRow
from bot.timers import schedule
from tests.lanes.work import lane

LANES = st.sampled_from("ab")
RESULTS = {"finish": Finish(), "retry": Retry("no", 0), "later": Later(0), "dead": Dead("no")}
WORKERS = st.sampled_from(["w1", "w2"])


class Shop(RuleBasedStateMachine):
    """What can happen to two lanes and two workers."""

    url: str
    fresh: Callable[[], None]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = Database(self.url)
        self.number = 0
        self.added: dict[str, list[str]] = defaultdict(list)
        self.done: dict[str, list[str]] = defaultdict(list)
        self.given_up: set[str] = set()
        self.held: dict[str, list[Lease]] = defaultdict(list)  # what a worker believes it holds
        self.dead: set[str] = set()
        self.fence = 0

    @initialize()
    def open_shop(self) -> None:
        self.runner.run(self.database.start())
        self.write(_clear)

    def write[T](self, fn: Callable[[Connection], T]) -> T:
        return self.runner.run(self.database.write(fn))

    def new(self, name: str) -> NewTask:
        self.number += 1
        key = f"{name}{self.number}"
        self.added[name].append(key)
        return NewTask(lane=lane(name), account="a", kind="event", key=key, data={})

    @rule(name=LANES, count=st.integers(1, 3))
    def messages_arrive(self, name: str, count: int) -> None:
        tasks = [self.new(name) for _ in range(count)]
        self.write(lambda conn: add_tasks(conn, tasks))

    @rule(name=LANES, worker=WORKERS)
    def messages_arrive_at_a_worker(self, name: str, worker: str) -> None:
        started: list[tuple[Sequence[Task], int]] = []
        slots = Slots({"in": 2, "out": 2})
        slots.open()
        self.fence += 1
        hand = WorkerHand(worker, slots, iter([self.fence]), lambda *taken: started.append(taken))
        task = self.new(name)
        self.beats(worker)
        self.write(lambda conn: hand.run(lambda c: add_tasks(c, [task]), conn))
        hand.settled(True)
        for run, fence in started:
            self.held[worker] += [Lease(head, fence, lambda: True) for head in run]

    @precondition(lambda self: self.number)
    @rule(data=st.data())
    def a_webhook_comes_again(self, data: st.DataObject) -> None:
        known = [key for keys in self.added.values() for key in keys]
        key = data.draw(st.sampled_from(known))
        again = NewTask(lane=lane(key[0]), account="a", kind="event", key=key, data={})
        assert self.write(lambda conn: add_tasks(conn, [again])) == []

    @rule(name=LANES)
    def a_timer_fires(self, name: str) -> None:
        self.number += 1
        key = f"{name}{self.number}"
        lane_of = lane(name)
        self.write(
            lambda conn: schedule(conn, key=key, lane=lane_of, account="a", data={}, due_at=1)
        )
        assert self.write(fire) == 1
        row = self.write(
            lambda conn: conn.scalars(
                select(TaskRow.key).where(TaskRow.key.startswith(f"timer:{key}:"))
            ).one()
        )
        self.added[name].append(row)

    @rule(worker=WORKERS, room=st.integers(1, 3))
    def a_worker_claims(self, worker: str, room: int) -> None:
        self.beats(worker)
        self.fence += 1
        fence = self.fence
        heads = self.write(lambda conn: claim(conn, worker, fence, {"in": room, "out": 0}))
        self.held[worker] += [Lease(head, fence, lambda: True) for head in heads]

    @precondition(lambda self: any(self.held.values()))
    @rule(data=st.data(), how=st.sampled_from(["finish", "retry", "later", "dead"]))
    def a_worker_ends_a_task(self, data: st.DataObject, how: str) -> None:
        """Also one that was declared dead and has come back: it must be refused."""
        worker = data.draw(st.sampled_from(sorted(w for w, leases in self.held.items() if leases)))
        lease = self.held[worker].pop(data.draw(st.integers(0, len(self.held[worker]) - 1)))
        mine = self.holds(worker, lease)
        results = {
            "finish": Finish(),
            "retry": Retry("no", 0),
            "later": Later(0),
            "dead": Dead("no"),
        }
        settled = self.write(lambda conn: settle(conn, worker, lease, results[how]))
        assert settled.held == mine
        if not settled.held:
            return
        if how in ("finish", "dead"):
            self.done[lease.task.lane[-1]].append(lease.task.key)
        if settled.following is not None:
            self.held[worker].append(Lease(settled.following, lease.fence, lease.valid))

    @rule(worker=WORKERS)
    def a_worker_falls_silent(self, worker: str) -> None:
        """Its lanes are freed, but it still believes in its leases: it may only be frozen."""
        silent = update(WorkerRow).where(WorkerRow.id == worker).values(beat=0)
        self.write(lambda conn: conn.execute(silent))
        self.beats("w1" if worker == "w2" else "w2")

    @rule(worker=WORKERS)
    def a_worker_loses_its_lanes_and_takes_them_again(self, worker: str) -> None:
        self.a_worker_falls_silent(worker)
        self.a_worker_claims(worker, 3)

    @rule(worker=WORKERS)
    def a_worker_beats(self, worker: str) -> None:
        self.beats(worker)

    def beats(self, worker: str) -> None:
        self.write(lambda conn: beat(conn, worker, 3600))

    def holds(self, worker: str, lease: Lease) -> bool:
        row = self.write(
            lambda conn: conn.execute(
                select(LaneRow.owner, LaneRow.fence).where(LaneRow.id == lease.task.lane)
            ).one()
        )
        return (row.owner, row.fence) == (worker, lease.fence)

    @invariant()
    def every_lane_is_done_in_order_from_its_first_task(self) -> None:
        for name, keys in self.done.items():
            assert keys == self.added[name][: len(keys)]

    @invariant()
    def a_lane_with_work_is_ready_and_one_without_is_idle_or_owned(self) -> None:
        if not self.number:
            return
        for name in self.added:
            row = self.write(
                lambda conn, n=name: conn.execute(
                    select(LaneRow).where(LaneRow.id == lane(n))
                ).one()
            )
            if len(self.done[name]) < len(self.added[name]):
                assert row.ready_at is not None
            else:
                assert (row.owner, row.ready_at) == (None, None)

    def teardown(self) -> None:
        """At last one healthy worker does whatever is left."""
        try:
            self.write(lambda conn: conn.execute(delete(WorkerRow)))
            self.held.clear()
            self.beats("last")
            while heads := self.write(lambda conn: claim(conn, "last", 10**6, {"in": 9, "out": 0})):
                for head in heads:
                    following: Task | None = head
                    while following is not None:
                        lease = Lease(following, 10**6, lambda: True)
                        self.done[lease.task.lane[-1]].append(lease.task.key)
                        following = self.write(
                            lambda conn, ended=lease: settle(conn, "last", ended, Finish())
                        ).following
            for name, keys in self.added.items():
                assert self.done[name] == keys
        finally:
            self.runner.run(self.database.stop())
            self.runner.close()


def _clear(conn: Connection) -> None:
    for table in (LaneRow, TaskRow, TimerRow, WorkerRow):
        conn.execute(delete(table))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_order_holds_under_every_interleaving(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    class OfThisDatabase(Shop):
        url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")

    run_state_machine_as_test(
        OfThisDatabase,
        settings=settings(
            max_examples=30 if kind == "sqlite" else 15,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
