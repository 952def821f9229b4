"""What the shop sells: products, prices, stock, reviews, the shop's facts, and the search in them.

Import from here; the modules inside are the catalog's own business. Reads are methods of `Catalog`,
writes are plain functions of a SQLAlchemy connection that never commit.
"""

from catalog.demo import load_demo
from catalog.importers import RowError, Source, read_products
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
    Without,
)
from catalog.reasons import Explanation, WordReason
from catalog.repository import is_empty
from catalog.search import SynonymError
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
    "Availability",
    "Catalog",
    "Explanation",
    "Found",
    "Imported",
    "Money",
    "PriceRange",
    "Product",
    "ProductQuery",
    "Review",
    "RowError",
    "ShopInfo",
    "ShopMissingError",
    "Source",
    "SynonymError",
    "Table",
    "Term",
    "Variant",
    "Without",
    "WordReason",
    "Zone",
    "draw_pictures",
    "import_products",
    "is_empty",
    "load_demo",
    "put_shop",
    "put_terms",
    "read_products",
    "set_price",
    "set_stock",
]
