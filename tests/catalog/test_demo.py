"""The demo shop has to look like a shop."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from catalog import Catalog, Product, draw_pictures
from catalog.demo.loading import demo_offers, demo_terms, picture_name
from catalog.demo.pictures import studio


@pytest.fixture
async def products(shop: Catalog) -> list[Product]:
    lookups = await shop.lookups()
    return await shop.get([row["id"] for row in lookups["products"]])


async def test_it_has_enough_of_everything(products: list[Product]) -> None:
    prices = [variant.price for product in products for variant in product.variants]
    stocks = [variant.stock for product in products for variant in product.variants]

    assert len(products) >= 66
    assert len({product.category for product in products}) >= 12
    assert (min(prices), max(prices)) == (Decimal("9.90"), Decimal("349.00"))
    assert stocks.count(0) >= 15  # some are sold out
    assert sum(1 <= stock <= 3 for stock in stocks) >= 30  # and some are last pieces
    assert sum(product.reviews_count for product in products) >= 230
    assert any(product.reviews_count == 0 for product in products)


async def test_every_product_is_told_in_both_languages(products: list[Product]) -> None:
    for product in products:
        for language in ("it", "en"):
            assert 8 <= len(product.names[language]) <= 40, product.id
            assert 70 <= len(product.descriptions[language]) <= 260, product.id


async def test_no_two_products_have_the_same_name(products: list[Product]) -> None:
    for language in ("it", "en"):
        names = Counter(product.names[language] for product in products)
        assert names.most_common(1)[0][1] == 1


async def test_products_use_only_words_that_are_described(products: list[Product]) -> None:
    known = {(term.kind, term.id) for term in demo_terms()}
    used = {("category", product.category) for product in products}
    used |= {("colour", colour) for product in products for colour in product.colours()}
    for kind, attribute in (
        ("material", "materials"),
        ("recipient", "recipients"),
        ("occasion", "occasions"),
    ):
        used |= {(kind, id_) for product in products for id_ in product.listed(attribute)}

    assert used <= known


async def test_reviews_are_of_all_kinds_and_not_repeated(products: list[Product]) -> None:
    reviews = [review for product in products for review in product.reviews]
    texts = [text for review in reviews for text in review.texts.values()]

    assert {review.rating for review in reviews} == {2, 3, 4, 5}
    assert {language for review in reviews for language in review.texts} == {"it", "en"}
    assert len(texts) == len(set(texts))


def test_every_product_can_be_drawn(tmp_path: Path) -> None:
    offers = list(demo_offers())
    wanted = {id_: colour for id_, _, colour in reversed(offers)}  # its first colour will do here
    for id_, _, colour in offers:
        if wanted[id_] != colour:
            path = tmp_path / picture_name(id_, colour)
            path.parent.mkdir(exist_ok=True)
            path.touch()  # drawn already, so left alone

    drawn = draw_pictures(tmp_path)

    assert drawn == len(wanted) == 76
    assert draw_pictures(tmp_path) == 0
    for id_, colour in wanted.items():
        path = tmp_path / picture_name(id_, colour)
        with Image.open(path) as picture:
            assert picture.size == (800, 800)
        assert path.stat().st_size < 120_000
    assert set(wanted) == studio.drawn_products()


async def test_the_address_of_a_picture_is_where_it_is_drawn(products: list[Product]) -> None:
    drawn = {f"/media/{picture_name(id_, colour)}" for id_, _, colour in demo_offers()}
    shown = {image for product in products for image in product.images}

    assert shown == drawn


async def test_lookups_have_every_word_in_both_languages(shop: Catalog) -> None:
    lookups = await shop.lookups()

    words = {
        kind: {row["id"]: row["words"] for row in lookups[kind]}
        for kind in ("categories", "colours", "materials", "recipients", "occasions")
    }
    assert all(row["it"] and row["en"] for rows in words.values() for row in rows.values())
    assert {"borsa", "borse", "borsetta", "borza", "pochette"} <= set(
        words["categories"]["borse"]["it"]
    )
    assert {"rosso", "rossa", "rossi", "rosse"} <= set(words["colours"]["rosso"]["it"])
    assert "wallet" in words["categories"]["portafogli"]["en"]
    assert "mia moglie" in words["recipients"]["lei"]["it"]
    siena = next(row for row in lookups["products"] if row["id"] == "siena")
    assert siena["names"] == {"it": "Borsa a tracolla Siena", "en": "Siena crossbody bag"}
    assert siena["aliases"] == ["Siena"]


async def test_ids_have_names_to_say_aloud(shop: Catalog) -> None:
    assert await shop.name_of("colour", "testa-di-moro", "en") == "dark brown"
    assert await shop.name_of("material", "unheard-of", "it") == "unheard-of"
    assert (await shop.categories())[0] == ("borse", {"it": "Borse", "en": "Bags"})
