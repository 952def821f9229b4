"""Reading product files: every format becomes the same rows, each with its place in the file."""

from catalog.importers.checking import check, sku_of
from catalog.importers.opening import UnreadableFileError
from catalog.importers.options import FORMATS, ReadOptions
from catalog.importers.reading import Reading
from catalog.importers.rows import Incoming, IncomingReview, IncomingVariant, RowError, Source

__all__ = [
    "FORMATS",
    "Incoming",
    "IncomingReview",
    "IncomingVariant",
    "ReadOptions",
    "Reading",
    "RowError",
    "Source",
    "UnreadableFileError",
    "check",
    "read_products",
    "sku_of",
]


def read_products(data: bytes, options: ReadOptions | None = None) -> list[Source | RowError]:
    """Read a whole file of any known format."""
    return list(Reading(data, options).rows())
