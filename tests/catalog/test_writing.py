"""Writing the catalog, on SQLite and on PostgreSQL."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.db import Database
from catalog import (
    Catalog,
    Imported,
    ProductQuery,
    ShopMissingError,
    Source,
    import_products,
    is_empty,
    load_demo,
    set_price,
    set_stock,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def bag(id_: str, **more: Any) -> Source:
    row = {"id": id_, "name": f"Bag {id_}", "category": "bags", "price": "10.00", "stock": 1}
    return Source(1, {**row, **more})


async def put(database: Database, *rows: Source, complete: bool = False) -> Imported:
    return await database.write(
        lambda conn: import_products(conn, list(rows), at=NOW, complete=complete)
    )


async def test_the_demo_shop_fills_an_empty_catalog(database: Database, catalog: Catalog) -> None:
    empty_before = await database.write(is_empty)

    loaded = await database.write(lambda conn: load_demo(conn, NOW))
    await catalog.refresh()

    assert (empty_before, loaded) == (True, 76)
    assert not await database.write(is_empty)
    [siena] = await catalog.get(["siena"])
    burgundy = siena.matching(colour="bordeaux")[0]
    assert (burgundy.price, burgundy.currency, burgundy.stock) == (Decimal("139.00"), "EUR", 3)
    assert burgundy.price_at == burgundy.stock_at == NOW
    assert burgundy.colour_name("it") == "rosso bordeaux"
    assert (await catalog.shop()).name == "Bottega Lume"


async def test_loading_the_demo_shop_twice_leaves_one_of_everything(
    database: Database, catalog: Catalog
) -> None:
    for _ in range(2):
        await database.write(lambda conn: load_demo(conn, NOW))
    await catalog.refresh()

    found = await catalog.search(ProductQuery(limit=100))

    [siena] = await catalog.get(["siena"])
    assert found.total == 76
    assert siena.reviews_count == len(siena.reviews) == 10
    assert len(siena.variants) == 4


async def test_money_comes_back_exactly_as_it_went_in(database: Database, catalog: Catalog) -> None:
    prices = ["0.00", "0.01", "9.90", "19.99", "139.10", "9999999999.99"]

    await put(database, *(bag(f"b{n}", price=price) for n, price in enumerate(prices)))

    products = await catalog.get([f"b{n}" for n in range(len(prices))])
    assert [str(product.variants[0].price) for product in products] == prices


async def test_importing_the_same_file_again_changes_nothing_but_the_version(
    database: Database, catalog: Catalog
) -> None:
    rows = [bag("a", variants=[{"colour": "red", "size": "S"}, {"colour": "red", "size": "M"}])]
    await put(database, *rows)
    first = await catalog.get(["a"])

    again = await put(database, *rows)
    await catalog.refresh()

    assert again == Imported(products=1, variants=2, unchanged=1)
    assert await catalog.get(["a"]) == first


async def test_an_import_replaces_what_it_knows_and_leaves_the_rest(
    database: Database, catalog: Catalog
) -> None:
    await put(database, bag("a", colour="red"), bag("b"))

    await put(database, bag("a", price="12.50", variants=[{"colour": "blue"}]))
    await catalog.refresh()

    a, b = await catalog.get(["a", "b"])
    assert [(v.colour, str(v.price)) for v in a.variants] == [("blue", "12.50")]
    assert str(b.variants[0].price) == "10.00"


async def test_reviews_stay_when_a_product_is_imported_again_without_them(
    database: Database, catalog: Catalog
) -> None:
    review = {"author": "Ada", "rating": 4, "texts": {"it": "Bella"}, "at": NOW.isoformat()}
    hidden = {**review, "author": "Spam", "rating": 1, "status": "pending"}
    await put(database, bag("a", reviews=[review, hidden]))

    await put(database, bag("a"))
    await catalog.refresh()

    [a] = await catalog.get(["a"])
    assert (a.rating, a.reviews_count) == (4.0, 1)
    assert [r.author for r in a.reviews] == ["Ada"]


async def test_rows_with_mistakes_are_reported_and_the_good_ones_kept(
    database: Database, catalog: Catalog
) -> None:
    done = await put(
        database,
        bag("good"),
        Source(2, {"id": "no-name", "category": "bags", "price": "1.00"}),
        bag("dear", price="a lot"),
        bag("thrice", variants=[{"sku": "x"}, {"sku": "x"}]),
        bag("good"),
        bag("fine", price="19.9999"),
        bag("minus", stock=-1),
        Source(8, {"id": "free", "name": "Free", "category": "bags"}),
    )

    assert done.products == 2
    assert [(error.line, error.column) for error in done.errors] == [
        (2, "names"),
        (1, "price"),
        (1, "sku"),
        (1, "id"),
        (1, "price"),
        (1, "stock"),
        (8, "price"),
    ]
    assert '"a lot" is not a price' in str(done.errors[1])
    assert [p.id for p in await catalog.get(["good", "dear", "thrice"])] == ["good", "thrice"]


async def test_what_vanished_from_a_complete_import_is_hidden_and_comes_back(
    database: Database, catalog: Catalog
) -> None:
    await put(database, bag("a"), bag("b"))

    done = await put(database, bag("a"), complete=True)
    await catalog.refresh()
    assert done.hidden == 1
    assert await catalog.get(["b"]) == []
    assert (await catalog.search(ProductQuery(words="b"))).total == 0

    await put(database, bag("b"))
    await catalog.refresh()
    assert [p.id for p in await catalog.get(["a", "b"])] == ["a", "b"]


async def test_one_change_is_found_within_a_second_by_another_process(
    database: Database, catalog: Catalog, tmp_path: Path
) -> None:
    await database.write(lambda conn: load_demo(conn, NOW))
    other = Catalog(database.sessions, tmp_path / "index", catalog.freshness, ("it", "en"))
    await other.start()  # the first one has the folder; this one works in memory
    await catalog.refresh()

    row = bag("gufo", name="Gufo di ceramica", category="accessori")
    await put(database, row)
    start = time.monotonic()
    while not all([(await c.search(ProductQuery(words="gufo"))).exact for c in (catalog, other)]):
        assert time.monotonic() - start < 1
        await asyncio.sleep(0.02)

    await other.stop()


async def test_stock_and_price_are_set_with_their_dates(
    database: Database, catalog: Catalog
) -> None:
    await database.write(lambda conn: load_demo(conn, NOW))
    later = NOW + timedelta(hours=5)

    def change(conn: Connection) -> list[bool]:
        return [
            set_stock(conn, "siena", "SIENA-BORDEAUX", stock=2, at=later),
            set_price(conn, "siena", "SIENA-BORDEAUX", price=Decimal("119.00"), at=later),
            set_stock(conn, "siena", "SIENA-VIOLA", stock=2, at=later),
        ]

    done = await database.write(change)
    await catalog.refresh()

    [siena] = await catalog.get(["siena"])
    burgundy = siena.matching(colour="bordeaux")[0]
    assert done == [True, True, False]
    assert (burgundy.stock, burgundy.stock_at) == (2, later)
    assert (str(burgundy.price), burgundy.price_at) == ("119.00", later)


async def test_an_index_on_disk_is_used_again_and_follows_what_happened_meanwhile(
    database: Database, catalog: Catalog, tmp_path: Path
) -> None:
    await database.write(lambda conn: load_demo(conn, NOW))
    await catalog.refresh()
    await catalog.stop()
    await put(database, bag("gufo", name="Gufo di ceramica"))

    again = Catalog(database.sessions, tmp_path / "index", catalog.freshness, ("it", "en"))
    await again.start()

    assert (await again.search(ProductQuery(words="gufo"))).exact
    assert (await again.search(ProductQuery(limit=100))).total == 77
    await again.stop()


async def test_a_damaged_index_is_built_anew(
    database: Database, catalog: Catalog, tmp_path: Path
) -> None:
    await put(database, bag("a", name="Gufo"))
    await catalog.refresh()
    await catalog.stop()
    (tmp_path / "index" / "index" / "meta.json").write_text("broken")

    again = Catalog(database.sessions, tmp_path / "index", catalog.freshness, ("it", "en"))
    await again.start()

    assert (await again.search(ProductQuery(words="gufo"))).exact
    await again.stop()


async def test_an_empty_catalog_finds_nothing_and_says_so(catalog: Catalog) -> None:
    found = await catalog.search(ProductQuery(words="borsa"))

    assert (found.products, found.exact, found.total) == ((), False, 0)
    assert await catalog.find("borsa") is None
    with pytest.raises(ShopMissingError, match="put_shop"):
        await catalog.shop()


async def test_prices_below_zero_are_refused_by_the_database_itself(database: Database) -> None:
    await put(database, bag("a"))

    def break_it(conn: Connection) -> str:
        nested = conn.begin_nested()
        try:
            conn.execute(text("UPDATE catalog_variant SET price = -1"))
        except Exception as error:
            nested.rollback()
            return type(error).__name__
        nested.rollback()
        return ""

    assert await database.write(break_it) == "IntegrityError"
