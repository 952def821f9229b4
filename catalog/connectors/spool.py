"""A file of products that a shop's API gave, page by page, for the importer of JSON Lines."""

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Spool:
    """Writes one product a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("w", encoding="utf-8")

    def add(self, product: dict[str, Any]) -> None:
        """Append a product."""
        self._file.write(json.dumps(product, ensure_ascii=False) + "\n")
        self.count += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
