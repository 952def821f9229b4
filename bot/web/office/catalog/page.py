"""The catalog page: one object for each open page, with its parts."""

import json
import logging
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui
from pydantic import ValidationError

import catalog
from bot.errors import AppError
from bot.routing import Services
from bot.web.documents import language_of, render
from bot.web.office.catalog.feeds import FeedsPart
from bot.web.office.catalog.importing import ImportPart
from bot.web.office.catalog.labels import CATALOG_WORDS
from bot.web.office.catalog.missing import MissingPart
from bot.web.office.catalog.place import TABS, Act, Handler, Place, html, put
from bot.web.office.catalog.product import ProductPart
from bot.web.office.catalog.reviews import ReviewsPart
from bot.web.office.catalog.searching import SearchPart
from bot.web.office.catalog.synonyms import SynonymsPart
from bot.web.office.clock import Locale
from bot.web.office.queue import face
from bot.web.people import COOKIE, Guard

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.4
# In looks: what others do (imports, new searches that failed) is looked for this often.
_REFRESH_EVERY = 5
_CHECK_LOGIN_EVERY = 40
_TOLD_TO_BROWSER = (
    *("offline", "live", "failed", "uploading", "upload_failed", "upload_large"),
    *("group_add", "group_change", "confirm_remove"),
)


async def catalog_page(request: Request, services: Services, guard: Guard) -> Any:
    """Build the page for whoever is logged in, or send them to the login."""
    cookie = request.cookies.get(COOKIE)
    agent = await guard.agent(cookie)
    if agent is None:
        here = quote(f"/catalog?{request.url.query}".rstrip("?"))
        return RedirectResponse(f"/login?then={here}", 303)
    language = language_of(request)
    zone = ZoneInfo(services.settings.timezone)
    locale = Locale(language, zone, CATALOG_WORDS[language])
    page = CatalogPage(services, guard, cookie, agent, locale)
    page.build(dict(request.query_params))
    await page.fill()
    return None


