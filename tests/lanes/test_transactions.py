"""INGEST, CLAIM, FINISH, RETRY, DEAD and BEAT, one by one."""

import asyncio

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.db import Database, now
from bot.lanes import (
    BucketRow,
    Dead,
    Finish,
    LaneRow,
    Later,
    Retry,
    add_tasks,
    hurry,
)
from bot.lanes.beat import beat, free_all, leave
from bot.lanes.claim import TOGETHER
from bot.lanes.settle import EffectFailedError, Settled, settle
from bot.lanes.tables import WorkerRow
from bot.lanes.work import Result
from tests.lanes.work import adding, lane, lane_row, lease, sending, take, task, tasks_of


async def test_a_key_is_kept_once(database: Database) -> None:
    assert await database.write(adding(task("one"), task("two"), task("one"))) == ["one", "two"]
    assert await database.write(adding(task("two"), task("three"))) == ["three"]
    kept = await tasks_of(database)
    assert [row.key for row in kept] == ["one", "two", "three"]
    assert [row.seq for row in kept] == sorted({row.seq for row in kept})


async def test_the_order_of_a_batch_is_the_order_of_the_lane(database: Database) -> None:
    keys = [f"{name}{number}" for number in range(5) for name in "ba"]
    batch = [task(key, lane(key[0])) for key in keys]
    assert await database.write(lambda conn: add_tasks(conn, batch)) == keys
    assert [row.key for row in await tasks_of(database)] == sorted(keys)


async def test_the_same_key_from_two_gateways_at_once_is_kept_once(postgres_url: str) -> None:
    one, two = Database(postgres_url), Database(postgres_url)
    await one.start()
    await two.start()
    new: list[str] = []
    for number in range(30):
        key = f"k{number}"
        for added in await asyncio.gather(
            one.write(adding(task(key))), two.write(adding(task(key)))
        ):
            new += added
    assert sorted(new) == sorted(f"k{number}" for number in range(30))
    taken = await take(one)
    assert [head.key for head in taken] == ["k0"]
    await one.stop()
    await two.stop()


async def test_a_lane_is_claimed_by_one_worker_and_shows_its_head(database: Database) -> None:
    await database.write(adding(task("one"), task("two")))
    (head,) = await take(database, "w1")
    assert (head.key, head.seq, head.tries, head.maybe_sent) == ("one", 1, 0, None)
    assert head.data == {"key": "one"}
    assert await take(database, "w2") == []
    row = await lane_row(database)
    assert (row.owner, row.fence) == ("w1", 1)


async def test_claims_leave_no_more_lanes_than_there_is_room_for(database: Database) -> None:
    for name in "abcde":
        await database.write(
            adding(task(f"in {name}", lane(name)), task(f"out {name}", sending(name)))
        )
    assert len(await take(database, room=2)) == 4
    assert len(await take(database, "w2", room=10)) == 6


async def test_the_lane_that_waits_longest_is_claimed_first(database: Database) -> None:
    for name in "cab":
        await database.write(adding(task(name, lane(name))))
        await asyncio.sleep(0.003)
    firsts = [(await take(database, room=1))[0].key for _ in range(3)]
    assert firsts == ["c", "a", "b"]


async def test_finishing_the_head_brings_the_next_and_at_last_an_idle_lane(
    database: Database,
) -> None:
    await database.write(adding(task("one"), task("two")))
    (head,) = await take(database)
    settled = await database.write(lambda conn: settle(conn, "w1", lease(head), Finish()))
    assert settled.held
    assert settled.following is not None
    assert settled.following.key == "two"
    following = settled.following
    settled = await database.write(lambda conn: settle(conn, "w1", lease(following), Finish()))
    assert settled == Settled(held=True)
    row = await lane_row(database)
    assert (row.owner, row.ready_at) == (None, None)
    assert [row.state for row in await tasks_of(database)] == ["d", "d"]


async def test_a_task_added_while_its_lane_is_worked_on_is_not_forgotten(
    database: Database,
) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database)
    await database.write(adding(task("two")))
    assert await take(database, "w2") == []
    settled = await database.write(lambda conn: settle(conn, "w1", lease(head), Finish()))
    assert settled.following is not None
    assert settled.following.key == "two"


@pytest.mark.parametrize(
    "result", [Finish(), Retry("no", 0), Later(0), Dead("no")], ids=lambda r: type(r).__name__
)
async def test_a_worker_that_was_fenced_off_writes_nothing(
    database: Database, result: Result
) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database, "w1", fence=1)
    await database.write(free_all)
    (again,) = await take(database, "w1", fence=2)  # the same worker, another taking
    ran: list[str] = []

    def effect(_conn: Connection) -> None:
        ran.append("effect")

    late = type(result)(*[getattr(result, name) for name in result.__slots__ if name != "effect"])
    object.__setattr__(late, "effect", effect)
    settled = await database.write(lambda conn: settle(conn, "w1", lease(head, 1), late))
    assert settled == Settled(held=False)
    assert ran == []
    (row,) = await tasks_of(database)
    assert (row.state, row.tries, row.error) == ("q", 0, None)
    settled = await database.write(lambda conn: settle(conn, "w1", lease(again, 2), Finish()))
    assert settled.held


async def test_an_effect_is_kept_with_the_end_of_its_task(database: Database) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database)
    effect = adding(task("reply", sending(), "send"))
    await database.write(lambda conn: settle(conn, "w1", lease(head), Finish(effect)))
    assert [(row.key, row.state) for row in await tasks_of(database)] == [
        ("one", "d"),
        ("reply", "q"),
    ]


