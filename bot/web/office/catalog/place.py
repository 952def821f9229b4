"""What every part of the catalog page works with, and the events that come from the browser."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from nicegui import ui
from pydantic import BaseModel, ConfigDict, Field

from bot.routing import Services
from bot.web.office.clock import Locale
from bot.web.office.side import said

_TERMS: Final = ("category", "colour", "material", "recipient", "occasion")
TABS: Final = ("search", "missed", "import", "synonyms", "reviews")


class Act(BaseModel):
    """One event of the page; whoever is logged in may send anything, so it is checked."""

    model_config = ConfigDict(extra="ignore")

    do: str = Field(max_length=20)
    value: str = Field("", max_length=200)
    text: str = Field("", max_length=300_000)
    ours: str = Field("", max_length=2000)
    before: str = Field("", max_length=4000)
    line: int = Field(0, ge=0)
    format: str = Field("auto", max_length=20)
    language: str = Field("", max_length=5)
    complete: bool = False
    kind: str = Field("", max_length=20)
    every: int = Field(3600, ge=60, le=31 * 86_400)


Handler = Callable[[Act], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """One person's open page."""

    services: Services
    agent: str
    locale: Locale
    tell: Callable[..., None]

    @property
    def language(self) -> str:
        """The language the person reads."""
        return self.locale.language

    @property
    def words(self) -> dict[str, Any]:
        """What the page says."""
        return self.locale.words

    async def named(self, kind: str, id_: str) -> str:
        """Return a category, colour, ... as people call it; a number stays a number."""
        for known in _TERMS:
            if known == kind:
                return await self.services.catalog.name_of(known, id_, self.language)
        return id_

    def name(self, texts: Mapping[str, str], id_: str = "") -> str:
        """Return a text in the person's language, else in the one there is, else the id."""
        return said(texts, self.language) or id_


def html(content: str = "") -> ui.html:
    """Put HTML on the page that our own templates have escaped."""
    return ui.html(content, sanitize=False)


def put(element: ui.html, content: str) -> None:
    """Show something else, unless it is the same."""
    if element.content != content:
        element.set_content(content)
