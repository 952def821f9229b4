"""What the shop sells: products, prices, stock, reviews, the shop's facts, and the search in them.

Import from here; the modules inside are the catalog's own business. Reads are methods of `Catalog`,
writes are plain functions of a SQLAlchemy connection that never commit.
"""

from catalog.connectors import Fetched, FetchError, fetch
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
from catalog.imports import Plan, Progress, run_import
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
from catalog.reports import (
    Report,
    correct_import,
    end_broken_imports,
    find_import,
    forget_imports,
    list_imports,
)
from catalog.repository import is_empty
from catalog.sales import turn_sales
from catalog.shelf import Catalog, ShopMissingError
from catalog.shop import ShopInfo, Zone
from catalog.sources import (
    LEASE,
    Feed,
    FeedOptions,
    FeedState,
    claim,
    confirm,
    due_now,
    hold,
    list_sources,
    put_source,
    remove_source,
    settle,
)
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
    "LEASE",
    "Availability",
    "Catalog",
    "Feed",
    "FeedOptions",
    "FeedState",
    "FetchError",
    "Fetched",
    "Found",
    "Imported",
    "Money",
    "Plan",
    "PriceRange",
    "Product",
    "ProductQuery",
    "Progress",
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
    "claim",
    "confirm",
    "correct_import",
    "draw_pictures",
    "due_now",
    "end_broken_imports",
    "fetch",
    "find_import",
    "forget_imports",
    "hold",
    "import_products",
    "is_empty",
    "list_imports",
    "list_sources",
    "load_demo",
    "put_shop",
    "put_source",
    "put_terms",
    "read_products",
    "remove_source",
    "run_import",
    "set_price",
    "set_stock",
    "settle",
    "turn_sales",
]
