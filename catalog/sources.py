"""Where products come from again and again: feeds, folders and shops, with their last result."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.importers import FORMATS, ReadOptions
from catalog.products import Shape
from catalog.records import milliseconds
from catalog.reports import Report
from catalog.tables import ImportRow, ProductRow, SourceRow, VariantRow

Kind = Literal["url", "folder", "shopify", "woocommerce"]
NAME = "^[a-z][a-z0-9_]{0,39}$"
# A broken source is tried again sooner than a good one is read again, but not in a rush.
_FIRST_RETRY = 60
# Milliseconds for which a process that reads a source has it; it asks for more while it lives.
LEASE = 120_000
_MINUTE = 60


class FeedOptions(Shape):
    """How a source is read."""

    format: str = "auto"
    language: str = ""
    currency: str = Field("EUR", pattern="^[A-Z]{3}$")
    base_url: str = ""
    complete: bool = Field(True, description="Products that vanished from it are hidden.")
    allow_private: bool = Field(False, description="It may lie in the private network.")
    full_hours: int = Field(24, ge=1, description="Shops are read as a whole this often.")

    @field_validator("format")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ("auto", *FORMATS):
            raise ValueError(f'"{value}" is not a format: auto, {", ".join(FORMATS)}')
        return value

    def reading(self) -> ReadOptions:
        """Return what the readers of files want to know."""
        return ReadOptions(self.format, self.language, self.currency, self.base_url)


class Feed(Shape):
    """A feed's address, a folder or a shop."""

    name: str = Field(pattern=NAME)
    kind: Kind
    address: str = Field(min_length=1, max_length=2000)
    every: int = Field(3600, ge=_MINUTE, description="Seconds from one reading to the next.")
    options: FeedOptions = FeedOptions()

    @model_validator(mode="after")
    def _address_fits(self) -> "Feed":
        web = self.address.startswith(("http://", "https://"))
        if self.kind in ("url", "woocommerce") and not web:
            raise ValueError("address: begin it with https://")
        if self.kind == "folder" and not self.address.startswith("/"):
            raise ValueError("address: give the whole path of the folder, from the root")
        return self


@dataclass(frozen=True, slots=True)
class FeedState:
    """A source as it is now: what it is, when it is read next, what came of the last time."""

    feed: Feed
    state: dict[str, Any]
    next_at: datetime
    failures: int = 0
    last: Report | None = None


def put_source(conn: Connection, feed: Feed, *, now: int) -> None:
    """Add a source, or change a known one; it is read at once (`now` in milliseconds)."""
    values = {
        "kind": feed.kind,
        "address": feed.address,
        "every": feed.every,
        "options": feed.options.model_dump(mode="json"),
        "state": {},
        "next_at": now,
    }
    known = SourceRow.name == feed.name
    if conn.execute(update(SourceRow).where(known).values(**values)).rowcount == 0:
        fresh = {"name": feed.name, "claimed_until": 0, "failures": 0}
        conn.execute(insert(SourceRow), {**values, **fresh})


def remove_source(conn: Connection, name: str) -> bool:
    """Forget a source and return whether it was known; its products stay."""
    return conn.execute(delete(SourceRow).where(SourceRow.name == name)).rowcount > 0


async def list_sources(session: AsyncSession) -> list[FeedState]:
    """Return every source with its last result."""
    joined = select(SourceRow.__table__, *_last()).outerjoin(
        ImportRow, ImportRow.id == SourceRow.last_import
    )
    rows = await session.execute(joined.order_by(SourceRow.name))
    return [_state(row) for row in rows]


def claim(conn: Connection, *, now: int, lease: int, name: str | None = None) -> FeedState | None:
    """Take a source that is due, or the named one, for `lease` ms; None when there is none.

    Two processes never take the same one: who changes the row first has it.
    """
    free = SourceRow.claimed_until <= now
    wanted = SourceRow.name == name if name else SourceRow.next_at <= now
    found = conn.execute(
        select(SourceRow.__table__)
        .where(free, wanted)
        .order_by(SourceRow.next_at, SourceRow.name)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if found is None:
        return None
    mine = SourceRow.name == found.name
    conn.execute(update(SourceRow).where(mine).values(claimed_until=now + lease))
    return _state(found)


async def due_now(session: AsyncSession, now: int) -> tuple[bool, bool]:
    """Tell whether a sale begins or ends now, and whether a source is due; two short look-ups."""
    turning = select(VariantRow.sku).where(VariantRow.sale_turns_at <= now).limit(1)
    ready = SourceRow.next_at <= now, SourceRow.claimed_until <= now
    waiting = select(SourceRow.name).where(*ready).limit(1)
    sales = (await session.execute(turning)).first() is not None
    return sales, (await session.execute(waiting)).first() is not None


def hold(conn: Connection, name: str, *, until: int) -> None:
    """Keep a source claimed for longer, while it is still being read."""
    conn.execute(update(SourceRow).where(SourceRow.name == name).values(claimed_until=until))


def settle(
    conn: Connection, name: str, report: Report, *, state: dict[str, Any] | None, now: int
) -> None:
    """Note the result of a reading and when the next one is due; `state` None keeps the old one."""
    row = conn.execute(
        select(SourceRow.every, SourceRow.failures).where(SourceRow.name == name)
    ).first()
    if row is None:  # removed meanwhile
        return
    failed = report.state == "failed"
    failures = row.failures + 1 if failed else 0
    wait = min(row.every, _FIRST_RETRY * 2 ** min(row.failures, 10)) if failed else row.every
    values: dict[str, Any] = {
        "next_at": now + wait * 1000,
        "claimed_until": 0,
        "last_import": report.id,
        "failures": failures,
    }
    if state is not None:
        values["state"] = state
    conn.execute(update(SourceRow).where(SourceRow.name == name).values(**values))


def confirm(conn: Connection, name: str, report: Report, *, stamped: int | None) -> None:
    """Keep the report of a reading that found nothing new: the prices of then hold now.

    Only moments that an import gave (`stamped`) are renewed, not those that the source dated.
    """
    conn.execute(insert(ImportRow), report.row())
    if stamped is None:
        return
    its = select(ProductRow.id).where(ProductRow.source == name)
    whose = VariantRow.product_id.in_(its)
    at = milliseconds(report.started_at)
    for column in (VariantRow.price_at, VariantRow.stock_at):
        renewed = {column.key: at}
        conn.execute(update(VariantRow).where(whose, column == stamped).values(**renewed))


def _last() -> list[Any]:
    return [column.label(f"last_{column.key}") for column in ImportRow.__table__.columns]


def _state(row: Any) -> FeedState:
    told = row._mapping
    last = None
    if told.get("last_id"):
        names = [column.key for column in ImportRow.__table__.columns]
        last = Report.of(_Named({name: told[f"last_{name}"] for name in names}))
    return FeedState(
        feed=Feed(
            name=row.name,
            kind=row.kind,
            address=row.address,
            every=row.every,
            options=FeedOptions(**row.options),
        ),
        state=row.state,
        next_at=datetime.fromtimestamp(row.next_at / 1000, UTC),
        failures=row.failures,
        last=last,
    )


class _Named:
    """The columns of a report inside of a wider row."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
