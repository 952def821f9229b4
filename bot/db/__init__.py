"""The database: table base, one writer, async reads, migrations. Import from here."""

from bot.db.base import Json, Table, insert_new, new_id, now
from bot.db.clock import clock
from bot.db.database import Database
from bot.db.guard import serialise
from bot.db.prepared import run, run_many
from bot.db.signals import notify
from bot.db.upgrades import migrate
from bot.db.writers import DATABASE_TROUBLE

__all__ = [
    "DATABASE_TROUBLE",
    "Database",
    "Json",
    "Table",
    "clock",
    "insert_new",
    "migrate",
    "new_id",
    "notify",
    "now",
    "run",
    "run_many",
    "serialise",
]
