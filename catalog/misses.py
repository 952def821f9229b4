"""What customers searched for and did not find: counted, without personal data, forgotten in time.

Equal wishes are one row, however they were phrased: "avete un trapano?" and "cerco trapani".
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Insert, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.products import Shape
from catalog.tables import MissRow
from catalog.text import Stems, words

KEPT = 2_000  # different wishes; nobody reads more, and a flood of nonsense must end somewhere
_MOST_WORDS = 8
_LONGEST = 160  # letters of an example
_DAY = 86_400_000
# Written addresses, and everything that is more digits than a model number or a price.
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+")
_NUMBER = re.compile(r"(?:[+(]?\d[\d\s().\-/]{5,}\d)|\b\w*\d{5,}\w*\b")
# "#1042", "ordine n. 1042": short numbers that stand for a customer's business.
_ORDER = re.compile(
    r"#\s?\w*\d\w*|\b(?:ordine|order|fattura|invoice|scontrino|tracking)\b\W*"
    r"(?:(?:numero|number|n|nr|no|num)\b\W*)?\w*\d\w*",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"\b(?:mi chiamo|il mio nome è|my name is|my name's)\s+\w+(?:\s+(?-i:[A-ZÀ-Ý])\w+)?",
    re.IGNORECASE,
)
_GAP = "…"
_stems = cache(Stems)


class Miss(Shape):
    """One search that found nothing, or only what comes near."""

    text: str = Field(max_length=4000, description="What the customer wrote.")
    words: tuple[str, ...] = Field((), description="That had to be found, folded.")
    wishes: dict[str, Any] = Field(default_factory=dict, description="Filters, as ids.")
    missed: tuple[str, ...] = Field((), description="What had to be given up.")
    near: bool = Field(description="Something like it was shown.")
    language: str = Field(max_length=5)


class MissEntry(Shape):
    """What is kept about equal searches."""

    id: str
    language: str
    words: str
    wishes: dict[str, Any]
    missed: tuple[str, ...]
    near: bool
    count: int
    first_at: datetime
    last_at: datetime
    example: str


def note_miss(conn: Connection, miss: Miss, *, now: int, names: Sequence[str] = ()) -> bool:
    """Count a search that was not fulfilled, in one statement; False when it says nothing.

    `now` is in milliseconds since 1970. `names` are left out of what is kept: the customer's own.
    """
    example = _cleaned(miss.text, names)
    private = {*words(miss.text), *_parts(names)} - set(words(example))
    kept = [w for w in miss.words if not private & set(words(w)) and not _NUMBER.search(w)]
    kept = list(dict.fromkeys(kept))[:_MOST_WORDS]
    if not kept and not miss.wishes:
        return False
    given = {
        "id": _id(miss, kept),
        "language": miss.language,
        "words": " ".join(kept)[:_LONGEST],
        "wishes": miss.wishes,
        "missed": list(miss.missed),
        "near": miss.near,
        "count": 1,
        "first_at": now,
        "last_at": now,
        "example": _short(example),
    }
    conn.execute(_counted(conn.dialect.name), given)
    return True


def without_personal_data(text: str, names: Sequence[str] = ()) -> str:
    """Return a text without addresses, telephone and order numbers and the customer's name."""
    return _short(_cleaned(text, names))


async def list_misses(
    session: AsyncSession,
    *,
    language: str | None = None,
    before: int | None = None,
    limit: int = 50,
    often: bool = False,
) -> list[MissEntry]:
    """Return what was not found, the latest first or, with `often`, what was asked most.

    `before` is a last moment in milliseconds since 1970.
    """
    order = (MissRow.last_at.desc(), MissRow.id)
    wanted = select(MissRow.__table__)
    wanted = wanted.order_by(MissRow.count.desc(), *order) if often else wanted.order_by(*order)
    if language is not None:
        wanted = wanted.where(MissRow.language == language)
    if before is not None:
        wanted = wanted.where(MissRow.last_at < before)
    return [_entry(row._asdict()) for row in await session.execute(wanted.limit(limit))]


async def count_misses(session: AsyncSession) -> int:
    """Return how many different wishes were not fulfilled."""
    return int(await session.scalar(select(func.count()).select_from(MissRow)) or 0)


def drop_miss(conn: Connection, id_: str) -> bool:
    """Forget one, because somebody has seen to it; False when there is none of this id."""
    return conn.execute(delete(MissRow).where(MissRow.id == id_)).rowcount > 0


def forget_misses(conn: Connection, *, now: int, days: int) -> int:
    """Forget what nobody has asked for these `days`, and the oldest of too many; say how many."""
    old = conn.execute(delete(MissRow).where(MissRow.last_at < now - days * _DAY)).rowcount
    newest = select(MissRow.last_at).order_by(MissRow.last_at.desc()).offset(KEPT).limit(1)
    if (beyond := conn.scalar(newest)) is None:
        return int(old)
    return int(old + conn.execute(delete(MissRow).where(MissRow.last_at <= beyond)).rowcount)


@cache
def _counted(dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(MissRow)
    given = statement.excluded
    latest = ("words", "wishes", "missed", "near", "last_at", "example")
    return statement.on_conflict_do_update(
        index_elements=[MissRow.id],
        set_={"count": MissRow.count + 1, **{name: given[name] for name in latest}},
    )


def _id(miss: Miss, kept: Sequence[str]) -> str:
    """Name equal wishes alike: stems in any order, filters, a price where it was the reason."""
    stems = sorted({_root(word, miss.language) for word in kept})
    filters = sorted(
        f"{name}={value}" for name, value in miss.wishes.items() if not name.endswith("_price")
    )
    price = ["price"] if "price" in miss.missed else []
    told = "\0".join([miss.language, *stems, "", *filters, *price])
    return blake2b(told.encode(), digest_size=12).hexdigest()


def _root(word: str, language: str) -> str:
    """Return what singular and plural share; the stemmer takes "trapano" for a verb's "-ano"."""
    if language == "it":
        return word.rstrip("aeio").rstrip("h") or word
    return _stems(language).of(word)


def _cleaned(text: str, names: Sequence[str]) -> str:
    text = text.replace("\0", " ")
    for pattern in (_ADDRESS, _ORDER, _NUMBER, _INTRODUCED):
        text = pattern.sub(_GAP, text)
    own = _parts(names)
    return " ".join(_GAP if set(words(word)) & own else word for word in text.split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + _GAP


def _parts(names: Sequence[str]) -> set[str]:
    return {part for name in names for part in words(name) if len(part) > 1}


def _entry(row: Mapping[str, Any]) -> MissEntry:
    moments = {name: datetime.fromtimestamp(row[name] / 1000, UTC) for name in _MOMENTS}
    return MissEntry.model_validate({**row, **moments, "missed": tuple(row["missed"])})


_MOMENTS = ("first_at", "last_at")
