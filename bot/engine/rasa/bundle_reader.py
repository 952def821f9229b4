"""Reads the published dialogues: the current version at every turn, older ones while in use."""

import json
from collections import OrderedDict
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

Bundle = Dict[str, Any]
VERSIONS_KEPT = 8


class BundleReader:
    """Follows the pointer that `bot.engine.Bundles` moves; a publication is live at once."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pointer = directory / "current"
        self._seen: Optional[Tuple[int, int, int]] = None
        self._current = ""
        self._bundles: "OrderedDict[str, Bundle]" = OrderedDict()

    def current(self) -> Bundle:
        """Return the bundle in force."""
        stat = self._pointer.stat()
        seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        if seen != self._seen:
            pointer = json.loads(self._pointer.read_text(encoding="utf-8"))
            self._current = pointer["version"]
            self._seen = seen
        return self.get(self._current)

    def get(self, version: str) -> Bundle:
        """Return one version; the last few are kept in memory."""
        bundle = self._bundles.get(version)
        if bundle is None:
            path = self._directory / f"{version}.json"
            bundle = json.loads(path.read_text(encoding="utf-8"))
            self._bundles[version] = bundle
            while len(self._bundles) > VERSIONS_KEPT:
                self._bundles.popitem(last=False)
        self._bundles.move_to_end(version)
        return bundle
