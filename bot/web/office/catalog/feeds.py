"""Sources that are read again and again: when, with what result, and now."""

from datetime import UTC, datetime
from typing import Any

from nicegui import background_tasks
from pydantic import ValidationError

import catalog
from bot.db import now
from bot.errors import AppError
from bot.web.documents import render
from bot.web.office.catalog.cards import age
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from bot.web.office.catalog.told import in_words, report_view
from catalog import FeedState

_SPANS = ("900", "3600", "21600", "86400")  # seconds


class FeedsPart:
    """The list of sources."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._reading: set[str] = set()

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {
            "run_source": self._run,
            "add_source": self._add,
            "remove_source": self._remove,
        }

    def build(self) -> None:
        """Make the place for the list, and the form for one more."""
        self._list = html()
        words = self._place.words
        html(render("catalog/source.html", w=words, spans=[(s, words["spans"][s]) for s in _SPANS]))

    async def refresh(self) -> None:
        """Read the list again."""
        async with self._place.services.database.sessions() as session:
            states = await catalog.list_sources(session)
        rows = [self._row(state) for state in states]
        put(self._list, render("catalog/sources.html", w=self._place.words, rows=rows))

    async def _add(self, act: Act) -> None:
        """Add a source, which is read at once; what is wrong with it is said at the form."""
        given = {"kind": act.kind, "address": act.text.strip(), "every": act.every}
        try:
            feed = catalog.Feed.model_validate({"name": act.value.strip().lower(), **given})
        except ValidationError as error:
            self._place.tell(source_wrong=self._wrong(error))
            return
        async with self._place.services.database.sessions() as session:
            known = {state.feed.name for state in await catalog.list_sources(session)}
        if feed.name in known:
            taken = self._place.words["source_known"].format(name=feed.name)
            self._place.tell(source_wrong=taken)
            return
        await self._place.services.database.write(
            lambda conn: catalog.put_source(conn, feed, now=now())
        )
        self._place.tell(source_added=True, toast=self._place.words["done_source"])
        await self.refresh()

    def _wrong(self, error: ValidationError) -> str:
        first = error.errors(include_url=False, include_input=False)[0]
        if "name" in first["loc"]:
            return str(self._place.words["source_name_wrong"])
        if "address" in first["loc"]:
            return str(self._place.words["source_address_wrong"])
        return in_words(first["msg"].removeprefix("Value error, "), self._place.language)

    async def _remove(self, act: Act) -> None:
        name = act.value
        await self._place.services.database.write(lambda conn: catalog.remove_source(conn, name))
        self._place.tell(toast=self._place.words["done_remove_source"])
        await self.refresh()

    async def _run(self, act: Act) -> None:
        """Read a source now; the page goes on, the result is told when it is there."""
        name = act.value
        if name in self._reading:
            return
        self._reading.add(name)
        background_tasks.create(self._read(name), name=f"read {name}")
        await self.refresh()

    async def _read(self, name: str) -> None:
        words = self._place.words
        try:
            report = await self._place.services.intake.run_source(name)
        except AppError:
            self._place.tell(toast=words["source_busy"].format(name=name), bad=True)
        else:
            note = in_words(report.note or "", self._place.language)
            told = words["source_done"][report.state].format(name=name, count=report.products)
            bad = report.state == "failed"
            self._place.tell(toast=f"{told} {note}" if bad else told, bad=bad)
        finally:
            self._reading.discard(name)
            await self.refresh()

    def _row(self, state: FeedState) -> dict[str, Any]:
        at, feed, words = datetime.now(UTC), state.feed, self._place.words
        hours, rest = divmod(feed.every, 3600)
        every = self._place.locale.span(feed.every * 1000) if rest else f"{hours} h"
        wait = int((state.next_at - at).total_seconds() * 1000)
        soon = (
            words["soon"]
            if wait < 60_000
            else words["in"].format(span=self._place.locale.span(wait))
        )
        last = state.last
        return {
            "name": feed.name,
            "kind": words["source_kinds"][feed.kind],
            "address": feed.address,
            "every": words["every"].format(span=every),
            "next": soon,
            "failures": state.failures,
            "reading": feed.name in self._reading or (last is not None and last.state == "running"),
            "last": report_view(last, self._place) if last else None,
            "last_age": age(last.started_at, at, self._place) if last else "",
        }
