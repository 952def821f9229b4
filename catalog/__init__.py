"""What the shop sells: products, prices, stock, reviews, the shop's facts, and the search in them.

Import from here; the modules inside are the catalog's own business. Reads are methods of `Catalog`,
writes are plain functions of a SQLAlchemy connection that never commit.
"""

from catalog.advice import Need, SizeGuide, guide_for
from catalog.connectors import Fetched, FetchError, fetch
from catalog.demo import load_demo
from catalog.demo.pictures import draw_pictures
from catalog.importers import (
    FORMATS,
    Reading,
    ReadOptions,
    RowError,
    Source,
    UnreadableFileError,
    read_products,
)
from catalog.importers.review_files import ReviewOptions
from catalog.imports import Plan, Progress, run_import
from catalog.misses import (
    Miss,
    MissEntry,
    count_misses,
    drop_miss,
    forget_misses,
    list_misses,
    note_miss,
)
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
from catalog.reasons import Explanation, Understood, WordReason
from catalog.reports import (
    Report,
    correct_import,
    end_broken_imports,
    find_import,
    forget_imports,
    list_imports,
)
from catalog.repository import category_ids, is_empty
from catalog.reviews import (
    GivenReview,
    ReviewEntry,
    ReviewsImported,
    UnknownProductError,
    collect_review,
    count_reviews,
    import_reviews,
    list_reviews,
    moderate,
)
from catalog.sales import turn_sales
from catalog.search import SynonymError
from catalog.shelf import Catalog, ShopMissingError
from catalog.shop import ShopInfo, Zone
from catalog.shop_files import parse_shop, read_shop
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
from catalog.synonym_files import synonyms_in
from catalog.tables import Table
from catalog.terms import Term
from catalog.word_files import ShopWords, parse_words, read_words, stored_words
from catalog.writing import (
    Imported,
    import_products,
    put_shop,
    put_terms,
    replace_terms,
    set_price,
    set_stock,
)
from catalog.written_files import ShopFileError

__all__ = [
    "FORMATS",
    "LEASE",
    "Availability",
    "Catalog",
    "Explanation",
    "Feed",
    "FeedOptions",
    "FeedState",
    "FetchError",
    "Fetched",
    "Found",
    "GivenReview",
    "Imported",
    "Miss",
    "MissEntry",
    "Money",
    "Need",
    "Plan",
    "PriceRange",
    "Product",
    "ProductQuery",
    "Progress",
    "ReadOptions",
    "Reading",
    "Report",
    "Review",
    "ReviewEntry",
    "ReviewOptions",
    "ReviewsImported",
    "RowError",
    "ShopFileError",
    "ShopInfo",
    "ShopMissingError",
    "ShopWords",
    "SizeGuide",
    "Source",
    "SynonymError",
    "Table",
    "Term",
    "Understood",
    "UnknownProductError",
    "UnreadableFileError",
    "Variant",
    "Without",
    "WordReason",
    "Zone",
    "category_ids",
    "claim",
    "collect_review",
    "confirm",
    "correct_import",
    "count_misses",
    "count_reviews",
    "draw_pictures",
    "drop_miss",
    "due_now",
    "end_broken_imports",
    "fetch",
    "find_import",
    "forget_imports",
    "forget_misses",
    "guide_for",
    "hold",
    "import_products",
    "import_reviews",
    "is_empty",
    "list_imports",
    "list_misses",
    "list_reviews",
    "list_sources",
    "load_demo",
    "moderate",
    "note_miss",
    "parse_shop",
    "parse_words",
    "put_shop",
    "put_source",
    "put_terms",
    "read_products",
    "read_shop",
    "read_words",
    "remove_source",
    "replace_terms",
    "run_import",
    "set_price",
    "set_stock",
    "settle",
    "stored_words",
    "synonyms_in",
    "turn_sales",
]
