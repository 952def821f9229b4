"""Reading the demo shop's files and writing them into the catalog."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import Connection

from catalog.importers import Source
from catalog.shop import ShopInfo
from catalog.shop_files import read_shop
from catalog.terms import Term
from catalog.word_files import read_words
from catalog.writing import import_products, put_shop, put_terms

HERE = Path(__file__).parent


class DemoError(Exception):
    """A file of the demo shop has a mistake; the message says where."""


def load_demo(conn: Connection, now: datetime | None = None) -> int:
    """Write the demo shop and return how many products it has.

    Prices and stock are dated `now`, so the demo can quote them; reviews keep their distance.
    """
    at = now or datetime.now(UTC)
    put_terms(conn, demo_terms())
    put_shop(conn, demo_shop(at))
    done = import_products(conn, list(demo_products(at)), at=at)
    if done.errors:
        raise DemoError("; ".join(str(error) for error in done.errors))
    return done.products


def demo_terms() -> list[Term]:
    """Read the words of the demo shop."""
    return read_words(HERE / "words.yaml").terms()


def demo_shop(at: datetime) -> ShopInfo:
    """Read the facts about the demo shop."""
    categories = [term.id for term in demo_terms() if term.kind == "category"]
    return read_shop(HERE / "shop.yaml", at, categories)


def demo_products(at: datetime) -> Iterator[Source]:
    """Read the products with their reviews, in the form every importer gives."""
    care = demo_shop(at).care
    reviews = _reviews(at)
    known: set[str] = set()
    for path in sorted((HERE / "products").glob("*.yaml")):
        for id_, data in _read(path).items():
            known.add(id_)
            yield Source(1, _product(id_, data, care, reviews.get(id_, [])))
    if strangers := reviews.keys() - known:
        raise DemoError(f"reviews of unknown products: {', '.join(sorted(strangers))}")


def _product(
    id_: str, data: dict[str, Any], care: dict[str, dict[str, str]], reviews: list[dict[str, Any]]
) -> dict[str, Any]:
    product = {
        # "Siena" alone is enough, unless the file says that the name is also a common word.
        "aliases": [id_.capitalize()],
        "url": f"https://bottegalume.example/prodotti/{id_}",
        **data,
        "id": id_,
        "reviews": reviews,
    }
    if isinstance(topic := product.get("care"), str):
        product["care"] = care[topic]
    listed = _spread(product.get("variants", [{}]))
    product["variants"] = [_variant(id_, variant) for variant in listed]
    product["images"] = list(dict.fromkeys(v["image"] for v in product["variants"]))
    return product


def _spread(variants: Any) -> list[dict[str, Any]]:
    """Read {colour: stock} and {colour: {size: stock}}; a full list is taken as it is."""
    if isinstance(variants, list):
        return variants
    spread: list[dict[str, Any]] = []
    for colour, stock in variants.items():
        sizes = stock if isinstance(stock, dict) else {None: stock}
        spread += [{"colour": colour, "size": size, "stock": left} for size, left in sizes.items()]
    return spread


def _variant(id_: str, variant: dict[str, Any]) -> dict[str, Any]:
    """Number a variant and give it the picture of its colour."""
    size = None if variant.get("size") is None else str(variant["size"])
    told = [part for part in (id_, variant.get("colour"), size) if part]
    return {
        **variant,
        "sku": "-".join(told).upper().replace('"', ""),
        "size": size,
        "image": f"/media/{picture_name(id_, variant.get('colour'))}",
    }


def picture_name(product_id: str, colour: str | None) -> str:
    """Return the file name of the picture of a product in a colour."""
    return f"demo/{product_id}-{colour}.jpg" if colour else f"demo/{product_id}.jpg"


def demo_offers() -> Iterator[tuple[str, str, str | None]]:
    """Return product, category and colour of everything that wants a picture."""
    for path in sorted((HERE / "products").glob("*.yaml")):
        for id_, data in _read(path).items():
            colours = (v.get("colour") for v in _spread(data.get("variants", [{}])))
            yield from ((id_, data["category"], colour) for colour in dict.fromkeys(colours))


def _reviews(at: datetime) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((HERE / "reviews").glob("*.yaml")):
        for product_id, listed in _read(path).items():
            found[product_id] += [_review(review, at) for review in listed]
    return found


def _review(review: dict[str, Any], at: datetime) -> dict[str, Any]:
    language = "it" if "it" in review else "en"
    return {
        "author": review["by"],
        "rating": review["stars"],
        "texts": {language: review[language]},
        "titles": {language: review["title"]} if "title" in review else {},
        "verified": not review.get("unverified", False),
        "at": at - timedelta(days=review["days"]),
    }


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path)
