"""Keeps conversations live in memory and what their turns leave in SQL.

Rasa's own stores rebuild a conversation from all its events at every message, so a turn gets slower
with every turn before it. Here the last turns stay in memory as they are, new events are appended
to SQL before the answer leaves, and a conversation that is not in memory is read back from its last
turns. The table has the columns of Rasa's `SQLTrackerStore`, so its export tools can read it.
"""

import asyncio
import json
from collections import OrderedDict
from functools import partial
from typing import Any, Callable, Dict, Iterable, List, Optional, Text

import sqlalchemy as sa
import ujson
from kept import row_of, worth_keeping
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

METADATA = sa.MetaData()
BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("id", BIG_ID, primary_key=True, autoincrement=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
    sa.Index("ix_events_sender_id_id", "sender_id", "id"),
)
# The slots as they were after the last turn: what a cut history cannot tell any more.
SLOTS = sa.Table(
    "event_slots",
    METADATA,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("last_id", BIG_ID, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)
SENDER = sa.bindparam("sender")
LAST_ID = sa.select(SLOTS.c.last_id).where(SLOTS.c.sender_id == SENDER)
READ_SLOTS = sa.select(SLOTS.c.last_id, SLOTS.c.data).where(SLOTS.c.sender_id == SENDER)
NEWEST = (
    sa.select(EVENTS.c.data)
    .where(EVENTS.c.sender_id == SENDER, EVENTS.c.id >= sa.bindparam("first"))
    .order_by(EVENTS.c.id)
)
TURN_BEGINS = (
    sa.select(EVENTS.c.id)
    .where(EVENTS.c.sender_id == SENDER, EVENTS.c.type_name == "user")
    .order_by(EVENTS.c.id.desc())
    .limit(sa.bindparam("turns"))
)
ALL = sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == SENDER).order_by(EVENTS.c.id)
# The two statements of every turn, handed to the driver as they are: composing them anew cost more
# than running them.
APPEND = EVENTS.insert().values(
    {column.name: sa.bindparam(column.name) for column in EVENTS.c if column.name != "id"}
)
REMEMBER = sa.text(
    "INSERT INTO event_slots (sender_id, last_id, data) VALUES "
    "(:sender, (SELECT max(id) FROM events WHERE sender_id = :sender), :data) "
    "ON CONFLICT (sender_id) DO UPDATE SET last_id = excluded.last_id, data = excluded.data "
    "RETURNING last_id"
)


class LiveTracker(DialogueStateTracker):
    """A conversation in memory; `saved` of its events are in SQL, the newest as `last_id`."""

    saved = 0
    last_id = 0


