"""Product feeds in XML, RSS 2.0 or Atom, read item by item with the line of each."""

from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, override
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from catalog.importers.rows import RowError
from catalog.importers.tabular import Row

_ITEMS = ("item", "entry")
_BLOCK = 256 * 1024
# A text longer than this is no description; it would be kept in memory until its end.
_TEXT = 1024 * 1024


def rows(file: IO[bytes]) -> Iterator[Row | RowError]:
    """Return one row for each item; where the file is broken it ends with a mistake.

    Entities and document types are refused: they are how XML reads other files or fills memory.
    """
    parser: Any = make_parser()
    items = _Items(parser)
    parser.forbid_dtd = True
    parser.setContentHandler(items)
    try:
        while block := file.read(_BLOCK):
            parser.feed(block)
            yield from items.take()
        parser.close()
    except SAXParseException as error:
        yield from items.take()
        place = f"character {(error.getColumnNumber() or 0) + 1}"
        yield RowError(error.getLineNumber() or 1, place, f"broken XML: {error.getMessage()}", True)
    except (DefusedXmlException, SAXException) as error:
        yield from items.take()
        yield RowError(items.line, "", f"this XML is refused: {error}", True)
    else:
        yield from items.take()


class _Items(ContentHandler):
    """Collects the children of each item; what lies deeper, such as shipping, is passed over."""

    def __init__(self, parser: Any) -> None:
        super().__init__()
        self._parser = parser
        self._found: list[Row] = []
        self._depth = 0  # inside of an item, 0 outside
        self._cells: dict[str, str] = {}
        self._name = ""
        self._text: list[str] = []
        self._length = 0
        self._begun = 1

    @property
    def line(self) -> int:
        """Where the parser is."""
        return int(self._parser.getLineNumber())

    def take(self) -> list[Row]:
        """Return the items that were finished since the last time."""
        found, self._found = self._found, []
        return found

    @override
    def startElement(self, name: str, attrs: Any) -> None:
        if self._depth == 0:
            if _local(name) in _ITEMS:
                self._depth, self._cells, self._begun = 1, {}, self.line
            return
        self._depth += 1
        if self._depth == 2:
            self._name = _local(name).replace(" ", "_")
            # Atom says <link href="..."/>.
            self._text = [attrs.get("href", "")] if self._name == "link" else []
            self._length = 0

    @override
    def characters(self, content: str) -> None:
        if self._depth == 2 and self._length < _TEXT:
            self._text.append(content)
            self._length += len(content)

    @override
    def endElement(self, name: str) -> None:
        if self._depth == 0:
            return
        if self._depth == 2 and (text := "".join(self._text).strip()):
            known = self._cells.get(self._name)
            # additional_image_link may stand there ten times.
            self._cells[self._name] = f"{known} {text}" if known and "image" in name else text
        elif self._depth == 1:
            self._found.append(Row(self._begun, self._cells))
        self._depth -= 1


@lru_cache(maxsize=512)
def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1].casefold()
