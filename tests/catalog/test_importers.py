"""Files of products, as shops have them."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from catalog import Imported, RowError, Source, Table, import_products, read_products
from catalog.importers.money import read_price

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def read(text: str) -> list[Source | RowError]:
    return read_products(text.encode())


def imported(rows: list[Source | RowError], folder: Path) -> Imported:
    engine = create_engine(f"sqlite:///{folder}/catalog.db")
    with engine.begin() as conn:
        Table.metadata.create_all(conn)
        done = import_products(conn, rows, at=NOW)
    engine.dispose()
    return done


def test_json_lines_are_read_line_by_line(tmp_path: Path) -> None:
    rows = read(
        '{"id": "a", "names": {"it": "Borsa"}, "category": "borse", "price": "10.00"}\n'
        "\n"
        '{"id": "b", "name": "Belt", "category": "belts", "price": 12.5, "stock": 3}\n'
    )

    assert [row.line for row in rows] == [1, 3]
    assert imported(rows, tmp_path) == Imported(products=2, variants=2, added=2)


def test_a_line_that_is_not_json_is_reported_with_its_place() -> None:
    rows = read('{"id": "a"}\n{"id": b}\n[1]\n{"id": "c"}\n')

    assert [type(row) for row in rows] == [Source, RowError, RowError, Source]
    assert isinstance(rows[1], RowError)
    assert (rows[1].line, rows[1].column) == (2, "character 8")
    assert "braces" in str(rows[2])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_read_whatever_program_wrote_it(separator: str, encoding: str) -> None:
    lines = (("id", "name", "price"), ("a", "Città", "12.50"))
    data = "\r\n".join(separator.join(line) for line in lines).encode(encoding)

    [row] = read_products(data)

    assert isinstance(row, Source)
    assert row.data["names"] == {"": "Città"}
    assert row.data["variants"] == [{"price": "12.50"}]


def test_neighbouring_rows_of_one_id_are_variants_of_one_product(tmp_path: Path) -> None:
    rows = read(
        "id,name_it,name_en,category,price,color,size,stock,material,image\n"
        'a,Borsa,Bag,borse,"129,00 €",rosso,,3,pelle|tela,/1.jpg|/2.jpg\n'
        'a,Borsa,Bag,borse,"129,00 €",nero,,0,pelle|tela,/3.jpg\n'
        "b,Cintura,Belt,cinture,EUR 59.00,nero,95,1,pelle,\n"
    )

    first, second = rows
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.line, second.line) == (2, 4)
    assert first.data["names"] == {"it": "Borsa", "en": "Bag"}
    assert first.data["materials"] == ["pelle", "tela"]
    assert first.data["images"] == ["/1.jpg", "/2.jpg", "/3.jpg"]
    assert [v["colour"] for v in first.data["variants"]] == ["rosso", "nero"]
    assert imported(rows, tmp_path) == Imported(products=2, variants=3, added=2)


def test_mistakes_in_a_table_name_line_column_and_reason(tmp_path: Path) -> None:
    done = imported(
        read(
            "id,name,category,price,stock\n"
            "a,Bag,bags,10.00,1\n"
            "b,Bag,bags,ten,1\n"
            "c,Bag,bags,10.00,many\n"
            "d,Bag, big one,bags,10.00,1\n"
            ",Bag,bags,10.00,1\n"
        ),
        tmp_path,
    )

    assert done.products == 1
    assert [(error.line, error.column) for error in done.errors] == [
        (5, ""),
        (3, "price"),
        (4, "stock"),
        (6, "id"),
    ]
    assert "quotes" in done.errors[0].reason


def test_a_table_without_a_price_column_says_what_is_missing() -> None:
    [error] = read("id;nome\na;Borsa\n")

    assert str(error) == "line 1, column price: the first line must name a column 'price'"


def test_an_empty_file_says_what_is_missing() -> None:
    assert isinstance(read("")[0], RowError)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("129", "129", None),
        ("129.00", "129.00", None),
        ("129,90", "129.90", None),
        ("1.299,00 €", "1299.00", "EUR"),
        ("1,299.00 USD", "1299.00", "USD"),
        ("€ 1'299.50", "1299.50", "EUR"),
        ("EUR 1.299", "1299", "EUR"),
        ("1.299.000", "1299000", None),
        ("£12.5", "12.5", "GBP"),
        ("12 345,60 eur", "12345.60", "EUR"),
    ],
)
def test_prices_are_read_as_people_write_them(text: str, amount: str, currency: str | None) -> None:
    assert read_price(text) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "free", "-3", "12,50 euros and more", "1e5", "NaN"])
def test_what_is_not_a_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a price"):
        read_price(text)


@pytest.mark.parametrize("form", ["[{rows}]", '{{"products": [\n{rows}\n]}}'])
def test_a_json_array_is_read_bare_or_wrapped(form: str, tmp_path: Path) -> None:
    rows = '{"id": "a", "name": "A", "category": "c", "price": 1},\n"b",\n{"id": "c",\n"name": "C"}'
    found = read(form.format(rows=rows))
    lines = 1 if form.startswith("[") else 2
    assert [(type(row), row.line - lines) for row in found] == [
        (Source, 0),
        (RowError, 1),
        (Source, 2),
    ]
    assert imported(found, tmp_path).products == 1


def test_a_broken_json_array_says_where() -> None:
    first, error = read('[{"id": "a"},\n{"id": ]')
    assert isinstance(first, Source)
    assert isinstance(error, RowError)
    assert (error.line, error.column, error.fatal) == (2, "character 8", True)


def test_a_table_without_ids_is_known_by_its_article_codes(tmp_path: Path) -> None:
    rows = read("SKU;Nome prodotto;Prezzo;Categoria;Immagine\nA-1;Tazza;9,50;casa;/t.jpg\n")
    [row] = rows
    assert isinstance(row, Source)
    assert row.data["id"] == "A-1"
    assert imported(rows, tmp_path).products == 1


def test_a_table_of_ones_own_with_links_is_no_merchant_feed() -> None:
    table = (
        "id,title,price,link,image_link,category,stock\na,Bag,10.00,https://x,https://y,bags,3\n"
    )
    [row] = read(table)
    assert isinstance(row, Source)
    assert (row.data["category"], row.data["url"]) == ("bags", "https://x")
    assert row.data["variants"][0]["stock"] == "3"
