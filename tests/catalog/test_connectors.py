"""Shopify and WooCommerce, read through stand-ins of their APIs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from catalog import Feed, FeedOptions, Fetched, FetchError, fetch
from catalog.connectors import pacing
from tests.catalog.shops import Shopify, WooCommerce, shopify_product, woo_product

SHOPIFY_KEY = {"access_token": "shpat_test"}
WOO_KEY = {"consumer_key": "ck_test", "consumer_secret": "cs_test"}
PRIVATE = FeedOptions(allow_private=True)


@contextmanager
def quick() -> Iterator[None]:
    """Let repeated calls follow each other fast."""
    first, pacing._FIRST = pacing._FIRST, 0.01
    try:
        yield
    finally:
        pacing._FIRST = first


async def read(
    shop: Shopify | WooCommerce, folder: Path, state: dict[str, Any] | None = None, **more: Any
) -> Fetched:
    kind = "shopify" if isinstance(shop, Shopify) else "woocommerce"
    feed = Feed(name="shop", kind=kind, address="http://shop.test", options=PRIVATE)
    secrets = more.pop("secrets", SHOPIFY_KEY if kind == "shopify" else WOO_KEY)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(shop.app())) as client:
        with quick():
            return await fetch(client, feed, state or {}, secrets=secrets, scratch=folder, **more)


def products(fetched: Fetched) -> list[dict[str, Any]]:
    [(_, path)] = fetched.files
    return [json.loads(line) for line in path.read_text().splitlines()]


async def test_a_shopify_shop_is_read_page_by_page(tmp_path: Path) -> None:
    shop = Shopify([shopify_product(n) for n in range(600)])
    fetched = await read(shop, tmp_path)

    found = products(fetched)
    assert [p["id"] for p in found] == [f"borsa-{n}" for n in range(600)]
    assert len(shop.calls) == 1 + 3
    assert fetched.complete
    first = found[0]
    assert first["names"] == {"it": "Borsa 0"}
    assert first["descriptions"] == {"it": "Pelle morbida"}
    assert first["url"] == "https://lume.example/products/borsa-0"
    assert (first["currency"], first["category"]) == ("EUR", "Borse")
    red, black = first["variants"]
    assert red == {
        "sku": "BAG-0-Rosso",
        "image": "https://cdn.example/0-0.jpg",
        "price": "159.00",
        "sale_price": "139.00",
        "stock": "3",
        "colour": "Rosso",
    }
    assert (black["price"], black["stock"]) == ("139.00", "-2")


async def test_shopifys_bucket_is_respected_and_a_full_one_waited_for(tmp_path: Path) -> None:
    shop = Shopify([shopify_product(n) for n in range(40)], page_at_most=4, bucket=5)
    fetched = await read(shop, tmp_path)
    assert len(products(fetched)) == 40
    assert fetched.trouble is None


async def test_later_only_what_has_changed_is_read(tmp_path: Path) -> None:
    shop = Shopify([shopify_product(n) for n in range(20)])
    first = await read(shop, tmp_path)
    shop.products[3] = shopify_product(
        3, title="Borsa nuova", updated_at="2026-12-01T10:00:00+01:00"
    )

    again = await read(shop, tmp_path, first.state)

    assert "updated_at_min=2026-11-20" in shop.calls[-1]
    assert {p["id"] for p in products(again)} == {"borsa-19", "borsa-3"}
    assert not again.complete  # what is not in it has not vanished
    assert again.state["since"] == "2026-12-01T10:00:00+01:00"


async def test_a_draft_is_read_as_hidden(tmp_path: Path) -> None:
    shop = Shopify([shopify_product(1, status="draft"), shopify_product(2, published_at=None)])
    assert [p.get("hidden") for p in products(await read(shop, tmp_path))] == [True, True]


async def test_a_shop_that_breaks_off_keeps_its_place(tmp_path: Path) -> None:
    shop = Shopify([shopify_product(n) for n in range(12)], page_at_most=5)
    first = await read(shop, tmp_path, full=True)
    shop.fail_on_call = len(shop.calls) + 3
    shop.bucket = 1000

    broken = await read(shop, tmp_path, first.state, full=True)
    assert broken.trouble is None  # one failure is tried again

    shop.token = "another"
    with pytest.raises(FetchError, match="does not know this key"):
        await read(shop, tmp_path, first.state, full=True)


async def test_what_came_before_a_shop_broke_off_is_kept_without_hiding(tmp_path: Path) -> None:
    shop = WooCommerce([woo_product(n) for n in range(250)], fail_on_page=2)
    fetched = await read(shop, tmp_path, {"since": "2026-01-01T00:00:00"})
    assert len(products(fetched)) == 100
    assert "answered 500" in str(fetched.trouble)
    assert not fetched.complete
    assert fetched.state == {"since": "2026-01-01T00:00:00"}


async def test_a_missing_key_names_its_variable(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="DIALOGO_SOURCES__SHOP__ACCESS_TOKEN"):
        await read(Shopify([]), tmp_path, secrets={})


async def test_keys_are_not_sent_without_https(tmp_path: Path) -> None:
    feed = Feed(name="shop", kind="woocommerce", address="http://1.1.1.1")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(WooCommerce([]).app())) as client:
        with pytest.raises(FetchError, match="https"):
            await fetch(client, feed, {}, secrets=WOO_KEY, scratch=tmp_path)


async def test_a_woocommerce_shop_is_read_with_its_variations(tmp_path: Path) -> None:
    variations = [
        {
            "id": 5000 + n,
            "sku": f"TEE-{size}",
            "price": "20.00",
            "regular_price": "20.00",
            "sale_price": "",
            "status": "publish",
            "manage_stock": "parent" if n % 2 else True,
            "stock_quantity": 4,
            "stock_status": "instock" if n < 149 else "outofstock",
            "image": {"src": f"https://shop.example/tee-{n}.jpg"},
            "attributes": [{"name": "Taglia", "option": str(size)}],
        }
        for n, size in enumerate(range(30, 180))
    ]
    tee = woo_product(500, type="variable", variations=[v["id"] for v in variations], sku="TEE")
    shop = WooCommerce([*(woo_product(n) for n in range(130)), tee], {500: variations})
    fetched = await read(shop, tmp_path)

    found = {p["id"]: p for p in products(fetched)}
    assert len(found) == 131
    assert fetched.complete
    cup = found["7"]
    assert (cup["currency"], cup["category"]) == ("GBP", "Casa & cucina")
    assert cup["variants"][0] == {
        "sku": "TAZ-7",
        "price": "12.00",
        "sale_price": "9.50",
        "sale_until": "2030-01-31T22:59:59",
        "stock": 7,
        "colour": "Bianco",
    }
    offers = found["500"]["variants"]
    assert len(offers) == 150
    assert (offers[0]["size"], offers[0]["stock"]) == ("30", 4)
    assert offers[-1]["stock"] == 0
    assert len([call for call in shop.calls if "variations" in call]) == 2


async def test_woocommerce_later_asks_in_gmt_for_what_was_modified(tmp_path: Path) -> None:
    shop = WooCommerce([woo_product(n) for n in range(10)], may_read_settings=False)
    first = await read(shop, tmp_path)
    assert products(first)[0]["currency"] == "EUR"

    nothing = await read(shop, tmp_path, first.state)
    assert nothing.unchanged

    shop.products[4] = woo_product(4, date_modified_gmt="2026-12-24T08:00:00")
    again = await read(shop, tmp_path, first.state)
    assert [p["id"] for p in products(again)] == ["4"]


async def test_pages_that_move_while_they_are_read_hide_nothing(tmp_path: Path) -> None:
    shop = WooCommerce([woo_product(n) for n in range(250)])

    def delete_one(page: int) -> None:
        if page == 1:
            shop.products = shop.products[1:]

    shop.after_page = delete_one
    fetched = await read(shop, tmp_path)
    assert not fetched.complete
    assert "nothing was hidden" in str(fetched.note)
