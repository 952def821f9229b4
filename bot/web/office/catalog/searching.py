"""Searching as the bot does, with the reasons."""

from typing import Any

from bot.actions import Looked, look
from bot.web.documents import render
from bot.web.office.catalog.cards import card
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from bot.web.office.catalog.reasons import heard, title, why
from bot.web.office.terms import LANGUAGES, named
from catalog import Product

_SHOWN = 12
_LONGEST = 400
_SEARCHES = "search_product"


class SearchPart:
    """The search and what it found."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.text = ""

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {"search": self._search}

    def build(self, text: str) -> None:
        """Lay the form and the place for the results out."""
        self.text = text.strip()[:_LONGEST]
        words = self._place.words
        html(render("catalog/ask.html", w=words, text=self.text))
        self._found = html(render("catalog/begin.html", w=words))

    async def refresh(self) -> None:
        """Search again: the catalog or the synonyms have changed."""
        if not self.text:
            put(self._found, render("catalog/begin.html", w=self._place.words))
            return
        language = self._place.language
        looked = await look(self.text, self._place.services, language=language, limit=_SHOWN)
        view = await _view(looked, self._place)
        put(self._found, render("catalog/found.html", w=self._place.words, **view))

    async def _search(self, act: Act) -> None:
        self.text = " ".join(act.text.split())[:_LONGEST]
        await self.refresh()
        self._place.tell(searched=self.text)


async def _view(looked: Looked, place: Place) -> dict[str, Any]:
    cards = [await _card(product, looked, place) for product in looked.found.products]
    best = max((c["score"] or 0.0 for c in cards), default=0.0)
    for one in cards:
        one["share"] = round(100 * (one["score"] or 0.0) / best) if best else 0
    return {
        "text": looked.text,
        "spoken": _spoken(looked.language, place),
        "hint": _hint(looked, place),
        "chips": await heard(looked.filters, looked.read, place),
        "outcome": _outcome(looked, place),
        "exact": looked.found.exact,
        "shown": cards[: looked.shown_at_once],
        "more": cards[looked.shown_at_once :],
        "at_once": looked.shown_at_once,
    }


async def _card(product: Product, looked: Looked, place: Place) -> dict[str, Any]:
    told = None
    if looked.like is None:
        told = await place.services.catalog.explain(product.id, looked.query)
    reasons = await why(told, looked.read, place) if told else []
    if looked.like is not None:
        like = place.words["like"].format(name=looked.like.name(place.language))
        reasons = [{"kind": "itself", "text": like}]
    score = told.score if told else None
    shown = place.locale.decimal(score) if score is not None else ""
    return {
        **card(product, place, looked.variants(product)),
        "reasons": reasons,
        "score": score,
        "points": shown,
    }


def _spoken(code: str, place: Place) -> str:
    name = named(LANGUAGES, code, place.language)
    return name.lower() if place.language == "it" else name


def _hint(looked: Looked, place: Place) -> str:
    """Say when the bot reads less than a search in the sentence alone."""
    if looked.understood is None:
        return str(place.words["engine_down"])
    intent = looked.understood.intent
    if intent == _SEARCHES:
        return ""
    if intent is None:
        return str(place.words["not_sure"])
    name = place.words["intents"].get(intent, intent.replace("_", " "))
    return str(place.words["other_intent"]).format(intent=name)


def _outcome(looked: Looked, place: Place) -> str:
    found, words = looked.found, place.words
    if not found.products:
        return str(words["found_none"])
    if found.exact:
        return str(words["found_one" if found.total == 1 else "found"]).format(count=found.total)
    if not found.total:
        return str(words["found_loved"])
    missed = [_given_up(name, place) for name in found.missed]
    return str(words["found_near"]).format(missed=", ".join(missed) or words["given_up"]["words"])


def _given_up(name: str, place: Place) -> str:
    given_up: dict[str, str] = place.words["given_up"]
    return given_up.get(name) or title(name, place).lower()
