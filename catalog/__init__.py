"""What the shop sells: products, prices, stock, reviews, the shop's facts, and the search in them.

Import from here; the modules inside are the catalog's own business. Reads are methods of `Catalog`,
writes are plain functions of a SQLAlchemy connection that never commit.
"""

from catalog.demo import load_demo
from catalog.importers import (
    FORMATS,
    Reading,
    ReadOptions,
    RowError,
    Source,
    UnreadableFileError,
    read_products,
)
from catalog.imports import Plan, run_import
from catalog.pictures import draw_pictures
from catalog.products import (
    Availability,
    Found,
    Money,
    PriceRange,
    Product,
    ProductQuery,
    Review,
    Variant,
)
from catalog.reports import Report, find_import, forget_imports, list_imports
from catalog.repository import is_empty
from catalog.shelf import Catalog, ShopMissingError
from catalog.shop import ShopInfo, Zone
from catalog.tables import Table
from catalog.terms import Term
from catalog.writing import (
    Imported,
    import_products,
    put_shop,
    put_terms,
    set_price,
    set_stock,
)

__all__ = [
    "FORMATS",
    "Availability",
    "Catalog",
    "Found",
    "Imported",
    "Money",
    "Plan",
    "PriceRange",
    "Product",
    "ProductQuery",
    "ReadOptions",
    "Reading",
    "Report",
    "Review",
    "RowError",
    "ShopInfo",
    "ShopMissingError",
    "Source",
    "Table",
    "Term",
    "UnreadableFileError",
    "Variant",
    "Zone",
    "draw_pictures",
    "find_import",
    "forget_imports",
    "import_products",
    "is_empty",
    "list_imports",
    "load_demo",
    "put_shop",
    "put_terms",
    "read_products",
    "run_import",
    "set_price",
    "set_stock",
]
