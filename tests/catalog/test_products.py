"""What may be said about a product, and for how long."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import catalog
from catalog import Product, Review, Variant

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FRESH = timedelta(hours=72)


def variant(
    sku: str, *, age: int = 0, price: str = "10.00", stock: int = 1, **more: str
) -> Variant:
    at = NOW - timedelta(hours=age)
    return Variant(
        sku=sku, price=Decimal(price), currency="EUR", price_at=at, stock=stock, stock_at=at, **more
    )


def shoe(*variants: Variant, **more: object) -> Product:
    return Product(id="x", names={"it": "Scarpa"}, category="shoes", variants=variants, **more)


def test_a_price_is_quoted_up_to_the_freshness_and_not_a_second_longer() -> None:
    just = shoe(variant("a", age=72))

    assert just.price_range(NOW, FRESH) is not None
    assert just.price_range(NOW + timedelta(seconds=1), FRESH) is None


def test_a_range_is_made_of_fresh_prices_only() -> None:
    product = shoe(variant("a", price="10.00"), variant("b", price="5.00", age=100))

    prices = product.price_range(NOW, FRESH)

    assert prices is not None
    assert prices.low == prices.high
    assert str(prices.low.amount) == "10.00"


def test_a_stock_figure_with_one_old_part_is_not_quoted() -> None:
    product = shoe(variant("a", stock=3), variant("b", stock=2, age=100))

    assert product.stock(NOW, FRESH) is None
    assert product.stock(NOW, FRESH, [product.variants[0]]) == 3


def test_availability_is_told_colour_by_colour_and_size_by_size() -> None:
    product = shoe(
        variant("a", colour="red", size="41", stock=2),
        variant("b", colour="red", size="42", stock=0),
        variant("c", colour="blue", size="42", stock=5, age=100),
    )

    red, blue = product.availability(NOW, FRESH)

    assert (red.colour, red.stock, red.sizes) == ("red", 2, {"41": 2, "42": 0})
    assert (blue.colour, blue.stock, blue.sizes) == ("blue", None, {"42": None})


def test_variants_match_by_shade_with_the_exact_colour_first() -> None:
    product = shoe(
        variant("a", colour="bordeaux", family="rosso"),
        variant("b", colour="rosso"),
        variant("c", colour="nero"),
    )

    assert [v.sku for v in product.matching(colour="rosso")] == ["b", "a"]
    assert [v.sku for v in product.matching(colour="bordeaux")] == ["a"]
    assert product.matching(colour="verde") == []


def test_sizes_match_however_they_are_typed() -> None:
    product = shoe(variant("a", size="7.5"), variant("b", size="XL"))

    assert [v.sku for v in product.matching(size="7 ½")] == ["a"]
    assert [v.sku for v in product.matching(size="7,5")] == ["a"]
    assert [v.sku for v in product.matching(size="xl")] == ["b"]


def test_the_picture_is_the_one_of_the_colour() -> None:
    product = shoe(
        variant("a", colour="rosso", image="/r.jpg"),
        variant("b", colour="nero", image="/n.jpg"),
        images=("/r.jpg", "/n.jpg"),
    )

    assert product.image("nero") == "/n.jpg"
    assert product.image("verde") == product.image() == "/r.jpg"
    assert shoe().image() is None


def test_a_missing_language_falls_back_to_the_one_there_is() -> None:
    assert shoe().name("en") == "Scarpa"
    assert shoe().description("en") == ""


def test_the_quoted_review_is_good_verified_and_in_the_language_asked_for() -> None:
    def review(author: str, rating: int, language: str, *, verified: bool) -> Review:
        texts = {language: "text"}
        return Review(author=author, rating=rating, texts=texts, verified=verified, at=NOW)

    product = shoe(
        reviews=(
            review("unverified", 5, "it", verified=False),
            review("verified", 4, "it", verified=True),
            review("bad", 2, "en", verified=True),
        )
    )

    quoted = product.quote("it")
    assert quoted is not None
    assert quoted.author == "verified"
    assert product.quote("en") is None


def test_the_example_of_the_readme_runs() -> None:
    readme = Path(catalog.__file__).with_name("README.md").read_text("utf-8")
    example = readme.split("```python\n")[1].split("```")[0]

    exec(compile(example, "README.md", "exec"), {})  # noqa: S102
