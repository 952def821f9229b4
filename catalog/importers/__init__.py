"""Reading product files: every format becomes the same rows, each with its place in the file."""

from catalog.importers.json_lines import read_json_lines
from catalog.importers.rows import Incoming, RowError, Source
from catalog.importers.table import read_table

__all__ = ["Incoming", "RowError", "Source", "read_products"]


def read_products(data: bytes) -> list[Source | RowError]:
    """Read a file as JSON Lines when it begins with a brace, else as CSV."""
    reader = read_json_lines if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else read_table
    return list(reader(data))
