"""Synonym files, spelling and the reading of questions."""

from pathlib import Path

import pytest

from catalog import Catalog, ProductQuery
from catalog.search.language import SynonymError, load_languages
from catalog.search.spelling import Spelling
from catalog.text import Stems, fold, words


def test_a_synonym_file_is_read_as_a_marketer_writes_it(tmp_path: Path) -> None:
    (tmp_path / "it.txt").write_text(
        "# una nota\nborsa a mano = bauletto = handbag  # anche qui\n"
        "telefono, iphone ~ custodia\n- vorrei, c'è\n\n"
    )

    [italian] = load_languages(["it"], tmp_path)

    stem = italian.phrase
    assert italian.same[stem("bauletti")] == (stem("borse a mano"), stem("handbag"))
    assert italian.near[stem("iphone")] == (stem("custodie"),)
    assert {"vorrei", "c", "e"} <= italian.passed_over


def test_a_line_nobody_can_read_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("bag = purse\nbag purse\n")

    with pytest.raises(SynonymError, match=r"en\.txt:2 .* neither"):
        load_languages(["en"], tmp_path)


def test_a_language_without_a_file_has_no_synonyms(tmp_path: Path) -> None:
    [german] = load_languages(["de"], tmp_path)

    assert german.same == {}
    assert german.phrase("Tasche") == ("tasche",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("portafolio", "portafoglio"),
        ("borza", "borsa"),
        ("brosa", "borsa"),
        ("walet", "wallet"),
        ("portafolgio", "portafoglio"),
    ],
)
def test_a_slip_of_the_finger_is_understood(typed: str, meant: str) -> None:
    spelling = Spelling(["portafoglio", "borsa", "wallet", "donna", "candela"])

    assert spelling.meant(typed) == (meant,)


@pytest.mark.parametrize("typed", ["gonna", "cane", "42", "bar", "xyzzy", "iphone"])
def test_another_word_is_not_taken_for_a_slip(typed: str) -> None:
    spelling = Spelling(["portafoglio", "borsa", "wallet", "donna", "candela", "43"])

    assert spelling.meant(typed) == ()


def test_accents_case_and_apostrophes_make_no_difference() -> None:
    assert fold("Città") == fold("CITTA'") == "citta"
    assert words("L'ho già vista: è più bella!") == ["l", "ho", "gia", "vista", "e", "piu", "bella"]


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("it", "borsa", "borse"),
        ("it", "tasca", "tasche"),
        ("it", "rosso", "rosse"),
        ("en", "wallet", "wallets"),
        ("en", "candle", "candles"),
    ],
)
def test_singular_and_plural_are_one_word(language: str, one: str, many: str) -> None:
    stems = Stems(language)

    assert stems.of(one) == stems.of(many)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("borsa sotto i 100 euro", None, 100),
        ("borsa fino a 99,50 €", None, 99.5),
        ("borsa max €120", None, 120),
        ("una borsa tra 50 e 100 euro", 50, 100),
        ("bag between €50 and €100", 50, 100),
        ("bag under 100", None, 100),
        ("a bag for less than 80 eur", None, 80),
        ("borsa oltre i 150 euro", 150, None),
    ],
)
async def test_a_price_limit_in_the_words_is_kept(
    shop: Catalog, words: str, low: float | None, high: float | None
) -> None:
    found = await shop.search(ProductQuery(words=words, limit=20))

    assert found.exact
    assert found.products
    for product in found.products:
        prices = [variant.price for variant in product.variants]
        assert low is None or max(prices) >= low
        assert high is None or min(prices) <= high


async def test_a_number_that_is_no_price_is_not_taken_for_one(shop: Catalog) -> None:
    found = await shop.search(ProductQuery(words="custodia per portatile 15", language="it"))

    assert found.products[0].id == "giotto"
