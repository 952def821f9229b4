"""Searching the demo shop as its customers do."""

import statistics
import time
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from catalog import Catalog, Found, ProductQuery

FILE = Path(__file__).parent / "judged_queries.yaml"


@dataclass(frozen=True)
class Judged:
    """A query and what has to come of it."""

    q: str
    language: str
    first: list[str] = field(default_factory=list)
    among: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    exact: bool = True


JUDGED = [Judged(**row) for row in YAML(typ="safe").load(FILE)]


def ids(found: Found) -> list[str]:
    return [product.id for product in found.products]


def test_there_are_enough_judged_queries_in_both_languages() -> None:
    assert sum(row.language == "it" for row in JUDGED) >= 30
    assert sum(row.language == "en" for row in JUDGED) >= 30


@pytest.mark.parametrize("row", JUDGED, ids=lambda row: row.q)
async def test_a_query_finds_what_the_customer_means(shop: Catalog, row: Judged) -> None:
    found = await shop.search(ProductQuery(words=row.q, language=row.language))

    assert found.exact is row.exact
    assert not row.first or ids(found)[0] in row.first
    assert set(row.among) <= set(ids(found))
    assert not set(row.never) & set(ids(found))


async def test_a_query_is_found_without_knowing_the_language(shop: Catalog) -> None:
    missed = []
    for row in JUDGED:
        found = await shop.search(ProductQuery(words=row.q, limit=10))
        fine = found.exact is row.exact and (not row.first or set(row.first) & set(ids(found)[:3]))
        missed += [] if fine else [row.q]

    assert missed == []


async def test_filters_given_by_the_engine_narrow_together(shop: Catalog) -> None:
    query = ProductQuery(
        category="borse", colour="rosso", material="pelle", max_price=Decimal(150), recipient="lei"
    )

    found = await shop.search(query)

    assert found.exact
    assert set(ids(found)) == {"aurora", "siena", "stella", "viola"}


async def test_red_means_burgundy_too_but_burgundy_is_not_any_red(shop: Catalog) -> None:
    red = await shop.search(ProductQuery(category="borse", colour="rosso", limit=20))
    burgundy = await shop.search(ProductQuery(category="borse", colour="bordeaux", limit=20))

    assert {"siena", "aurora"} <= set(ids(red))
    assert "siena" in ids(burgundy)
    assert "aurora" not in ids(burgundy)


async def test_colour_and_size_have_to_be_in_one_and_the_same_variant(shop: Catalog) -> None:
    # Olivia comes in red and comes in 40, but not in red 40.
    found = await shop.search(ProductQuery(words="ballerine", colour="rosso", size="40"))

    assert not found.exact
    assert ids(found) == ["olivia"]
    assert found.missed in [("size",), ("colour",)]


async def test_in_stock_leaves_out_what_is_sold_out_in_that_colour(shop: Catalog) -> None:
    everything = await shop.search(ProductQuery(category="borse", colour="beige", limit=20))
    left = await shop.search(
        ProductQuery(category="borse", colour="beige", in_stock=True, limit=20)
    )

    assert set(ids(everything)) == {"aurora", "arno", "matilde"}
    assert set(ids(left)) == {"arno", "matilde"}


async def test_a_price_out_of_reach_brings_the_nearest_price_and_says_so(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(category="valigeria", words="trolley", max_price=300))

    assert not found.exact
    assert "price" in found.missed
    assert ids(found)[0] == "vespucci"


async def test_the_nearest_in_price_comes_first(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(category="valigeria", max_price=Decimal(10)))

    assert not found.exact
    assert found.missed == ("price",)
    assert ids(found)[:3] == ["rotta", "perla", "rada"]

    found = await shop.search(ProductQuery(category="cinture", min_price=Decimal(200)))

    assert ids(found)[0] == "giano"


async def test_words_typed_as_one_are_found_as_two(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(words="candelalavanda", language="it"))

    assert found.exact
    assert ids(found)[0] == "colle"


async def test_pages_follow_each_other_and_leave_nothing_out(shop: Catalog) -> None:
    query = ProductQuery(category="borse", language="it", limit=5)

    pages = [
        await shop.search(query.model_copy(update={"offset": offset})) for offset in (0, 5, 10)
    ]

    seen = [id_ for page in pages for id_ in ids(page)]
    assert len(seen) == len(set(seen)) == pages[0].total == 12


async def test_what_was_shown_can_be_left_out(shop: Catalog) -> None:
    first = await shop.search(ProductQuery(category="borse", limit=3))

    more = await shop.search(ProductQuery(category="borse", limit=3, exclude=tuple(ids(first))))

    assert len(more.products) == 3
    assert not set(ids(first)) & set(ids(more))


async def test_no_words_at_all_bring_what_customers_like_most(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(words="cosa avete di bello?", language="it"))

    assert found.exact
    assert found.total == 76
    assert all(product.rating and product.rating >= 4 for product in found.products)


@pytest.mark.parametrize(
    "words",
    ['"', "(", "name:x AND", "\\", "😀😀", "'" * 300, "a" * 400, "+borsa -pelle", "\x00", "…"],
)
async def test_any_text_is_survived(shop: Catalog, words: str) -> None:
    found = await shop.search(ProductQuery(words=words))

    assert found.products


@pytest.mark.parametrize(
    ("words", "product"),
    [
        ("la siena", "siena"),
        ("quanto costa l'aurora?", "aurora"),
        ("Borsa a tracolla Siena", "siena"),
        ("the Siena crossbody bag", "siena"),
        ("portafoglio marco", "marco"),
        ("candela bosco", "bosco"),
        ("aurorra", "aurora"),
        ("iris silk scarf", "iris"),
    ],
)
async def test_a_product_is_found_by_its_name(shop: Catalog, words: str, product: str) -> None:
    found = await shop.find(words, "it")

    assert found is not None
    assert found.id == product


@pytest.mark.parametrize("words", ["borsa", "quanto costa", "", "la spedizione", "mario rossi"])
async def test_no_product_is_meant_by_common_words(shop: Catalog, words: str) -> None:
    assert await shop.find(words, "it") is None


async def test_a_search_takes_a_few_milliseconds(shop: Catalog) -> None:
    queries = [ProductQuery(words=row.q, language=row.language) for row in JUDGED]
    for query in queries:
        await shop.search(query)
    taken = []
    for query in queries:
        start = time.perf_counter()
        await shop.search(query)
        taken.append(time.perf_counter() - start)

    assert statistics.median(taken) < 0.005
