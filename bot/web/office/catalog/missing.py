"""What customers searched for and did not find, and what to do about it."""

from typing import Any

import catalog
from bot.web.documents import render
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from bot.web.office.catalog.reasons import heard
from bot.web.office.terms import LANGUAGES, named
from catalog import MissEntry, Understood

_SHOWN = 100
_GAP = "…"


class MissingPart:
    """The list, the most wanted or the latest first."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._often = True

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {"misses": self._order, "drop": self._drop}

    def build(self) -> None:
        """Make the place for the list."""
        self._list = html()

    async def refresh(self) -> None:
        """Read the list again."""
        async with self._place.services.database.sessions() as session:
            found = await catalog.list_misses(session, often=self._often, limit=_SHOWN)
        view = render(
            "catalog/missed.html",
            w=self._place.words,
            rows=[await _row(entry, self._place) for entry in found],
            often=self._often,
            days=self._place.services.settings.missed_days,
        )
        put(self._list, view)

    async def _order(self, act: Act) -> None:
        self._often = act.value != "latest"
        await self.refresh()

    async def _drop(self, act: Act) -> None:
        id_ = act.value
        await self._place.services.database.write(lambda conn: catalog.drop_miss(conn, id_))
        await self.refresh()
        self._place.tell(toast=self._place.words["done_drop"])


async def _row(entry: MissEntry, place: Place) -> dict[str, Any]:
    chips = await heard(entry.wishes, Understood(), place)
    told = " ".join([entry.words, *(c["text"] for c in chips if c["kind"] == "filter")]).strip()
    whole = entry.example and _GAP not in entry.example
    return {
        "id": entry.id,
        "words": entry.words,
        "chips": chips,
        "near": entry.near,
        "count": entry.count,
        "language": entry.language,
        "language_title": named(LANGUAGES, entry.language, place.language),
        "last": place.locale.when(round(entry.last_at.timestamp() * 1000)),
        "first": place.locale.when(round(entry.first_at.timestamp() * 1000)),
        "example": entry.example,
        "search": entry.example if whole else told,
    }
