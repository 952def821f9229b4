"""The files of shop systems, read as their documentation describes them."""

import gzip
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog import Reading, ReadOptions, RowError, UnreadableFileError
from catalog.importers import Incoming, check

FILES = Path(__file__).parent / "files"


def read(name: str, **options: str) -> tuple[dict[str, Incoming], list[RowError]]:
    """Return the good products by id, and the mistakes."""
    products: dict[str, Incoming] = {}
    errors: list[RowError] = []
    for row in Reading(FILES / name, ReadOptions(**options)).rows():
        if isinstance(row, RowError):
            errors.append(row)
            continue
        product, found = check(row)
        errors += found
        if product:
            products[product.id] = product
    return products, errors


def offers(product: Incoming, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(v, name) for name in names) for v in product.variants]


@pytest.mark.parametrize(
    ("name", "kind", "separator"),
    [
        ("google.xml", "google-xml", ""),
        ("atom.xml", "google-xml", ""),
        ("google.tsv", "google-tsv", "\t"),
        ("meta.csv", "meta", ","),
        ("shopify.csv", "shopify", ","),
        ("shopify_new.csv", "shopify", ","),
        ("woocommerce.csv", "woocommerce", ","),
        ("woocommerce_it.csv", "woocommerce", ";"),
        ("magento.csv", "magento", ","),
    ],
)
def test_a_format_is_recognised_by_what_is_in_it(name: str, kind: str, separator: str) -> None:
    found = Reading((FILES / name).read_bytes()).kind
    assert (found.format, found.separator) == (kind, separator)


def test_a_google_feed_joins_variants_that_stand_apart() -> None:
    products, errors = read("google.xml", language="it")

    tee = products["TEE"]
    assert tee.names == {"it": "Maglietta Alba, verde"}
    assert tee.descriptions == {"it": "Cotone & lino.\nLavabile a 30°."}
    assert (tee.category, tee.materials) == ("Magliette", ["cotone", "lino"])
    assert tee.attributes["brand"] == "Alba"
    assert [image[-10:] for image in tee.images] == ["alba-1.jpg", "alba-2.jpg", "alba-3.jpg"]
    assert offers(tee, "sku", "colour", "size", "available") == [
        ("TEE-GRN-S", "verde", "S", True),
        ("TEE-GRN-M", "verde", "M", False),
    ]
    price, start, until = tee.variants[0].sale()
    assert price == Decimal("19.90")
    assert start == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert until == datetime(2030, 1, 7, 22, 59, tzinfo=UTC)
    assert products["CUP"].category == "other"
    assert [(e.line, e.column) for e in errors] == [(43, "price"), (43, "availability")]


def test_the_price_of_the_shipping_is_not_the_price_of_the_product() -> None:
    products, _ = read("google.xml")
    assert products["TEE"].variants[0].price == Decimal("25.00")


def test_an_atom_feed_in_latin_1_is_read() -> None:
    products, errors = read("atom.xml")
    assert errors == []
    assert products["C"].names == {"": "Città alta"}
    assert products["C"].url == "https://shop.example/citta"


def test_a_google_text_feed() -> None:
    products, errors = read("google.tsv")
    scarf = products["A"]
    assert errors == []
    assert scarf.names == {"": "Sciarpa Nebbia"}
    assert len(scarf.images) == 4
    assert offers(scarf, "colour", "available") == [("rosso", True), ("nero", False)]


def test_a_meta_catalog_with_its_line_of_comments_and_odd_ends_of_days() -> None:
    products, errors = read("meta.csv")
    assert errors == []
    [hat] = products["FB_1"].variants
    assert (hat.stock, hat.colour) == (4, "grigio")
    assert hat.sale()[1:] == (
        datetime(2026, 11, 1, tzinfo=UTC),
        datetime(2031, 1, 1, tzinfo=UTC),
    )
    [gloves] = products["FB_2"].variants
    assert (gloves.price, gloves.available) == (Decimal("1035.00"), False)
    assert products["FB_2"].attributes["availability"] == "available for order"


def test_shopify_variants_and_pictures_over_several_rows() -> None:
    products, errors = read("shopify.csv", base_url="https://shop.example")

    bag = products["siena-bag"]
    assert bag.descriptions == {"": "Soft leather.\nZip\nLining"}
    assert (bag.category, bag.attributes["brand"]) == ("Bags", "Lume")
    assert bag.url == "https://shop.example/products/siena-bag"
    assert len(bag.images) == 3
    assert offers(bag, "sku", "colour", "size") == [
        ("SIENA-B", "Burgundy", "One"),
        ("SIENA-N", "Black", "One"),
    ]
    burgundy, black = bag.variants
    assert (burgundy.price, burgundy.sale_price) == (Decimal(159), Decimal(139))
    assert (burgundy.stock, black.stock, black.available) == (3, None, True)
    assert products["gift-card"].variants[0].available
    assert products["old-bag"].hidden
    assert [(e.line, e.column) for e in errors] == [(8, "Variant Price")]


