"""One product with all that is known of it."""

from typing import Any

import catalog
from bot.web.documents import render
from bot.web.office.bubbles import safe_url
from bot.web.office.catalog.cards import card, rating, variant_row
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from bot.web.office.catalog.reviews import review_row
from bot.web.office.terms import LANGUAGES, named
from catalog import Product, ProductQuery

_REVIEWS = 50
_SIMILAR = 4
_KINDS = {"materials": "material", "recipients": "recipient", "occasions": "occasion"}
_NOT_SHOWN = frozenset({"aliases"})


class ProductPart:
    """The column on the right."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.selected: str | None = None

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {"product": self._open, "close": self._close}

    def build(self, selected: str | None) -> None:
        """Make the place for the product."""
        self.selected = selected
        self._side = (
            html().classes("col side").props(f'aria-label="{self._place.words["product"]}"')
        )

    async def refresh(self) -> None:
        """Read the product again."""
        view = await self._view() if self.selected else None
        put(self._side, render("catalog/product.html", w=self._place.words, p=view))
        self._place.tell(product=self.selected or "")

    async def _open(self, act: Act) -> None:
        self.selected = act.value or None
        await self.refresh()

    async def _close(self, _act: Act) -> None:
        self.selected = None
        await self.refresh()

    async def _view(self) -> dict[str, Any] | None:
        place, services = self._place, self._place.services
        found = await services.catalog.get([self.selected or ""])
        if not found:
            self.selected = None
            place.tell(toast=place.words["product_gone"], bad=True)
            return None
        product = found[0]
        query = ProductQuery(language=place.language, limit=_SIMILAR)
        similar = await services.catalog.similar(product.id, query)
        async with services.database.sessions() as session:
            reviews = await catalog.list_reviews(session, product=product.id, limit=_REVIEWS)
        pictures = [*product.images, *(v.image for v in product.variants if v.image)]
        return {
            **card(product, place),
            "pictures": [url for one in dict.fromkeys(pictures) if (url := safe_url(one))],
            "texts": _texts(product, services.settings.languages, place),
            "variants": [variant_row(variant, place) for variant in product.variants],
            "attributes": await _attributes(product, place),
            "url": safe_url(product.url),
            "rating": rating(product, place),
            "reviews": [review_row(entry, place) for entry in reviews],
            "similar": [card(other, place) for other in similar.products],
        }


def _texts(product: Product, languages: tuple[str, ...], place: Place) -> list[dict[str, Any]]:
    """Return name and description in each language; what lacks is said, the bot lacks it too."""
    shown = []
    for code in dict.fromkeys((*languages, *product.names)):
        name, text = product.names.get(code, ""), product.descriptions.get(code, "")
        common = not name and "" in product.names
        if not common:
            title = named(LANGUAGES, code, place.language) if code else place.words["any_language"]
            care = (product.care or {}).get(code, "")
            shown.append({"language": title, "name": name, "text": text, "care": care})
    return shown


async def _attributes(product: Product, place: Place) -> list[tuple[str, str]]:
    titles: dict[str, str] = place.words["attributes"]
    shown = []
    for name, value in product.attributes.items():
        if name in _NOT_SHOWN or value in (None, "", [], {}):
            continue
        told = await _told(name, value, place)
        shown.append((titles.get(name, name.replace("_", " ").capitalize()), told))
    return shown


async def _told(name: str, value: Any, place: Place) -> str:
    if isinstance(value, dict):
        value = value.get(place.language) or next(iter(value.values()), "")
    if isinstance(value, list | tuple):
        kind = _KINDS.get(name)
        return ", ".join([await place.named(kind, str(v)) if kind else str(v) for v in value])
    return str(value)
