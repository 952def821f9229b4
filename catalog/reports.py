"""What an import did, as it is shown and kept."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.importers import RowError
from catalog.records import milliseconds
from catalog.tables import ImportRow

# Nobody reads more; the number of all of them is kept beside.
MAX_PROBLEMS = 1000
_KEPT = 500  # reports
_LONGEST = 6 * 3600 * 1000
_COUNTS = ("products", "variants", "added", "changed", "unchanged", "returned", "hidden")


@dataclass(frozen=True, slots=True)
class Report:
    """The state of one import: `running`, `done`, `same` (nothing new there) or `failed`."""

    id: str
    source: str
    name: str
    state: str
    started_at: datetime
    finished_at: datetime | None = None
    format: str = ""
    encoding: str = ""
    read: int = 0
    size: int = 0
    products: int = 0
    variants: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    returned: int = 0
    hidden: int = 0
    problem_count: int = 0
    problems: tuple[RowError, ...] = ()
    note: str | None = None
    dry_run: bool = False

    def row(self) -> dict[str, Any]:
        """Return the report as the row that is kept."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        return {
            "id": self.id,
            "source": self.source,
            "name": self.name,
            "format": self.format,
            "state": self.state,
            "started_at": milliseconds(self.started_at),
            "finished_at": milliseconds(self.finished_at) if self.finished_at else None,
            "read": self.read,
            "size": self.size,
            "counts": {**counts, "encoding": self.encoding},
            "problems": [asdict(problem) for problem in self.problems],
            "problem_count": self.problem_count,
            "note": self.note,
        }

    @classmethod
    def of(cls, row: Any) -> "Report":
        """Read a report back from its row."""
        return cls(
            id=row.id,
            source=row.source,
            name=row.name,
            format=row.format,
            state=row.state,
            started_at=_moment(row.started_at),
            finished_at=_moment(row.finished_at) if row.finished_at else None,
            read=row.read,
            size=row.size,
            problems=tuple(RowError(**problem) for problem in row.problems),
            problem_count=row.problem_count,
            note=row.note,
            **row.counts,
        )


async def find_import(session: AsyncSession, id_: str) -> Report | None:
    """Return the report of an import with its problems, None when nobody knows it."""
    row = await session.execute(select(ImportRow.__table__).where(ImportRow.id == id_))
    found = row.first()
    return Report.of(found) if found else None


async def list_imports(
    session: AsyncSession, *, source: str | None = None, before: int | None = None, limit: int = 50
) -> list[Report]:
    """Return reports, newest first; `before` is a start in milliseconds since 1970."""
    wanted = select(ImportRow.__table__).order_by(ImportRow.started_at.desc(), ImportRow.id)
    if source is not None:
        wanted = wanted.where(ImportRow.source == source)
    if before is not None:
        wanted = wanted.where(ImportRow.started_at < before)
    return [Report.of(row) for row in await session.execute(wanted.limit(limit))]


def forget_imports(conn: Connection) -> int:
    """Delete all but the newest reports and return how many went.

    One that has been running for hours belongs to a process that died.
    """
    long_ago = ImportRow.started_at < milliseconds(datetime.now(UTC)) - _LONGEST
    _end(conn, long_ago)
    newest = select(ImportRow.id).order_by(ImportRow.started_at.desc()).limit(_KEPT)
    kept = set(conn.scalars(newest))
    old = [id_ for id_ in conn.scalars(select(ImportRow.id)) if id_ not in kept]
    for start in range(0, len(old), 500):
        conn.execute(delete(ImportRow).where(ImportRow.id.in_(old[start : start + 500])))
    return len(old)


def correct_import(conn: Connection, report: Report) -> None:
    """Write a report anew, for instance because its source broke off."""
    values = report.row()
    id_ = values.pop("id")
    conn.execute(update(ImportRow).where(ImportRow.id == id_).values(**values))


def end_broken_imports(conn: Connection) -> int:
    """Mark imports as failed that a process left running when it died; for a start alone."""
    return _end(conn, true())


def _end(conn: Connection, which: ColumnElement[bool]) -> int:
    values = {"state": "failed", "note": "The process that ran this import was stopped."}
    running = ImportRow.state == "running", which
    return int(conn.execute(update(ImportRow).where(*running).values(**values)).rowcount)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)