class CatalogPage:
    """Lays the parts out, passes events on to them and keeps them fresh."""

    def __init__(
        self, services: Services, guard: Guard, cookie: str | None, agent: str, locale: Locale
    ) -> None:
        self._place = Place(services, agent, locale, self._tell)
        self._guard = guard
        self._cookie = cookie
        self._looks = 0
        self._version = ""
        self.tab = TABS[0]
        self.search = SearchPart(self._place)
        self.product = ProductPart(self._place)
        self.missing = MissingPart(self._place)
        self.importing = ImportPart(self._place)
        self.feeds = FeedsPart(self._place)
        self.synonyms = SynonymsPart(self._place)
        self.reviews = ReviewsPart(self._place)
        self._acts: dict[str, Handler] = {"tab": self._choose}
        for part in self._parts():
            self._acts |= part.acts

    def build(self, given: dict[str, str]) -> None:
        """Lay the page out."""
        self.tab = given["tab"] if given.get("tab") in TABS else TABS[0]
        ui.add_head_html(
            '<link rel="stylesheet" href="/static/catalog.css">'
            '<script src="/static/office.js" defer></script>'
            '<script src="/static/catalog.js" defer></script>'
        )
        html(self._frame())
        with ui.element("main").classes("cols catalog"):
            with ui.element("div").classes("col work"):
                self._tabs = html()
                self._panels(given.get("q", ""))
            self.product.build(given.get("product"))
        html('<div class="toasts" role="status" aria-live="assertive"></div>')
        self._client = ui.context.client
        ui.on("catalog", self._on_event)
        ui.timer(_LOOK_SECONDS, self._look)
        self._client.on_delete(self.importing.end)

    def _panels(self, text: str) -> None:
        with _panel("search"):
            self.search.build(text)
        with _panel("missed"):
            self.missing.build()
        with _panel("import"):
            self.importing.build()
            self.feeds.build()
            self.importing.build_history()
        with _panel("synonyms"):
            self.synonyms.build()
        with _panel("reviews"):
            self.reviews.build()

    async def fill(self) -> None:
        """Show the parts for the first time."""
        self._version = await self._place.services.catalog.version()
        await self._show_tabs()
        await self.search.refresh()
        await self._refresh_tab()
        if self.product.selected:
            await self.product.refresh()

    def _parts(self) -> tuple[Any, ...]:
        return (
            *(self.search, self.product, self.missing, self.importing),
            *(self.feeds, self.synonyms, self.reviews),
        )

    def _frame(self) -> str:
        words = self._place.words
        _, hue = face(self._place.agent)
        told = {name: words[name] for name in _TOLD_TO_BROWSER}
        return render(
            "catalog/frame.html",
            w=words,
            lang=self._place.language,
            agent=self._place.agent,
            hue=hue,
            tab=self.tab,
            largest=self._place.services.settings.import_max_mb,
            client_words=json.dumps(told),
        )

    async def _show_tabs(self) -> None:
        async with self._place.services.database.sessions() as session:
            missed = await catalog.count_misses(session)
            waiting = (await catalog.count_reviews(session))["pending"]
        counts = {"missed": missed, "reviews": waiting}
        tabs = [(name, self._place.words["tabs"][name], counts.get(name, 0)) for name in TABS]
        put(self._tabs, render("catalog/tabs.html", w=self._place.words, tabs=tabs, tab=self.tab))

    async def _refresh_tab(self) -> None:
        match self.tab:
            case "missed":
                await self.missing.refresh()
            case "import":
                await self.feeds.refresh()
                await self.importing.refresh()
            case "synonyms":
                await self.synonyms.refresh()
            case "reviews":
                await self.reviews.refresh()

    async def _choose(self, act: Act) -> None:
        """Go to another tab."""
        if act.value not in TABS:
            return
        self.tab = act.value
        await self._show_tabs()
        await self._refresh_tab()

    async def _look(self) -> None:
        """Follow an import closely, the rest now and then, and whether the login is still good."""
        self._looks += 1
        if self._looks % _CHECK_LOGIN_EVERY == 0 and not await self._still_in():
            return
        ended = self.importing.busy and await self.importing.tick()
        if ended or self._looks % _REFRESH_EVERY == 0:
            await self._follow()

    async def _follow(self) -> None:
        await self._show_tabs()
        await self._refresh_tab()
        version = await self._place.services.catalog.version()
        if version != self._version:
            self._version = version
            await self.search.refresh()
            if self.product.selected:
                await self.product.refresh()

    async def _on_event(self, event: Any) -> None:
        given = event.args
        if isinstance(given, list):
            given = given[0] if given else {}
        if not isinstance(given, dict) or not await self._still_in():
            return
        try:
            act = Act.model_validate(given)
        except ValidationError as error:
            log.warning("unreadable catalog event", extra={"problems": error.error_count()})
            return
        if act.do in self._acts:
            await self._run(act)

    async def _run(self, act: Act) -> None:
        """Do one thing; whatever fails is said on the page."""
        try:
            await self._acts[act.do](act)
            if act.do in ("approve", "reject", "drop"):
                await self._follow()
        except AppError as error:
            log.info("catalog action refused", extra={"action": act.do, "reason": str(error)})
            self._tell(toast=self._place.words["gone"], bad=True)
        except Exception:
            log.exception("catalog action failed", extra={"action": act.do})
            self._tell(toast=self._place.words["failed"], bad=True)

    async def _still_in(self) -> bool:
        if await self._guard.agent(self._cookie) == self._place.agent:
            return True
        self._tell(toast=self._place.words["logged_out"], bad=True, leave=True)
        return False

    def _tell(self, **news: Any) -> None:
        """Let the page's script know."""
        self._client.run_javascript(f"window.shelf && shelf.tell({json.dumps(news)})")


def _panel(name: str) -> ui.element:
    return ui.element("section").classes(f"panel {name}").props(f'data-panel="{name}"')