async def test_a_failing_effect_undoes_the_end_of_its_task(database: Database) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database)

    def effect(conn: Connection) -> None:
        add_tasks(conn, [task("reply", sending(), "send")])
        raise LookupError("nothing there")

    with pytest.raises(EffectFailedError, match="nothing there"):
        await database.write(lambda conn: settle(conn, "w1", lease(head), Finish(effect)))
    assert [(row.key, row.state) for row in await tasks_of(database)] == [("one", "q")]
    assert (await lane_row(database)).owner == "w1"


async def test_a_retry_makes_the_lane_wait_and_keeps_its_order(database: Database) -> None:
    await database.write(adding(task("one"), task("two")))
    (head,) = await take(database)
    retry = Retry("not now", 0.15)
    await database.write(lambda conn: settle(conn, "w1", lease(head), retry))
    assert await take(database) == []
    await asyncio.sleep(0.2)
    (again,) = await take(database, fence=2)
    assert (again.key, again.tries) == ("one", 1)
    assert (await tasks_of(database))[0].error == "not now"


async def test_a_retry_says_since_when_the_outcome_is_unknown(database: Database) -> None:
    await database.write(adding(task("one", sending(), "send")))
    (head,) = await take(database)
    unsure = Retry("no answer", 0, unsure=True)
    await database.write(lambda conn: settle(conn, "w1", lease(head), unsure))
    (again,) = await take(database)
    assert again.maybe_sent is not None
    assert abs(again.maybe_sent - now()) < 5_000
    await database.write(lambda conn: settle(conn, "w1", lease(again), Retry("refused", 0)))
    (sure,) = await take(database)
    assert sure.maybe_sent is None


async def test_waiting_counts_no_try(database: Database) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database)
    await database.write(lambda conn: settle(conn, "w1", lease(head), Later(0)))
    (again,) = await take(database)
    assert again.tries == 0


async def test_a_beating_worker_keeps_its_lanes(database: Database) -> None:
    await database.write(adding(task("one")))
    await database.write(lambda conn: beat(conn, "w1", 10))
    await take(database, "w1")
    assert await database.write(lambda conn: beat(conn, "w2", 10)) == 0
    assert (await lane_row(database)).owner == "w1"


async def test_a_silent_worker_loses_its_lanes_and_its_row(database: Database) -> None:
    await database.write(adding(task("turn"), task("reply", sending(), "send")))
    await database.write(lambda conn: beat(conn, "w1", 0.05))
    await take(database, "w1")
    await asyncio.sleep(0.1)
    assert await database.write(lambda conn: beat(conn, "w2", 10)) == 2
    turn, reply = sorted(await take(database, "w2", 7), key=lambda head: head.lane)
    assert turn.maybe_sent is None
    assert reply.maybe_sent is not None  # it may have been sent by the dead one
    async with database.sessions() as session:
        assert list(await session.scalars(select(WorkerRow.id))) == ["w2"]


async def test_what_a_dead_worker_did_in_one_go_may_have_been_sent(
    database: Database,
) -> None:
    await database.write(
        adding(*(task(f"k{n}", sending(), "send") for n in range(TOGETHER["out"] + 2)))
    )
    await take(database, "dead")
    await database.write(lambda conn: beat(conn, "w2", 10))
    unsure = [row.maybe_sent is not None for row in await tasks_of(database)]
    assert unsure == [True] * TOGETHER["out"] + [False, False]


async def test_a_worker_that_leaves_frees_its_own_lanes_only(database: Database) -> None:
    await database.write(adding(task("one", lane("a")), task("two", lane("b"))))
    for worker in ("w1", "w2"):
        await database.write(lambda conn, w=worker: beat(conn, w, 10))
        await take(database, worker, room=1)
    assert await database.write(lambda conn: leave(conn, "w1")) == 1
    owners = {(await lane_row(database, lane(name))).owner for name in "ab"}
    assert owners == {None, "w2"}


async def test_lanes_of_paused_accounts_are_not_claimed(database: Database) -> None:
    paused = {
        "account": "test:shop",
        "tokens": 1,
        "refilled_at": 0,
        "paused_until": now() + 60_000,
    }
    await database.write(lambda conn: conn.execute(insert(BucketRow), paused))
    await database.write(adding(task("turn"), task("reply", sending(), "send")))
    assert [head.key for head in await take(database)] == ["turn"]
    await database.write(lambda conn: conn.execute(update(BucketRow).values(paused_until=1)))
    assert [head.key for head in await take(database)] == ["reply"]


async def test_a_waiting_lane_can_be_hurried_and_an_owned_one_is_left_alone(
    database: Database,
) -> None:
    await database.write(adding(task("one")))
    (head,) = await take(database)
    await database.write(lambda conn: hurry(conn, [lane()]))
    assert (await lane_row(database)).owner == "w1"
    await database.write(lambda conn: settle(conn, "w1", lease(head), Later(60)))
    assert await take(database) == []
    await database.write(lambda conn: hurry(conn, [lane()]))
    assert len(await take(database)) == 1


async def test_a_lane_without_tasks_becomes_idle_when_it_is_claimed(database: Database) -> None:
    empty = {
        "id": lane(),
        "side": "in",
        "account": "a",
        "next_seq": 5,
        "ready_at": 1,
        "owner": None,
        "fence": 0,
    }
    await database.write(lambda conn: conn.execute(insert(LaneRow), empty))
    assert await take(database) == []
    row = await lane_row(database)
    assert (row.owner, row.ready_at) == (None, None)


async def test_a_lane_must_be_on_a_side(database: Database) -> None:
    with pytest.raises(ValueError, match="in: or out:"):
        await database.write(adding(task("one", "sideways:x")))
