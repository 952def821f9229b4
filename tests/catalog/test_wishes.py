"""What customers refuse, numbers of models, measures, words in two and in one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.db import Database, migrate
from catalog import Catalog, ProductQuery, Source, Without, import_products
from catalog.search.measures import measures

ROWS = [
    ("mouse", "Logi MX-500 wireless mouse", "Precise and silent, for the office."),
    ("mouse2", "Logi MX900 wired mouse", "For gaming, with side buttons."),
    ("pad", "Kado mousepad XL", "A soft mat for every mouse."),
    ("laptop", "Nero Book 15 notebook", 'Notebook with a 15.6" display and 2 TB SSD.'),
    ("laptop2", "Nero Book 13 notebook", 'Notebook with a 13.3" display and 512 GB SSD.'),
    ("bag", "Casa notebook bag 15.6", "A padded bag with the Casa zip."),
    ("charger", "Volt charger for notebook", "Charges in an hour."),
    ("frame", "Luce picture frame 30 × 40 cm", "Wood and glass, for the wall."),
    ("fridge", "Polo no frost fridge", "A large fridge."),
    ("bottle", "Fonte steel bottle", "Holds 750 ml, keeps cold for a day."),
    ("phone", "Pera iPhone 6 refurbished", "Tested, with the old battery."),
    ("case", "Guscio silicone case iPhone6", "Thin."),
    ("backpack", "Monte backpack with hood", "A light pack with a rain hood."),
    ("backpack2", "Valle backpack", "A light pack for school."),
]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Catalog]:
    """A small electronics shop in English, without a shop's own synonyms."""
    address = f"sqlite:///{tmp_path / 'shop.db'}"
    migrate(address)
    database = Database(address)
    await database.start()
    rows = [
        Source(n, {"id": i, "name": name, "description": text, "category": "-", "price": "10"})
        for n, (i, name, text) in enumerate(ROWS, start=1)
    ]
    await database.write(lambda conn: import_products(conn, rows, at=datetime.now(UTC)))
    catalog = Catalog(
        database.sessions, None, timedelta(days=1), ("it", "en"), synonyms=tmp_path / "words"
    )
    await catalog.start()
    yield catalog
    await catalog.stop()
    await database.stop()


async def ids(store: Catalog, words: str, **more: object) -> list[str]:
    found = await store.search(ProductQuery(words=words, **more))  # type: ignore[arg-type]
    return [product.id for product in found.products] if found.exact else []


@pytest.mark.parametrize("words", ["mx-500", "mx500", "MX 500", "logi mx500"])
async def test_a_model_is_found_however_its_number_is_typed(store: Catalog, words: str) -> None:
    assert await ids(store, words) == ["mouse"]


@pytest.mark.parametrize("words", ["mx900", "mx 900", "mx-900"])
async def test_a_number_that_the_shop_writes_in_one_is_found_in_two(
    store: Catalog, words: str
) -> None:
    assert await ids(store, words) == ["mouse2"]


@pytest.mark.parametrize("words", ["iphone6", "iphone 6"])
async def test_both_ways_of_writing_are_found_together(store: Catalog, words: str) -> None:
    assert set(await ids(store, words)) == {"phone", "case"}


@pytest.mark.parametrize("words", ["mouse pad", "mousepad", "mouse pads"])
async def test_two_words_and_one_are_the_same(store: Catalog, words: str) -> None:
    assert (await ids(store, words))[0] == "pad"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("notebook 15,6 pollici", "laptop"),
        ('notebook 15.6"', "laptop"),
        ("13.3 inch notebook", "laptop2"),
        ("notebook 2tb", "laptop"),
        ("notebook 2000 gb", "laptop"),
        ("notebook con 512gb", "laptop2"),
        ("frame 30x40 cm", "frame"),
        ("frame 300 x 400 mm", "frame"),
        ("bottle 75 cl", "bottle"),
        ("bottle 0,75 l", "bottle"),
    ],
)
async def test_a_measure_is_found_in_any_unit(store: Catalog, words: str, found: str) -> None:
    assert (await ids(store, words))[0] == found


@pytest.mark.parametrize("text", ["iphone 3G", "a 5g phone", "2 in 1", "model 15", "taglia 42"])
def test_what_is_no_measure_is_not_taken_for_one(text: str) -> None:
    assert list(measures(text)) == []


async def test_the_thing_itself_comes_before_its_accessories(store: Catalog) -> None:
    found = await ids(store, "notebook")

    assert set(found[:2]) == {"laptop", "laptop2"}
    assert set(found[2:]) == {"bag", "charger"}
    assert (await ids(store, "notebook bag"))[0] == "bag"


async def test_a_synonym_of_every_trade_finds_the_thing(store: Catalog) -> None:
    assert set(await ids(store, "laptops")) >= {"laptop", "laptop2"}


@pytest.mark.parametrize(
    "words", ["backpack without hood", "backpack, no hood", "zaino backpack senza hood"]
)
async def test_what_is_refused_does_not_come_up(store: Catalog, words: str) -> None:
    found = await store.search(ProductQuery(words=words))

    assert [product.id for product in found.products] == ["backpack2"]


async def test_a_refusal_given_by_the_engine_counts_as_well(store: Catalog) -> None:
    without = (Without(kind="word", value="hood"),)

    assert await ids(store, "backpack", without=without) == ["backpack2"]


async def test_no_frost_is_a_feature_and_no_refusal(store: Catalog) -> None:
    assert await ids(store, "no frost fridge") == ["fridge"]
    assert await ids(store, "no-frost fridge") == ["fridge"]


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("borsa non rossa", "rosso"),
        ("una borsa ma non in rosso", "rosso"),
        ("bag not red", "rosso"),
        ("a bag, but I don't want red", "rosso"),
    ],
)
async def test_a_refused_colour_leaves_the_other_colours(
    shop: Catalog, words: str, refused: str
) -> None:
    found = await shop.search(ProductQuery(words=words, limit=20))

    assert found.exact
    assert found.products
    for product in found.products:
        assert any(not variant.is_colour(refused) for variant in product.variants)


async def test_two_materials_are_refused_together(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(words="borsa non in pelle né in tela", limit=20))

    assert found.products
    for product in found.products:
        assert not {"pelle", "tela"} & set(product.listed("materials"))


async def test_a_refused_kind_makes_room_for_the_wanted_one(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(words="non voglio una borsa, vorrei uno zaino"))

    assert found.exact
    assert {product.category for product in found.products} == {"zaini"}
