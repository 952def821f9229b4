"""Durable, ordered work: lanes of tasks, and the worker that does them. Import from here."""

from bot.lanes.attempts import backoff
from bot.lanes.beat import fire
from bot.lanes.ingest import TOPIC, add_tasks, hold
from bot.lanes.letters import DeadLetter, Waiting, dead_letters, hurry, replay, waiting
from bot.lanes.tables import BucketRow, LaneRow, TaskRow, TimerRow
from bot.lanes.work import (
    Dead,
    Finish,
    Handler,
    Later,
    Lease,
    NewTask,
    Result,
    Retry,
    Task,
    in_lane,
    out_lane,
)
from bot.lanes.worker import Worker

__all__ = [
    "TOPIC",
    "BucketRow",
    "Dead",
    "DeadLetter",
    "Finish",
    "Handler",
    "LaneRow",
    "Later",
    "Lease",
    "NewTask",
    "Result",
    "Retry",
    "Task",
    "TaskRow",
    "TimerRow",
    "Waiting",
    "Worker",
    "add_tasks",
    "backoff",
    "dead_letters",
    "fire",
    "hold",
    "hurry",
    "in_lane",
    "out_lane",
    "replay",
    "waiting",
]
