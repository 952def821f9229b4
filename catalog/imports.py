"""Running an import: read and check in a thread, write in small transactions, keep a report.

The writer is handed down, so that an import shares the database with everything else that
writes: a batch takes a few hundredths of a second, then others have their turn.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from sqlalchemy import Connection, insert

from catalog.importers import Reading, ReadOptions, RowError, UnreadableFileError
from catalog.records import Record, record_of
from catalog.reports import MAX_PROBLEMS, Report, correct_import
from catalog.tables import ImportRow
from catalog.vocabulary import Vocabulary, read_vocabulary
from catalog.writing import (
    BATCH,
    Imported,
    Seen,
    Stamp,
    absent,
    compare,
    hide_others,
    keep,
    put_records,
    raise_version,
    vanished,
)

# A feed that lost more than this share of a source's products is more likely broken than true.
HIDE_AT_MOST = 0.5
_FEW = 20
_NOTE_EVERY = 1.0


class Write(Protocol):
    """How the owner of the database runs a function of a connection in a transaction."""

    def __call__[T](self, fn: Callable[[Connection], T]) -> Awaitable[T]:
        """Return what `fn` returned, after the commit."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be imported and how.

    `complete` hides what is not in the files any more: all other products, or those of `source`.
    `careful` leaves them when more than half would go.
    """

    files: Sequence[tuple[str, Path | bytes]]
    options: ReadOptions = field(default_factory=ReadOptions)
    source: str = ""
    complete: bool = False
    careful: bool = False
    dry_run: bool = False
    note: str | None = None


Progress = Callable[[Report], None]


async def run_import(
    write: Write, plan: Plan, *, progress: Progress | None = None, id_: str | None = None
) -> Report:
    """Import and return the report; it is kept too, unless this is a dry run.

    `progress` gets the report so far about once a second. What is wrong with the files is told in
    the report; trouble with the database is raised, after it was noted where that was possible.
    """
    run = _Run(write, plan, progress, id_ or uuid4().hex)
    try:
        return await run.whole()
    except UnreadableFileError as error:
        return await run.failed(str(error))
    except asyncio.CancelledError:
        await run.failed("The import was broken off: the gateway was stopped.")
        raise
    except Exception as error:
        await run.failed(f"{type(error).__name__}: {error}")
        raise


class _Run:
    def __init__(self, write: Write, plan: Plan, progress: Progress | None, id_: str) -> None:
        self._write = write
        self._plan = plan
        self._progress = progress or (lambda _: None)
        self._at = datetime.now(UTC)
        self._seen = Seen()
        self._noted = time.monotonic()
        self._fatal = False
        self._behind = 0  # bytes of the files that are done
        self.report = Report(
            id=id_,
            source=plan.source,
            name=", ".join(name for name, _ in plan.files)[:500],
            state="running",
            dry_run=plan.dry_run,
            started_at=self._at,
            note=plan.note,
        )

    async def whole(self) -> Report:
        readings = [
            await asyncio.to_thread(Reading, content, self._plan.options)
            for _, content in self._plan.files
        ]
        kinds = list(dict.fromkeys(reading.kind.format for reading in readings))
        encodings = list(dict.fromkeys(reading.kind.encoding for reading in readings))
        self._set(
            format=kinds[0] if kinds else "",
            encoding=", ".join(encodings),
            size=sum(reading.size for reading in readings),
        )
        number, words = await self._write(self._begin)
        stamp = Stamp(number, self._plan.source)
        for reading in readings:
            await self._file(reading, stamp, words)
        await self._vanish(stamp)
        return await self._finish()

    async def failed(self, reason: str) -> Report:
        self._set(state="failed", note=reason, finished_at=datetime.now(UTC))
        await self._write(self._keep_report)
        return self.report

    def _begin(self, conn: Connection) -> tuple[int, Vocabulary]:
        if self._plan.dry_run:
            return 0, read_vocabulary(conn)
        conn.execute(insert(ImportRow), self.report.row())
        return raise_version(conn), read_vocabulary(conn)

    async def _file(self, reading: Reading, stamp: Stamp, words: Vocabulary) -> None:
        """Read the next batch while the last one is written."""
        batches = self._batches(reading, words)
        following = asyncio.create_task(asyncio.to_thread(next, batches, None))
        while (batch := await self._followed(following, reading)) is not None:
            following = asyncio.create_task(asyncio.to_thread(next, batches, None))
            try:
                await self._put(batch, stamp, self._behind + reading.read)
            except BaseException:
                await following
                raise
        self._behind += reading.size

    async def _followed[T](self, reading: asyncio.Task[T], file: Reading) -> T:
        """Wait for the next batch and tell meanwhile how far it is."""
        while not (await asyncio.wait({reading}, timeout=_NOTE_EVERY))[0]:
            self._set(read=self._behind + file.read)
            self._progress(self.report)
        return reading.result()

    def _batches(
        self, reading: Reading, words: Vocabulary
    ) -> Iterator[tuple[list[Record], list[RowError]]]:
        records: list[Record] = []
        errors: list[RowError] = []
        for row in reading.rows():
            product, found = self._seen.first(row)
            errors += found
            if product is not None:
                records.append(record_of(product, self._at, words))
            if len(records) >= BATCH or len(errors) >= BATCH:
                yield records, errors
                records, errors = [], []
        yield records, errors

    async def _put(
        self, batch: tuple[list[Record], list[RowError]], stamp: Stamp, read: int
    ) -> None:
        records, errors = batch
        self._fatal = self._fatal or any(error.fatal for error in errors)
        due = time.monotonic() - self._noted > _NOTE_EVERY
        before = self.report

        def write(conn: Connection) -> Imported:
            if self._plan.dry_run:
                return compare(conn, records)[0]
            done = put_records(conn, records, stamp)
            if due:
                self._keep(conn, before)
            return done

        done = await self._write(write) if records else Imported()
        self._set(read=read, **_counts(self.report, done))
        self._add(errors)
        if due:
            self._noted = time.monotonic()
            self._progress(self.report)

    async def _vanish(self, stamp: Stamp) -> None:
        everyone = not self._plan.source
        if not self._plan.complete:
            return
        if self._fatal or not self.report.products:
            self._set(note="The file could not be read to its end: nothing was hidden.")
            return

        def write(conn: Connection) -> tuple[int, str | None]:
            if self._plan.dry_run:
                return absent(conn, self._seen, stamp, everyone=everyone), None
            keep(conn, self._seen.faulty, stamp)
            lost, all_ = vanished(conn, stamp, everyone=everyone)
            if self._plan.careful and lost > _FEW and lost > all_ * HIDE_AT_MOST:
                return 0, (
                    f"{lost} of {all_} products are not in the feed any more. That looks like a "
                    "broken feed, so they were left; import it by hand if it is meant."
                )
            return hide_others(conn, stamp, everyone=everyone), None

        hidden, note = await self._write(write)
        self._set(hidden=hidden, note=note or self.report.note)

    async def _finish(self) -> Report:
        ended = {"state": "done", "read": self.report.size, "finished_at": datetime.now(UTC)}
        self._set(
            **ended, problems=tuple(sorted(self.report.problems, key=lambda p: (p.line, p.column)))
        )
        await self._write(self._keep_report)
        self._progress(self.report)
        return self.report

    def _keep_report(self, conn: Connection) -> None:
        self._keep(conn, self.report)

    def _keep(self, conn: Connection, report: Report) -> None:
        if not self._plan.dry_run:
            correct_import(conn, report)

    def _add(self, errors: Sequence[RowError]) -> None:
        room = MAX_PROBLEMS - len(self.report.problems)
        listed = (*self.report.problems, *errors[: max(room, 0)])
        count = self.report.problem_count + len(errors)
        self._set(problems=listed, problem_count=count)

    def _set(self, **values: Any) -> None:
        self.report = replace(self.report, **values)


def _counts(report: Report, done: Imported) -> dict[str, int]:
    told = asdict(done)
    return {
        name: getattr(report, name) + told[name]
        for name in ("products", "variants", "added", "changed", "unchanged", "returned")
    }
