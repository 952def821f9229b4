"""What is on the page: reads the database, and sends only what has changed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from nicegui import ui
from sqlalchemy.ext.asyncio import AsyncSession

from bot import conversations, desk
from bot.conversations import Message
from bot.db import now
from bot.desk import Brief, BriefMaker, Entry
from bot.errors import NotFoundError
from bot.routing import Services
from bot.web.documents import render
from bot.web.office.clock import Locale
from bot.web.office.queue import Looking, queue_view
from bot.web.office.side import brief_view
from bot.web.office.talk import heading, pieces

_FIRST_MESSAGES = 80
_MORE_MESSAGES = 200
# What depends on the clock alone (time left, "yesterday") is renewed this often.
_RENEW_AFTER = 20_000

_TERMS: Final = ("category", "colour", "material", "recipient", "occasion")

Parts = tuple[ui.html, ui.html, ui.element, ui.html, ui.html]


@dataclass(slots=True)
class Seen:
    """The state read from the database for one refresh."""

    open_calls: list[Entry]
    closed: list[Entry]
    opened: Entry | None
    messages: list[Message]


class Board:
    """The three columns of one agent's page."""

    def __init__(self, services: Services, agent: str, locale: Locale, *, parts: Parts) -> None:
        self.agent = agent
        self.tab = ""
        self.selected: str | None = None
        self.on_hurry: ui.timer | None = None
        self._services = services
        self._locale = locale
        self._queue, self._head, self._log, self._reply, self._side = parts
        self._limit = _FIRST_MESSAGES
        self._marks: Any = None
        self._renew_at = 0
        self._seen: dict[str, int] = {}
        self._shown: list[tuple[str, str, ui.html]] = []
        self._known_waiting: set[str] | None = None
        self._brief: tuple[tuple[str, int], Brief] | None = None
        self._one_at_a_time = asyncio.Lock()

    def select(self, handoff_id: str | None) -> None:
        """Open a conversation, or none."""
        if handoff_id != self.selected:
            self.selected = handoff_id
            self._limit = _FIRST_MESSAGES

    def show_more(self) -> None:
        """Read further back in the opened conversation."""
        self._limit += _MORE_MESSAGES

    def hurry(self) -> None:
        """Look again at once: somebody has changed something."""
        if self.on_hurry is not None:
            self.on_hurry.activate()

    def calm(self) -> None:
        """Go back to looking now and then."""
        if self.on_hurry is not None:
            self.on_hurry.deactivate()

    def capabilities(self, channel: str) -> Any:
        """Return what a channel can do, or None when it is switched off."""
        found = self._services.channels.get(channel)
        return found.capabilities if found else None

    async def opened(self) -> Entry | None:
        """Return the opened conversation as it is now."""
        async with self._services.database.sessions() as session:
            return await self._opened(session)

    async def refresh(self, *, force: bool = False) -> dict[str, Any] | None:
        """Bring the page up to date; return what its script should know, None if nothing new."""
        async with self._one_at_a_time, self._services.database.sessions() as session:
            opened = await self._opened(session)
            conversation = opened.conversation.id if opened else None
            marks = (self.selected, self.tab, await desk.marks(session, conversation))
            if not force and marks == self._marks and now() < self._renew_at:
                return None
            self._marks, self._renew_at = marks, now() + _RENEW_AFTER
            seen = await self._read(session, opened)
            return await self._show(seen)

    async def _opened(self, session: AsyncSession) -> Entry | None:
        if self.selected is None:
            return None
        try:
            return await desk.entry(session, self.selected)
        except NotFoundError:
            self.selected = None
            return None

    async def _read(self, session: AsyncSession, opened: Entry | None) -> Seen:
        open_calls = await desk.overview(session, states=("waiting", "claimed"), limit=200)
        if not self.tab:
            self.tab = _first_tab(open_calls, self.agent)
        closed: list[Entry] = []
        if self.tab == "closed":
            closed = await desk.overview(session, states=("closed",), limit=50)
        messages: list[Message] = []
        if opened is not None:
            messages = await conversations.transcript(
                session, opened.conversation.id, limit=self._limit
            )
            if messages:
                self._seen[opened.conversation.id] = messages[-1].id
        return Seen(open_calls, closed, opened, messages)

    async def _show(self, seen: Seen) -> dict[str, Any]:
        looking = Looking(self.agent, self.tab, self.selected, self._seen)
        view = queue_view(seen.open_calls, seen.closed, looking, self._locale)
        _put(self._queue, render("desk/queue.html", **view))
        self._show_talk(seen)
        await self._show_side(seen.opened)
        waiting = {e.handoff.id for e in seen.open_calls if e.handoff.state == "waiting"}
        arrived = waiting - self._known_waiting if self._known_waiting is not None else set()
        self._known_waiting = waiting
        return {"waiting": len(waiting), "arrived": len(arrived), "selected": self.selected}

    def _show_talk(self, seen: Seen) -> None:
        entry, words = seen.opened, self._locale.words
        view = None
        if entry is not None:
            hours = self._window(entry)
            view = heading(entry, self._locale, agent=self.agent, window_hours=hours)
        _put(self._head, render("desk/head.html", t=view, w=words))
        _put(self._reply, render("desk/reply.html", t=view, w=words))
        shown = []
        if entry is not None:
            shown = [
                (piece.key, self._piece(piece))
                for piece in pieces(seen.messages, entry, self._locale, agent=self.agent)
            ]
            if len(seen.messages) == self._limit:
                shown.insert(0, (f"more:{self._limit}", render("desk/more.html", w=words)))
        self._put_log([(f"{self.selected}:{key}", html) for key, html in shown])

    def _piece(self, piece: Any) -> str:
        return render(
            "desk/message.html",
            m=piece.message,
            day=piece.day,
            note=piece.note,
            w=self._locale.words,
        )

    def _put_log(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Change and append single messages; build anew only when the order is another."""
        keys = [key for key, _, _ in self._shown]
        if keys != [key for key, _ in wanted[: len(keys)]]:
            self._log.clear()
            self._shown = []
        for number, (key, html) in enumerate(wanted):
            if number < len(self._shown):
                _, before, element = self._shown[number]
                if before != html:
                    element.set_content(html)
                    self._shown[number] = (key, html, element)
                continue
            with self._log:
                self._shown.append((key, html, ui.html(html, sanitize=False)))

    async def _show_side(self, entry: Entry | None) -> None:
        view = None
        if entry is not None:
            brief = await self._in_words(await self._fresh_brief(entry))
            view = brief_view(brief, entry, self._locale, window_hours=self._window(entry))
        _put(self._side, render("desk/brief.html", b=view, w=self._locale.words))

    async def _fresh_brief(self, entry: Entry) -> Brief:
        """Return the brief with today's prices and stock, read again when something happened."""
        key = (entry.handoff.id, entry.handoff.updated_at)
        if self._brief is None or self._brief[0] != key:
            hours = self._services.settings.freshness_hours
            maker = BriefMaker(self._services.catalog, timedelta(hours=hours))
            brief = await maker.refresh(Brief.model_validate(entry.handoff.brief))
            self._brief = (key, brief)
        return self._brief[1]

    async def _in_words(self, brief: Brief) -> Brief:
        """Return the brief with the shop's ids ("red") as people call them ("rosso")."""
        named = dict(brief.wants)
        for kind in _TERMS:
            if kind in named:
                named[kind] = await self._services.catalog.name_of(
                    kind, named[kind], self._locale.language
                )
        return brief.model_copy(update={"wants": named})

    def _window(self, entry: Entry) -> int | None:
        capabilities = self.capabilities(entry.conversation.channel)
        return capabilities.window_hours if capabilities else None


def _first_tab(open_calls: Sequence[Entry], agent: str) -> str:
    """Return the tab to begin with: who waits, unless only one's own talks are open."""
    waits = any(entry.handoff.state == "waiting" for entry in open_calls)
    mine = any(entry.handoff.agent == agent for entry in open_calls)
    return "mine" if mine and not waits else "waiting"


def _put(element: ui.html, content: str) -> None:
    if element.content != content:
        element.set_content(content)
