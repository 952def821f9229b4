"""The desk: one object for each open page, holding what its agent has before them."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from bot import desk
from bot.routing import Services
from bot.web.documents import language_of, render
from bot.web.office.actions import Actions
from bot.web.office.board import Board
from bot.web.office.clock import Locale
from bot.web.office.labels import WORDS
from bot.web.office.queue import face
from bot.web.office.terms import OUTCOME_HINTS, OUTCOMES, named
from bot.web.people import COOKIE, Guard

# Changes of other processes are looked for this often; our own arrive at once.
_LOOK_SECONDS = 0.7
_CHECK_LOGIN_EVERY = 15
_TOLD_TO_BROWSER = ("offline", "live", "new_title", "failed", "amount_wrong")


async def desk_page(request: Request, services: Services, guard: Guard) -> Any:
    """Build the page for whoever is logged in, or send them to the login."""
    cookie = request.cookies.get(COOKIE)
    agent = await guard.agent(cookie)
    if agent is None:
        return RedirectResponse("/login?then=/desk", 303)
    language = language_of(request)
    zone = ZoneInfo(services.settings.timezone)
    locale = Locale(language, zone, WORDS[language])
    page = DeskPage(services, guard, cookie, agent, locale)
    page.build(request.query_params.get("handoff"))
    return None


class DeskPage:
    """Puts the board on the page, keeps it fresh and passes on what the agent does."""

    def __init__(
        self, services: Services, guard: Guard, cookie: str | None, agent: str, locale: Locale
    ) -> None:
        self._services = services
        self._guard = guard
        self._cookie = cookie
        self._agent = agent
        self._locale = locale
        self._looks = 0

    def build(self, selected: str | None) -> None:
        """Lay the page out and start to look for changes."""
        ui.add_head_html(
            '<link rel="stylesheet" href="/static/desk.css">'
            '<script src="/static/office.js" defer></script>'
            '<script src="/static/desk.js" defer></script>'
        )
        _html(self._frame())
        with ui.element("main").classes("cols"):
            queue = _html("").classes("col queue").props(f'aria-label="{self._words["queue"]}"')
            with ui.element("section").classes("col talk"):
                head = _html("")
                log = ui.element("div").classes("log")
                log.props('role="log" aria-live="polite" tabindex="0"')
                reply = _html("")
            side = _html("").classes("col side")
        _html(self._dialogs())
        self.board = Board(
            self._services, self._agent, self._locale, parts=(queue, head, log, reply, side)
        )
        self.board.select(selected)
        self.actions = Actions(self._services, self.board, self._locale, tell=self._tell)
        self._client = ui.context.client
        ui.on("desk", self._on_event)
        ui.timer(_LOOK_SECONDS, self._look)
        end = self._services.database.subscribe(desk.TOPIC, lambda _: self.board.hurry())
        self._client.on_delete(end)
        self.board.on_hurry = ui.timer(0.05, self._look, active=False, once=False)

    @property
    def _words(self) -> dict[str, Any]:
        return self._locale.words

    def _frame(self) -> str:
        _, hue = face(self._agent)
        told = {name: self._words[name] for name in _TOLD_TO_BROWSER}
        return render(
            "desk/frame.html",
            w=self._words,
            lang=self._locale.language,
            agent=self._agent,
            hue=hue,
            wait_ms=int(self._services.settings.handoff_wait * 1000),
            client_words=json.dumps(told),
        )

    def _dialogs(self) -> str:
        language = self._locale.language
        outcomes = [
            (value, named(OUTCOMES, value, language), named(OUTCOME_HINTS, value, language))
            for value in OUTCOMES
        ]
        return render("desk/dialogs.html", w=self._words, outcomes=outcomes)

    async def _look(self) -> None:
        """Bring the page up to date; now and then also ask whether the login is still good."""
        self.board.calm()
        self._looks += 1
        if self._looks % _CHECK_LOGIN_EVERY == 0 and not await self._still_in():
            return
        news = await self.board.refresh()
        if news is not None:
            self._tell(**news)

    async def _on_event(self, event: Any) -> None:
        given = event.args
        if isinstance(given, list):
            given = given[0] if given else {}
        if not isinstance(given, dict) or not await self._still_in():
            return
        await self.actions.run(given)
        news = await self.board.refresh(force=True)
        if news is not None:
            self._tell(**news)

    async def _still_in(self) -> bool:
        if await self._guard.agent(self._cookie) == self._agent:
            return True
        self._tell(toast=self._words["logged_out"], bad=True, leave=True)
        return False

    def _tell(self, **news: Any) -> None:
        """Let the page's script know; it shows messages, plays sounds and moves the view."""
        self._client.run_javascript(f"window.desk && desk.tell({json.dumps(news)})")


def _html(content: str) -> ui.html:
    """Put HTML on the page that our own templates have escaped."""
    return ui.html(content, sanitize=False)