class BoundedTrackerStore(TrackerStore):
    """A tracker store whose cost per turn does not grow with the conversation."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        host: Optional[Text] = None,
        url: Optional[Text] = None,
        turns_kept: int = 6,
        live: int = 400,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._turns_kept = turns_kept
        self._most_live = live
        self._live: "OrderedDict[Text, LiveTracker]" = OrderedDict()
        self._engine = _connect(url or host or "sqlite://")
        METADATA.create_all(self._engine)
        # SQLite answers in microseconds, a server on the network must not hold up other turns. What
        # every turn does is told to its driver directly: SQLAlchemy's share was as long again.
        self._inline = self._engine.dialect.name == "sqlite"
        self._file: Any = self._engine.raw_connection().dbapi_connection if self._inline else None
        self._append_sql, self._remember_sql, self._last_id_sql = (
            str(statement.compile(dialect=self._engine.dialect))
            for statement in (APPEND, REMEMBER, LAST_ID)
        )

    def init_tracker(self, sender_id: Text) -> LiveTracker:
        """Return an empty conversation."""
        return LiveTracker(sender_id, self.domain.slots)

    async def catch_up(self, sender_id: Text) -> None:
        """Forget a conversation in memory that another engine has continued since.

        Called once at the beginning of a turn, under the conversation's lock.
        """
        live = self._live.get(sender_id)
        if live is not None and await self._run(partial(self._last_id, sender_id)) != live.last_id:
            self.forget(sender_id)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """Return the conversation from memory, else from its last turns in SQL."""
        live = self._live.get(sender_id)
        if live is None:
            live = await self._run(partial(self._read, sender_id))
        if live is not None:
            self._keep(live)
        return live

    async def create_tracker(
        self, sender_id: Text, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """Begin a conversation; it is stored with its first turn, whole or not at all."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        self._keep(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append what is new, then cut the history in memory at the beginning of a turn."""
        if not isinstance(tracker, LiveTracker):
            raise TypeError("Only conversations that this store handed out can be saved")
        new = worth_keeping(list(tracker.events)[tracker.saved :])
        if new:
            tracker.last_id = await self._run(partial(self._append, tracker, new))
            await self._tell(tracker.sender_id, new)
        self._cut(tracker)

    def forget(self, sender_id: Text) -> None:
        """Drop what is in memory: after a failed turn the truth is in SQL."""
        self._live.pop(sender_id, None)

    async def retrieve_full_tracker(self, conversation_id: Text) -> Optional[DialogueStateTracker]:
        """Return a conversation with all its events, built anew."""
        rows = await self._run(partial(self._rows, ALL, {"sender": conversation_id}))
        if not rows:
            return None
        events = [json.loads(data) for (data,) in rows]
        return DialogueStateTracker.from_dict(conversation_id, events, self.domain.slots)

    async def keys(self) -> Iterable[Text]:
        """Return the ids of all conversations."""
        rows = await self._run(partial(self._rows, sa.select(SLOTS.c.sender_id), {}))
        return [sender for (sender,) in rows]

    async def _run(self, work: Callable[[], Any]) -> Any:
        if self._inline:
            return work()
        return await asyncio.get_running_loop().run_in_executor(None, work)

    async def _tell(self, sender_id: Text, events: List[Event]) -> None:
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, events, sender_id)

    def _keep(self, tracker: LiveTracker) -> None:
        self._live[tracker.sender_id] = tracker
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > self._most_live:
            self._live.popitem(last=False)

    def _rows(self, statement: Any, values: Dict[Text, Any]) -> List[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement, values))

    def _last_id(self, sender_id: Text) -> int:
        if self._file is not None:
            row = self._file.execute(self._last_id_sql, {"sender": sender_id}).fetchone()
            return row[0] if row else 0
        with self._engine.connect() as connection:
            last = connection.exec_driver_sql(self._last_id_sql, {"sender": sender_id}).scalar()
        return last or 0

    def _append(self, tracker: DialogueStateTracker, events: List[Event]) -> int:
        sender = tracker.sender_id
        rows = [row_of(sender, event) for event in events]
        slots = {"sender": sender, "data": ujson.dumps(dict(_facts(tracker)))}
        if self._file is not None:
            with self._file:  # one transaction
                self._file.executemany(self._append_sql, rows)
                row = self._file.execute(self._remember_sql, slots).fetchone()
            return int(row[0])
        with self._engine.begin() as connection:
            connection.exec_driver_sql(self._append_sql, rows)
            last_id: int = connection.exec_driver_sql(self._remember_sql, slots).scalar()
        return last_id

    def _read(self, sender_id: Text) -> Optional[LiveTracker]:
        with self._engine.connect() as connection:
            row = connection.execute(READ_SLOTS, {"sender": sender_id}).first()
            if row is None:
                return None
            begins = connection.execute(
                TURN_BEGINS, {"sender": sender_id, "turns": self._turns_kept}
            ).scalars()
            first = min(begins, default=0)
            rows = connection.execute(NEWEST, {"sender": sender_id, "first": first}).scalars()
            events = [Event.from_parameters(json.loads(data)) for data in rows]
        tracker = self.init_tracker(sender_id)
        slots = json.loads(row.data)
        for event in _head(slots.items()) + [event for event in events if event is not None]:
            tracker.update(event)
        tracker.saved = len(tracker.events)
        tracker.last_id = row.last_id
        return tracker

    def _cut(self, tracker: LiveTracker) -> None:
        """Keep the last turns; twice as many may gather, so that not every turn pays for it."""
        events = list(tracker.events)
        # By name: a class of events is abstract, and asking for it takes longer than the rest.
        begins = [i for i, event in enumerate(events) if event.type_name == UserUttered.type_name]
        if len(begins) >= 2 * self._turns_kept:
            events = _head(_facts(tracker)) + events[begins[-self._turns_kept] :]
            tracker.events.clear()
            tracker.events.extend(events)
        tracker.saved = len(tracker.events)


def _connect(url: Text) -> sa.engine.Engine:
    """Open the database; SQLite keeps its log in WAL and survives a killed process."""
    if not url.startswith("sqlite"):
        plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
        return sa.create_engine(plain, pool_size=8, max_overflow=8, pool_pre_ping=True)
    engine = sa.create_engine(
        url,
        paramstyle="named",
        poolclass=sa.pool.StaticPool,
        connect_args={"check_same_thread": False, "timeout": 10},
    )

    @sa.event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine


def _head(slots: Iterable[Any]) -> List[Event]:
    """Begin a cut history: a session, the slots as they are, and the bot listening."""
    remembered = [SlotSet(key, value) for key, value in slots]
    return [SessionStarted(), *remembered, ActionExecuted(ACTION_LISTEN_NAME)]


def _facts(tracker: DialogueStateTracker) -> List[Any]:
    return [(key, slot.value) for key, slot in tracker.slots.items() if slot.value is not None]
