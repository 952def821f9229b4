"""A file before anybody knows what is in it: its bytes, its compression and its encoding."""

import codecs
import gzip
import io
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, override

from charset_normalizer import from_bytes

# What a small compressed file may grow to; far above any catalog that fits in memory elsewhere.
MAX_BYTES = 4 * 1024**3
_BLOCK = 1024 * 1024
_SAMPLE = 128 * 1024
# Eight-bit encodings that spreadsheets and tills in Europe write. UTF-8 is tried before.
_EIGHT_BIT = ["cp1252", "cp1250", "iso8859_15", "mac_roman", "cp850", "cp437"]


class UnreadableFileError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


class Opened:
    """A file that can be read from its start as often as needed; gzip is seen through."""

    def __init__(self, content: Path | bytes) -> None:
        self._content = content
        self.size = content.stat().st_size if isinstance(content, Path) else len(content)
        self._counting: _Counting | None = None
        magic = self._raw().read(4)
        self._packed = magic[:2] == b"\x1f\x8b"
        if magic == b"PK\x03\x04":
            raise UnreadableFileError(
                "this is a ZIP archive or an Excel workbook: unpack it, or save the sheet as CSV"
            )

    @property
    def read(self) -> int:
        """How many bytes of the file were read since it was last opened."""
        return self._counting.count if self._counting else 0

    def binary(self) -> IO[bytes]:
        """Return the bytes from the start, unpacked."""
        raw = self._raw()
        if not self._packed:
            return raw
        return io.BufferedReader(_Counting(gzip.GzipFile(fileobj=raw), MAX_BYTES), _BLOCK)

    def text(self, encoding: str) -> io.TextIOWrapper:
        """Return the text from the start; bytes that are not text become a question mark."""
        return io.TextIOWrapper(self.binary(), encoding, errors="replace", newline="")

    def head(self, size: int = _SAMPLE) -> bytes:
        """Return the first bytes."""
        with self.binary() as file:
            return file.read(size)

    def encoding(self) -> str:
        """Find out how the text is encoded: by its mark, as UTF-8, else by what reads best."""
        head = self.head(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        return "utf-8" if (odd := self._not_utf8()) is None else _eight_bit(odd)

    def _raw(self) -> io.BufferedReader:
        content = self._content
        raw: IO[bytes] = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
        self._counting = _Counting(raw, None)
        return io.BufferedReader(self._counting, _BLOCK)

    def _not_utf8(self) -> bytes | None:
        """Return lines that are not UTF-8, None when everything is."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self.binary() as file:
            try:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                pass
            else:
                return None
        with self.binary() as file:
            return _odd_lines(file)


class _Counting(io.RawIOBase):
    """Counts what is read of a file, and closes it."""

    def __init__(self, file: Any, limit: int | None) -> None:
        self._file = file
        self._limit = limit
        self.count = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except (EOFError, OSError) as error:
            raise UnreadableFileError(f"the compressed file is damaged: {error}") from error
        buffer[: len(data)] = data
        self.count += len(data)
        if self._limit is not None and self.count > self._limit:
            raise UnreadableFileError(f"unpacked, the file is larger than {self._limit >> 30} GiB")
        return len(data)

    @override
    def close(self) -> None:
        self._file.close()
        super().close()


def _odd_lines(file: IO[bytes]) -> bytes:
    sample = bytearray()
    for line in file:
        if not line.isascii():
            sample += line[:2000]
        if len(sample) > _SAMPLE:
            break
    return bytes(sample)


def _eight_bit(sample: bytes) -> str:
    """Return what charset-normalizer finds best among those that leave the fewest odd words.

    It judges long texts well; in a list of short names a Windows dash and a DOS accent look alike.
    """
    found = from_bytes(sample, cp_isolation=_EIGHT_BIT, preemptive_behaviour=False)
    chaos = {name: match.chaos for match in found for name in match.could_be_from_charset}
    return min(
        _EIGHT_BIT, key=lambda name: (_oddities(sample, name), chaos.get(name, 1.0), _rank(name))
    )


def _rank(encoding: str) -> int:
    return _EIGHT_BIT.index(encoding)


def _oddities(sample: bytes, encoding: str) -> int:
    """Count what no word has: symbols and capitals right after a small letter."""
    text = sample.decode(encoding, errors="replace")
    return sum(
        1
        for before, mark in pairwise(text)
        if not mark.isascii() and before.islower() and not mark.islower() and mark not in "’”»®™"
    )
