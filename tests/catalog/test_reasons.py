"""Why a product came up, what is like it, and synonyms that count at once."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.db import Database
from catalog import Catalog, ProductQuery, SynonymError, Without


async def test_an_answer_is_explained_word_by_word(shop: Catalog) -> None:
    query = ProductQuery(words="portafolio rosso con zip", language="it")

    why = await shop.explain("lucrezia", query)

    assert why is not None
    assert why.filters == {"category": ("portafogli",), "colour": ("rosso",)}
    assert why.score is not None
    zipped = next(reason for reason in why.words if reason.typed == "zip")
    assert zipped.how == "word"
    assert "text" in zipped.fields


async def test_a_slip_and_a_synonym_are_named_as_such(shop: Catalog) -> None:
    slip = await shop.explain("siena", ProductQuery(words="tracola", language="it"))
    same = await shop.explain("giglio", ProductQuery(words="bucket bag", language="en"))

    assert slip is not None
    assert (slip.words[0].how, slip.words[0].told) == ("spelling", "tracolla")
    assert same is not None
    assert any(reason.fields for reason in same.words)


async def test_what_is_missing_and_what_was_given_up_is_said(shop: Catalog) -> None:
    query = ProductQuery(words="zaino arancione", language="it")

    found = await shop.search(query)
    why = await shop.explain(found.products[0].id, query)

    assert why is not None
    assert not why.exact
    assert why.missed == found.missed == ("colour",)
    assert "colour" in why.unmet


async def test_a_product_that_does_not_fit_has_no_score(shop: Catalog) -> None:
    why = await shop.explain("siena", ProductQuery(words="candela alla lavanda"))

    assert why is not None
    assert why.score is None
    assert await shop.explain("nobody", ProductQuery(words="borsa")) is None


async def test_refusals_are_part_of_the_reasons(shop: Catalog) -> None:
    query = ProductQuery(words="borsa", without=(Without(kind="material", value="pelle"),))

    why = await shop.explain("melissa", query)

    assert why is not None
    assert why.refused == ("pelle",)


async def test_what_is_like_a_product_is_of_its_kind_and_not_itself(shop: Catalog) -> None:
    found = await shop.similar("siena", ProductQuery(limit=4))

    assert found.exact
    assert {product.category for product in found.products} == {"borse"}
    assert "siena" not in {product.id for product in found.products}
    assert all("pelle" in product.listed("materials") for product in found.products[:2])


async def test_like_it_but_cheaper_costs_less(shop: Catalog) -> None:
    siena, *_ = await shop.get(["siena"])
    price = min(variant.price for variant in siena.variants)

    found = await shop.similar("siena", cheaper=True)

    assert found.exact
    for product in found.products:
        assert min(variant.price for variant in product.variants) < price


async def test_like_it_in_another_colour_or_the_nearest(shop: Catalog) -> None:
    green = await shop.similar("siena", ProductQuery(colour="verde"))
    orange = await shop.similar("siena", ProductQuery(words="arancione"))

    assert green.exact
    assert all(product.matching(colour="verde") for product in green.products)
    assert not orange.exact
    assert orange.missed == ("colour",)
    assert not (await shop.similar("nobody")).products


async def test_synonyms_count_without_a_restart(demo_file: Path, tmp_path: Path) -> None:
    (tmp_path / "it.txt").write_text("tracolla = borsa a spalla\n", "utf-8")
    database = Database(f"sqlite:///{demo_file}")
    await database.start()
    shop = Catalog(database.sessions, None, timedelta(days=3), ("it",), synonyms=tmp_path)
    await shop.start()
    try:
        query = ProductQuery(words="gnuzza", language="it")
        assert not (await shop.search(query)).exact

        await shop.put_synonyms("it", "tracolla = borsa a spalla\nsegnalibro = gnuzza\n")
        await shop.refresh()
        found = await shop.search(query)

        assert found.exact
        assert found.products[0].id == "pagina"
        with pytest.raises(SynonymError, match=r"it\.txt:2"):
            await shop.put_synonyms("it", "a = b\nnonsense\n")
        assert "gnuzza" in await shop.synonyms("it")

        (tmp_path / "it.txt").write_text("nonsense\n", "utf-8")
        await shop.refresh()
        assert (await shop.search(query)).exact, "a mistake keeps the words there were"
    finally:
        await shop.stop()
        await database.stop()
