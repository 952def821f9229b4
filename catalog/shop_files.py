"""The facts about a shop in a file that people write; a mistake is told with its place."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from catalog.shop import ShopInfo
from catalog.written_files import ShopFileError, parse_file


def read_shop(path: Path, at: datetime, categories: Iterable[str] | None = None) -> ShopInfo:
    """Read such a file, as of `at`; see `parse_shop`."""
    return parse_shop(path.read_text(encoding="utf-8"), path.name, at, categories)


def parse_shop(
    text: str, name: str, at: datetime, categories: Iterable[str] | None = None
) -> ShopInfo:
    """Read the facts as they are written; `categories` are the ids that a size guide may name.

    `name` is what mistakes call the file. Raises ShopFileError.
    """
    begin = "the name of the shop: `name: ...`"
    info = parse_file(text, name, ShopInfo, begin=begin, more={"updated_at": at})
    if strangers := _strangers(info, categories):
        raise ShopFileError([f"{name}, size_guides: {told}" for told in strangers])
    return info


def _strangers(info: ShopInfo, categories: Iterable[str] | None) -> list[str]:
    if categories is None:
        return []
    known = sorted(categories)
    named = [category for guide in info.size_guides for category in guide.categories]
    return [
        f"no category has the id {category}; there are: {', '.join(known)}"
        for category in named
        if category not in known
    ]
