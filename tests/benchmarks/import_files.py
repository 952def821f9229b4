"""Product files of any size, for measuring imports: variants, pictures' links, long texts."""

import csv
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

COLOURS = ("rosso", "nero", "blu notte", "verde", "sabbia")
SIZES = ("XS", "S", "M", "L")
VARIANTS = 4
TEXT = "Pelle conciata al vegetale, cuciture a mano, fodera in cotone; si apre con una zip. " * 4
HEADER = (
    "id",
    "item_group_id",
    "title",
    "description",
    "link",
    "image_link",
    "additional_image_link",
    "availability",
    "price",
    "sale_price",
    "sale_price_effective_date",
    "brand",
    "gtin",
    "color",
    "size",
    "material",
    "product_type",
    "condition",
)

SHOPIFY = (
    *("Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published"),
    *("Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Variant SKU"),
    *("Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy"),
    *("Variant Price", "Variant Compare At Price", "Image Src", "Status"),
)


def offers(rows: int) -> Iterator[dict[str, str]]:
    """Return as many offers; four in a row are variants of one product."""
    for n in range(rows):
        group = n // VARIANTS
        host = "https://shop.example"
        yield {
            "id": f"SKU-{n:07}",
            "item_group_id": f"P-{group:06}",
            "title": f"Borsa modello {group} con tracolla",
            "description": TEXT,
            "link": f"{host}/borse/{group}?variant={n}",
            "image_link": f"{host}/img/{n}-1.jpg",
            "additional_image_link": f"{host}/img/{n}-2.jpg,{host}/img/{n}-3.jpg",
            "availability": "in_stock" if n % 7 else "out_of_stock",
            "price": f"{20 + group % 300}.90 EUR",
            "sale_price": f"{15 + group % 300}.90 EUR" if group % 5 == 0 else "",
            "sale_price_effective_date": (
                "2026-11-20T00:00+0100/2027-01-07T23:59+0100" if group % 5 == 0 else ""
            ),
            "brand": f"Marca {group % 40}",
            "gtin": f"{8000000000000 + n}",
            "color": COLOURS[n % len(COLOURS)],
            "size": SIZES[n % len(SIZES)],
            "material": "pelle/cotone",
            "product_type": "Accessori > Borse > Tracolle",
            "condition": "new",
        }


def write_google_xml(path: Path, rows: int) -> None:
    """Write a Google Merchant feed in RSS 2.0."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">\n<channel>\n')
        for offer in offers(rows):
            file.write("<item>\n")
            for name, text in offer.items():
                parts = text.split(",") if name == "additional_image_link" else [text]
                file.writelines(f"  <g:{name}>{escape(part)}</g:{name}>\n" for part in parts)
            file.write("</item>\n")
        file.write("</channel>\n</rss>\n")


def write_google_tsv(path: Path, rows: int) -> None:
    """Write a Google Merchant text feed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER, delimiter="\t")
        table.writeheader()
        table.writerows(offers(rows))


def write_csv(path: Path, rows: int) -> None:
    """Write a table of one's own."""
    names = {
        "item_group_id": "id",
        "id": "sku",
        "title": "name",
        "description": "description",
        "product_type": "category",
        "price": "price",
        "sale_price": "sale_price",
        "color": "colour",
        "size": "size",
        "material": "material",
        "image_link": "image",
        "link": "url",
        "brand": "brand",
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*names.values(), "stock"])
        table.writeheader()
        for n, offer in enumerate(offers(rows)):
            row = {ours: offer[theirs] for theirs, ours in names.items()}
            images = (offer["image_link"], *offer["additional_image_link"].split(","))
            table.writerow({**row, "image": "|".join(images), "stock": str(n % 9)})


def write_shopify(path: Path, rows: int) -> None:
    """Write Shopify's export: the first row of a product says everything, the others little."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, SHOPIFY)
        table.writeheader()
        for n, offer in enumerate(offers(rows)):
            whole = n % VARIANTS == 0
            table.writerow(
                {
                    "Handle": offer["item_group_id"],
                    "Title": offer["title"] if whole else "",
                    "Body (HTML)": f"<p>{TEXT}</p><ul><li>zip</li></ul>" if whole else "",
                    "Vendor": offer["brand"] if whole else "",
                    "Type": "Borse" if whole else "",
                    "Published": "TRUE" if whole else "",
                    "Option1 Name": "Colore" if whole else "",
                    "Option1 Value": offer["color"],
                    "Option2 Name": "Taglia" if whole else "",
                    "Option2 Value": offer["size"],
                    "Variant SKU": offer["id"],
                    "Variant Inventory Tracker": "shopify",
                    "Variant Inventory Qty": str(n % 9),
                    "Variant Inventory Policy": "deny",
                    "Variant Price": offer["price"].removesuffix(" EUR"),
                    "Image Src": offer["image_link"],
                    "Status": "active" if whole else "",
                }
            )


WRITERS = {
    "csv": write_csv,
    "google-xml": write_google_xml,
    "google-tsv": write_google_tsv,
    "shopify": write_shopify,
}
