"""The database: table base, one writer, async reads, migrations. Import from here."""

from bot.db.base import Json, Table, insert_new, new_id, now
from bot.db.clock import clock
from bot.db.database import Database
from bot.db.guard import serialise
from bot.db.migrate import migrate
from bot.db.signals import notify

__all__ = [
    "Database",
    "Json",
    "Table",
    "clock",
    "insert_new",
    "migrate",
    "new_id",
    "notify",
    "now",
    "serialise",
]
