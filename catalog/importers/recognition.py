"""Which kind of file this is, by what is in it and not by what it is called."""

from dataclasses import dataclass

from catalog.importers.formats import woocommerce
from catalog.importers.opening import Opened
from catalog.importers.options import FORMATS
from catalog.importers.tabular import Sheet, sheet_of

_META = {
    "quantity_to_sell_on_facebook",
    "fb_product_category",
    "commerce_tax_category",
    "image[0].url",
    "video[0].url",
    "visibility",
    "inventory",
    "origin_country",
    "additional_variant_attribute",
    "rich_text_description",
}
_SHOPIFY = {"variant_price", "variant_sku", "option1_name", "option1_value", "body_html"}
# Both merchant feeds must say the availability; a table of one's own hardly does with a link.
_MERCHANT = {"image_link", "link", "condition", "gtin", "google_product_category"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found out about a file."""

    format: str
    encoding: str
    separator: str = ""


def recognise(opened: Opened, wanted: str = "auto") -> Kind:
    """Return format, encoding and separator; a `wanted` format is not doubted."""
    if wanted not in ("auto", *FORMATS):
        raise ValueError(f'"{wanted}" is not a format: auto, {", ".join(FORMATS)}')
    encoding = opened.encoding()
    head = opened.head().decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if wanted == "auto" and head[:1] in ("{", "["):
        return Kind("jsonl", encoding)
    if wanted == "auto" and head.startswith("<"):
        return Kind("google-xml", encoding)
    if wanted in ("jsonl", "google-xml"):
        return Kind(wanted, encoding)
    sheet = sheet_of(head)
    found = _by_columns(sheet) if wanted == "auto" else wanted
    return Kind(found, encoding, sheet.separator)


def _by_columns(sheet: Sheet) -> str:
    names = set(sheet.names)
    if names & {"handle", "url_handle"} and (names & _SHOPIFY or "title" in names):
        return "shopify"
    if "sku" in names and names & {"attribute_set_code", "configurable_variations", "product_type"}:
        return "magento"
    english = {woocommerce.column(name) for name in names}
    if {"type", "sku"} <= english and english & {"regular_price", "parent", "published"}:
        return "woocommerce"
    if {"id", "title", "availability"} <= names and names & _MERCHANT:
        return _merchant(sheet, names)
    return "csv"


def _merchant(sheet: Sheet, names: set[str]) -> str:
    """Google takes text feeds with tabs, Meta with commas; both share their columns."""
    if names & _META:
        return "meta"
    return "google-tsv" if sheet.separator == "\t" else "meta"
