"""The database: table base, one writer, async reads, migrations. Import from here."""

from bot.db.base import Json, Table, insert_new, new_id, now

__all__ = ["Json", "Table", "insert_new", "new_id", "now"]