def test_shopifys_newer_template_and_an_option_that_is_neither_colour_nor_size() -> None:
    products, errors = read("shopify_new.csv")
    assert errors == []
    assert offers(products["fiasco"], "sku", "size", "stock") == [
        ("F-500", "500 ml", 5),
        ("F-750", "750 ml", None),
    ]


def test_woocommerce_variations_find_their_parent_by_id_and_by_sku() -> None:
    products, errors = read("woocommerce.csv")

    assert errors == []
    tee = products["44"]
    assert tee.descriptions == {"": "Pellentesque & more"}
    assert tee.category == "Tshirts"
    assert offers(tee, "sku", "colour", "size", "stock", "available") == [
        ("woo-vneck-tee-green", "Green", "L", 7, True),
        ("woo-vneck-tee-blue", "Blue", "M", None, False),
    ]
    assert tee.variants[1].sale_price == Decimal(18)
    cap = products["45"].variants[0]
    assert (cap.colour, cap.stock, cap.sale_price) == ("Yellow", 15, Decimal(16))
    assert cap.sale()[2] == datetime(2031, 1, 1, tzinfo=UTC)
    assert products["48"].hidden


def test_woocommerce_in_italian_with_semicolons_and_decimal_commas() -> None:
    products, errors = read("woocommerce_it.csv")
    assert errors == []
    [cup] = products["7"].variants
    assert (cup.price, cup.sale_price) == (Decimal("12.00"), Decimal("9.50"))
    assert (cup.stock, cup.colour) == (3, "Bianco")


def test_magento_simple_products_are_gathered_by_the_configurable_one() -> None:
    products, errors = read("magento.csv", language="en", base_url="https://shop.example")

    hoodie = products["MH01"]
    assert hoodie.names == {"en": "Chaz Hoodie", "it": "Felpa Chaz"}
    assert hoodie.descriptions["it"] == "Felpa bicolore."
    assert (hoodie.category, hoodie.materials) == ("Hoodies", ["Cotton", "Fleece"])
    assert hoodie.images[0] == "https://shop.example/media/catalog/product/m/h/mh01.jpg"
    assert offers(hoodie, "sku", "colour", "size", "stock") == [
        ("MH01-XS-Black", "Black", "XS", 100),
        ("MH01-XS-Gray", "Gray", "XS", 0),
    ]
    assert hoodie.variants[0].price == Decimal("52.00")
    assert hoodie.variants[0].sale()[0] == Decimal("41.6")
    assert products["24-MB01"].descriptions == {"en": "Sporty"}
    assert products["24-MB02"].hidden
    assert [(e.line, e.column) for e in errors] == [(8, "price")]


def test_a_compressed_file_is_seen_through() -> None:
    packed = gzip.compress((FILES / "shopify.csv").read_bytes())
    assert Reading(packed).kind.format == "shopify"
    assert len(list(Reading(packed).rows())) == 3


def test_an_excel_workbook_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match="save the sheet as CSV"):
        Reading(b"PK\x03\x04rest")


def test_a_damaged_compressed_file_says_so() -> None:
    packed = gzip.compress((FILES / "shopify.csv").read_bytes())[:200]
    with pytest.raises(UnreadableFileError, match="damaged"):
        list(Reading(packed).rows())


def test_entities_in_xml_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss><item/></rss>'
    [error] = Reading(bomb).rows()
    assert isinstance(error, RowError)
    assert error.fatal
    assert "refused" in error.reason


def test_xml_that_ends_too_early_keeps_what_was_read_and_says_where() -> None:
    cut = (FILES / "google.xml").read_bytes()[:1500]
    rows = list(Reading(cut).rows())
    broken = [row for row in rows if isinstance(row, RowError)]
    assert len(rows) > 1
    assert [(row.fatal, row.line > 30) for row in broken] == [(True, True)]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "mac_roman", "cp850"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    words = ["però", "città", "perché", "qualità", "più", "già", "così", "è", "là", "caffè", "tè"]
    words += [] if encoding in ("mac_roman", "cp850") else ["€"]
    lines = "".join(f"{n},{word} di velluto,{n}.50\n" for n, word in enumerate(words * 5))
    reading = Reading(f"id,name,price\n{lines}".encode(encoding))
    names = [row.data["names"][""] for row in reading.rows() if not isinstance(row, RowError)]
    assert names[:2] == ["però di velluto", "città di velluto"]
