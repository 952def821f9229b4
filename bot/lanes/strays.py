"""Lanes that this worker owns on paper and does not work on.

When the connection is lost in the middle of a COMMIT, nobody knows whether lanes were taken. If
they were, they would wait for as long as this worker lives.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select

from bot.db import Database
from bot.lanes.beat import free_named
from bot.lanes.tables import LaneRow

_OWNED = select(LaneRow.id, LaneRow.fence).where(LaneRow.owner == bindparam("me"))


class Strays:
    """Finds them by looking twice: what is being taken right now is no stray."""

    def __init__(self, database: Database, worker: str) -> None:
        self._database = database
        self._worker = worker
        self._suspected: set[tuple[str, int]] = set()

    async def free(self, running: Mapping[str, int]) -> int:
        """Free what was owned and not run at the last look and is so still; return how many."""
        async with self._database.sessions() as session:
            rows = (await session.execute(_OWNED, {"me": self._worker})).all()
        strange = {(row.id, row.fence) for row in rows} - set(running.items())
        certain, self._suspected = strange & self._suspected, strange
        if not certain:
            return 0
        lanes = sorted(lane for lane, _ in certain)

        def work(conn: Connection) -> int:
            return free_named(conn, self._worker, lanes)

        return await self._database.write(work)
