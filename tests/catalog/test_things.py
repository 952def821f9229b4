"""What is called as it was named, what tells of a thing, and what only ranks beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog import Catalog, ProductQuery
from tests.demo_catalog import fill_demo, opened


@pytest.fixture(scope="module")
def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_demo(tmp_path_factory.mktemp("things") / "shop.db")


@pytest.fixture
async def shop(demo_shop: Path) -> AsyncIterator[Catalog]:
    async with opened(demo_shop) as catalog:
        yield catalog


@pytest.mark.parametrize(
    ("language", "thing", "wanted"),
    [
        ("en", "dog collars", {"briciola"}),
        ("it", "collare", {"briciola"}),
        ("it", "buoni regalo", {"buono"}),
        ("en", "gift vouchers", {"buono"}),
        ("it", "taccuino", {"memo"}),
        ("en", "notebook", {"memo"}),
        ("en", "diary", {"memo", "perpetua"}),
        ("en", "jewellery box", {"scrigno"}),
        ("it", "porta gioie", {"scrigno"}),
        ("en", "make-up bag", {"perla"}),
        ("en", "cosmetics bag", {"perla"}),
        ("en", "wash bag", {"rada"}),
        ("en", "specs case", {"vista"}),
        ("it", "custodia per il pc", {"giotto"}),
        ("en", "laptop case", {"giotto"}),
        ("it", "targhetta per la valigia", {"rotta"}),
        ("it", "pantofole", {"tepore", "bice"}),
        ("en", "key rings", {"nodo", "cuore"}),
        ("it", "scialle", {"nuvola"}),
        ("en", "briefcases", {"dante", "vasari"}),
        ("en", "bookmark; pen case", {"pagina", "lapo"}),
    ],
)
async def test_only_what_is_called_so_is_found(
    shop: Catalog, language: str, thing: str, wanted: set[str]
) -> None:
    found = await shop.search(ProductQuery(thing=thing, language=language, limit=10))
    assert {product.id for product in found.products} == wanted
    assert found.exact
    assert found.named


@pytest.mark.parametrize("thing", ["bag", "borsa", "wallets", "cinture", "gift set", "umbrella"])
async def test_a_whole_category_and_what_is_not_sold_are_no_narrow_name(
    shop: Catalog, thing: str
) -> None:
    found = await shop.search(ProductQuery(thing=thing, limit=1))
    assert not found.named


async def test_what_else_is_told_of_a_thing_makes_no_other_of_it(shop: Catalog) -> None:
    told = "do you make dog collars? we just got a spaniel and he pulls like a train"
    found = await shop.search(ProductQuery(thing="dog collars", words=told, language="en"))
    assert [product.id for product in found.products] == ["briciola"]
    assert found.exact


async def test_a_thing_in_a_colour_it_does_not_come_in_is_the_nearest(shop: Catalog) -> None:
    query = ProductQuery(thing="dog collar", colour="argento", language="en")
    found = await shop.search(query)
    assert [product.id for product in found.products] == ["briciola"]
    assert not found.exact
    assert found.missed == ("colour",)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"having": "portatile da 15 pollici", "words": "elegante"}, {"giotto", "dante", "ponte"}),
        ({"having": "15 inch laptop"}, {"giotto", "dante", "ponte"}),
        ({"having": "photos"}, {"ricordi"}),
        ({"having": "occhiali"}, {"vista"}),
        ({"having": "shades"}, {"vista"}),
        ({"having": "bottiglia"}, {"arno"}),
        ({"having": "penne", "category": "set-regalo"}, {"scriba"}),
        ({"having": "slippers candle", "category": "set-regalo"}, {"coccola"}),
        ({"having": "passport holder luggage tag", "category": "set-regalo"}, {"partenza"}),
    ],
)
async def test_what_tells_of_it_is_found_wherever_it_stands(
    shop: Catalog, query: dict[str, str], wanted: set[str]
) -> None:
    found = await shop.search(ProductQuery(limit=10, **query))  # type: ignore[arg-type]
    assert {product.id for product in found.products} == wanted
    assert found.exact


async def test_a_laptop_bag_is_a_bag_wherever_the_shop_puts_it(shop: Catalog) -> None:
    query = ProductQuery(having="pc da 14", thing="borsa", category="borse", language="it")
    found = await shop.search(query)
    assert [product.id for product in found.products] == ["beatrice", "fiesole"]


@pytest.mark.parametrize("having", ["saxophone", "di con per"])
async def test_what_nothing_tells_of_is_found_nowhere(shop: Catalog, having: str) -> None:
    assert (await shop.search(ProductQuery(having=having))).total == 0


async def test_glasses_are_not_made_of_glass(shop: Catalog) -> None:
    read = await shop.understand(ProductQuery(words="a case for my glasses", language="en"))
    assert "material" not in read.filters
    read = await shop.understand(ProductQuery(words="a glass jar", language="en"))
    assert read.filters["material"] == ("vetro",)


@pytest.mark.parametrize(
    ("language", "words", "unsold"),
    [
        ("it", "orologi nemmeno immagino", ("orologi",)),
        ("en", "no umbrellas, I guess?", ("umbrellas",)),
        ("en", "and no sunglasses I imagine?", ("sunglasses",)),
        ("en", "fanny pack", ("fanny pack",)),
        ("it", "chi ha vinto", ()),
        ("it", "senza zip", ()),
        ("en", "not black", ()),
        ("en", "a wallet", ()),
    ],
)
async def test_what_is_not_sold_is_known_as_such(
    shop: Catalog, language: str, words: str, unsold: tuple[str, ...]
) -> None:
    assert (await shop.understand(ProductQuery(words=words, language=language))).unsold == unsold


@pytest.mark.parametrize(
    ("language", "thing", "wanted"),
    [
        ("it", "borsa a tracolla", {"siena", "stella", "matilde"}),
        ("en", "holdall", {"colombo", "lido"}),
        ("en", "sports bag", {"lido"}),
        ("en", "pencil case", {"lapo"}),
        ("en", "cosmetic pouch", {"perla"}),
        ("en", "courier bag", {"cosimo"}),
        ("it", "portaspiccioli", {"gaia"}),
        ("it", "segnapagina", {"pagina"}),
    ],
)
async def test_everyday_names_of_kinds_are_known(
    shop: Catalog, language: str, thing: str, wanted: set[str]
) -> None:
    found = await shop.search(ProductQuery(thing=thing, language=language, limit=10))
    assert found.named
    assert {product.id for product in found.products} == wanted
