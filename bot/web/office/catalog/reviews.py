"""What customers say, and the decision about it."""

from datetime import UTC, datetime
from typing import Any, Literal

import catalog
from bot.web.documents import render
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from catalog import ReviewEntry

_SHOWN = 50
_STATUSES: tuple[Literal["pending", "approved", "rejected"], ...] = (
    "pending",
    "approved",
    "rejected",
)


class ReviewsPart:
    """The reviews that wait for a decision, and those that were decided about."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._status = _STATUSES[0]

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {"reviews": self._choose, "approve": self._approve, "reject": self._reject}

    def build(self) -> None:
        """Make the place for the list."""
        self._list = html()

    async def refresh(self) -> None:
        """Read the list again."""
        async with self._place.services.database.sessions() as session:
            found = await catalog.list_reviews(session, status=self._status, limit=_SHOWN)
            counts = await catalog.count_reviews(session)
        tabs = [
            (name, self._place.words["statuses"][name], counts[name], name == self._status)
            for name in _STATUSES
        ]
        reviews = [review_row(entry, self._place) for entry in found]
        view = render("catalog/reviews.html", w=self._place.words, tabs=tabs, reviews=reviews)
        put(self._list, view)

    async def _choose(self, act: Act) -> None:
        self._status = next((name for name in _STATUSES if name == act.value), self._status)
        await self.refresh()

    async def _approve(self, act: Act) -> None:
        await self._decide(act.value, "approved")

    async def _reject(self, act: Act) -> None:
        await self._decide(act.value, "rejected")

    async def _decide(self, id_: str, status: Literal["approved", "rejected"]) -> None:
        at, by, services = datetime.now(UTC), self._place.agent, self._place.services
        known = await services.database.write(
            lambda conn: catalog.moderate(conn, id_, status, by=by, at=at)
        )
        if not known:
            self._place.tell(toast=self._place.words["gone"], bad=True)
            return
        await services.intake.tell()
        self._place.tell(toast=self._place.words[f"done_{status}"])


def review_row(entry: ReviewEntry, place: Place) -> dict[str, Any]:
    """Return a review for the templates."""
    decided = ""
    if entry.moderated_by and entry.status != "pending":
        decided = place.words["decided"][entry.status].format(who=entry.moderated_by)
    return {
        "id": entry.id,
        "product": entry.product,
        "name": place.name(entry.product_names, entry.product),
        "stars": "★" * entry.rating + "☆" * (5 - entry.rating),
        "rating": entry.rating,
        "author": entry.author,
        "title": place.name(entry.titles),
        "text": place.name(entry.texts),
        "verified": entry.verified,
        "source": entry.source or place.words["own_source"],
        "when": place.locale.when(int(entry.at.timestamp() * 1000)),
        "status": entry.status,
        "status_title": place.words["statuses"][entry.status],
        "decided": decided,
    }
