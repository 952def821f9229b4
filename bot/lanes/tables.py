"""Lanes, the tasks in them, timers, and who works: the tables of durable, ordered work."""

from typing import Any

from sqlalchemy import BigInteger, Float, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Table

_READY = text("owner IS NULL AND ready_at IS NOT NULL")
_OWNED = text("owner IS NOT NULL")
_QUEUED = text("state = 'q'")
_DONE = text("state = 'd'")
_DEAD = text("state = 'x'")


class LaneRow(Table):
    """A queue that one worker at a time works on: that is the order guarantee.

    `ready_at` is NULL while the lane is empty, `owner` while nobody works on it. `fence` is
    another number for every taking, so that a worker which lost a lane and took it again does not
    mistake the old result for the new one.
    """

    __tablename__ = "lane"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    side: Mapped[str] = mapped_column(String(3))  # in | out, the first part of the id
    account: Mapped[str] = mapped_column(String(130))
    next_seq: Mapped[int] = mapped_column(BigInteger)
    ready_at: Mapped[int | None] = mapped_column(BigInteger)
    owner: Mapped[str | None] = mapped_column(String(80))
    fence: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_lane_ready", "side", "ready_at", sqlite_where=_READY, postgresql_where=_READY),
        Index("ix_lane_owner", "owner", sqlite_where=_OWNED, postgresql_where=_OWNED),
    )


class TaskRow(Table):
    """A piece of work; the queued one with the lowest number is the lane's head.

    `state` is "q" queued (or running: the head of an owned lane), "d" done, "x" dead letter.
    `maybe_sent` is since when nobody knows whether the head's message has gone out.
    """

    __tablename__ = "task"

    lane: Mapped[str] = mapped_column(String(200), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(250), unique=True)
    data: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(1))
    tries: Mapped[int] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(Text)
    maybe_sent: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[int] = mapped_column(BigInteger)
    done_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_task_queued", "lane", "seq", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_task_done", "done_at", sqlite_where=_DONE, postgresql_where=_DONE),
        Index("ix_task_dead", "done_at", sqlite_where=_DEAD, postgresql_where=_DEAD),
    )


class TimerRow(Table):
    """Something that shall become a task of a lane at a moment, once."""

    __tablename__ = "timer"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    lane: Mapped[str] = mapped_column(String(200))
    account: Mapped[str] = mapped_column(String(130))
    data: Mapped[dict[str, Any]]
    due_at: Mapped[int] = mapped_column(BigInteger, index=True)


class WorkerRow(Table):
    """A process that works; without a beat within its lease it is dead (PostgreSQL)."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    beat: Mapped[int] = mapped_column(BigInteger)
    lease: Mapped[int] = mapped_column(BigInteger)


class BucketRow(Table):
    """The rate limit of one number, page or site; its out-lanes wait while it is paused."""

    __tablename__ = "bucket"

    account: Mapped[str] = mapped_column(String(130), primary_key=True)
    tokens: Mapped[float] = mapped_column(Float)
    refilled_at: Mapped[int] = mapped_column(BigInteger)
    paused_until: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(Text)
