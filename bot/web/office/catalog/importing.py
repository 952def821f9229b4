"""Bringing a file: look at it first, then import, with what was wrong in it."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import catalog
from bot.errors import NotFoundError
from bot.web.documents import render
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from bot.web.office.catalog.told import explained, report_view
from bot.web.office.catalog.uploads import kept

_HISTORY = 20


@dataclass(slots=True)
class Chosen:
    """The file that was brought and how it is to be read."""

    path: Path
    name: str
    options: catalog.ReadOptions
    complete: bool


class ImportPart:
    """The form, the import of this page, and those of before."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._chosen: Chosen | None = None
        self._shown: str | None = None  # the import whose report is on the page

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {
            "check": self._check,
            "import": self._import,
            "forget_file": self._forget,
            "show_import": self._show,
        }

    def build(self) -> None:
        """Lay the form and the places for report and history out."""
        languages = self._place.services.settings.languages
        formats = [(name, self._place.words["formats"][name]) for name in catalog.FORMATS]
        form = render(
            "catalog/bring.html", w=self._place.words, formats=formats, languages=languages
        )
        html(form)
        self._report = html().props('aria-live="polite"')

    def build_history(self) -> None:
        """Make the place for the imports of before."""
        self._history = html()

    async def tick(self) -> bool:
        """Show how far the import is; True when it has just ended."""
        if self._shown is None:
            return False
        report = await self._place.services.intake.report(self._shown)
        put(self._report, self._drawn(report))
        ended = report.state != "running"
        if ended and self._running:
            self._running = False
            return True
        return False

    _running = False

    @property
    def busy(self) -> bool:
        """Tell whether an import of this page is under way."""
        return self._running

    async def refresh(self) -> None:
        """Read the history again."""
        async with self._place.services.database.sessions() as session:
            found = await catalog.list_imports(session, limit=_HISTORY)
        rows = [report_view(report, self._place) for report in found]
        put(self._history, render("catalog/history.html", w=self._place.words, rows=rows))

    def end(self) -> None:
        """The page is closed: what was brought and not imported is thrown away."""
        if self._chosen is not None and not self._running:
            shutil.rmtree(self._chosen.path.parent, ignore_errors=True)

    async def _check(self, act: Act) -> None:
        """Tell what an import would do."""
        path = kept(self._place.services.intake, act.value)
        options = catalog.ReadOptions(
            act.format if act.format in catalog.FORMATS else "auto", act.language, "EUR", ""
        )
        if self._chosen is not None and self._chosen.path != path:
            await self._throw_away()
        self._chosen = Chosen(path, act.text[:200] or "file", options, act.complete)
        await self._begin(dry_run=True)

    async def _import(self, _act: Act) -> None:
        if self._chosen is None or self._running:
            raise NotFoundError("The file is not here any more: choose it again.")
        await self._begin(dry_run=False)
        self._chosen = None  # it is removed when the import is over

    async def _begin(self, *, dry_run: bool) -> None:
        chosen, intake = self._chosen, self._place.services.intake
        if chosen is None:
            return
        plan = catalog.Plan(
            files=((chosen.name, chosen.path),),
            options=chosen.options,
            complete=chosen.complete,
            dry_run=dry_run,
        )
        self._shown = intake.begin(plan, remove=None if dry_run else chosen.path.parent)
        self._running = True
        await self.tick()

    async def _forget(self, _act: Act) -> None:
        await self._throw_away()
        self._shown, self._running = None, False
        put(self._report, "")

    async def _throw_away(self) -> None:
        if self._chosen is not None and not self._running:
            folder = self._chosen.path.parent
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        self._chosen = None

    async def _show(self, act: Act) -> None:
        """Show the report of an import of before."""
        if self._running:
            return
        report = await self._place.services.intake.report(act.value)
        self._shown, self._running = act.value, report.state == "running"
        put(self._report, self._drawn(report))
        self._place.tell(to_report=True)

    def _drawn(self, report: catalog.Report) -> str:
        view: dict[str, Any] = report_view(report, self._place)
        errors = [explained(problem, self._place) for problem in report.problems]
        may = report.dry_run and self._chosen is not None and report.state == "done"
        return render(
            "catalog/report.html", w=self._place.words, r=view, errors=errors, may_import=may
        )
