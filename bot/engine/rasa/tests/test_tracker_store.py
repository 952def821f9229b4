"""Conversations stay short in memory, whole in SQL, and come back after a restart."""

import asyncio
import os
import tempfile
import unittest
import uuid
from pathlib import Path
from typing import Any, List

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    SlotSet,
    UserUttered,
)
from tracker_store import EVENTS, BoundedTrackerStore, LiveTracker

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "intents": ["greet"],
        "slots": {
            name: {
                "type": "any",
                "influence_conversation": False,
                "mappings": [{"type": "custom"}],
            }
            for name in ("shown", "flow", "language")
        },
    }
)


class TestBoundedTrackerStore(unittest.IsolatedAsyncioTestCase):
    """Runs on a SQLite file, or on the PostgreSQL database named by the environment."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "tracker.db"
        self.url = os.environ.get("DIALOGO_TEST_TRACKER_URL") or f"sqlite:///{self.file}"
        self.sender = uuid.uuid4().hex

    def store(self, **options: Any) -> BoundedTrackerStore:
        store = BoundedTrackerStore(DOMAIN, url=self.url, **options)
        self.addCleanup(store._engine.dispose)
        return store

    async def turns(self, store: BoundedTrackerStore, count: int, first: int = 0) -> LiveTracker:
        for number in range(first, first + count):
            tracker = await store.get_or_create_tracker(self.sender)
            tracker.update(
                UserUttered(f"message {number}", {"name": "greet"}, message_id=str(number))
            )
            tracker.update(SlotSet("shown", [number]))
            tracker.update(BotUttered(data={"custom": {"replies": [number]}}))
            tracker.update(ActionExecuted("action_listen"))
            await store.save(tracker)
        return tracker

    def rows(self, store: BoundedTrackerStore) -> int:
        where = EVENTS.c.sender_id == self.sender
        return int(store._rows(sa.select(sa.func.count()).where(where), {})[0][0])

    async def test_a_restart_keeps_slots_and_the_last_turns(self) -> None:
        before = self.store()
        first = await before.get_or_create_tracker(self.sender)
        first.update(SlotSet("language", "it"))
        await self.turns(before, 30)
        after = await self.store().retrieve(self.sender)
        self.assertEqual(after.get_slot("shown"), [29])
        self.assertEqual(after.get_slot("language"), "it")
        self.assertEqual(after.latest_message.message_id, "29")
        self.assertEqual(after.latest_action_name, "action_listen")
        self.assertEqual(len(said(after)), 6)

    async def test_memory_stays_flat_and_sql_keeps_everything(self) -> None:
        store = self.store()
        tracker = await self.turns(store, 100)
        self.assertLess(len(tracker.events), 60)
        self.assertEqual(tracker.get_slot("shown"), [99])
        self.assertEqual(self.rows(store), 100 * 4 + 1)
        whole = await store.retrieve_full_tracker(self.sender)
        self.assertEqual(len(said(whole)), 100)

    async def test_of_a_slot_that_a_turn_sets_twice_the_last_value_is_stored(self) -> None:
        store = self.store()
        tracker = await store.get_or_create_tracker(self.sender)
        tracker.update(UserUttered("hello", {"name": "greet"}, message_id="0"))
        for value in ("plan", "done"):
            tracker.update(SlotSet("flow", value))
            tracker.update(SlotSet("shown", [value]))
            tracker.update(DefinePrevUserUtteredFeaturization(False))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)
        again = await self.store().retrieve(self.sender)
        slots = [event.value for event in again.events if isinstance(event, SlotSet)]
        self.assertEqual(slots[-2:], ["done", ["done"]])
        self.assertEqual((again.get_slot("flow"), again.get_slot("shown")), ("done", ["done"]))
        self.assertEqual(self.rows(store), 5)

    async def test_a_cut_history_is_not_stored_again(self) -> None:
        store = self.store(turns_kept=2)
        await self.turns(store, 5)
        before = self.rows(store)
        await self.turns(store, 1, first=5)
        self.assertEqual(self.rows(store), before + 4)

    async def test_a_failed_turn_leaves_nothing(self) -> None:
        store = self.store()
        await self.turns(store, 1)
        tracker = await store.retrieve(self.sender)
        tracker.update(UserUttered("never answered", {"name": "greet"}, message_id="lost"))
        store.forget(self.sender)
        again = await store.retrieve(self.sender)
        self.assertEqual(again.latest_message.message_id, "0")

    async def test_what_another_engine_has_done_is_seen(self) -> None:
        here, there = self.store(), self.store()
        await self.turns(here, 2)
        await there.catch_up(self.sender)
        await self.turns(there, 1, first=2)
        await here.catch_up(self.sender)
        seen = await here.retrieve(self.sender)
        self.assertEqual(seen.latest_message.message_id, "2")
        await self.turns(here, 1, first=3)
        self.assertEqual(self.rows(here), 4 * 4 + 1)

    async def test_only_so_many_conversations_stay_in_memory(self) -> None:
        store = self.store(live=3)
        for number in range(10):
            self.sender = f"{self.sender[:20]}-{number}"
            await self.turns(store, 1)
        self.assertEqual(len(store._live), 3)

    async def test_rasas_own_store_reads_the_same_table(self) -> None:
        if not self.url.startswith("sqlite"):
            self.skipTest("Rasa's store is pointed at the SQLite file")
        await self.turns(self.store(), 3)
        theirs = SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(self.file))
        tracker = await theirs.retrieve(self.sender)
        theirs.engine.dispose()
        self.assertEqual(tracker.get_slot("shown"), [2])
        self.assertEqual(len(said(tracker)), 3)

    async def test_many_conversations_at_once_do_not_mix(self) -> None:
        store = self.store()

        async def one(name: str) -> List[str]:
            for number in range(5):
                tracker = await store.get_or_create_tracker(name)
                tracker.update(UserUttered(f"{name} {number}", {"name": "greet"}))
                await store.save(tracker)
            return said(await self.store().retrieve(name))

        names = [f"{self.sender[:20]}-{number}" for number in range(8)]
        for name, texts in zip(names, await asyncio.gather(*map(one, names)), strict=False):
            self.assertEqual(texts, [f"{name} {number}" for number in range(5)])


def said(tracker: Any) -> List[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


if __name__ == "__main__":
    unittest.main()
