"""A file that is looked at piece by piece, never as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

LONGEST: Final = 64 * 1024
"""Bytes of one record. A row of a table has hundreds; a FHIR Patient with its narrative some thousands."""


class Frame(NamedTuple):
    """One record's bytes, and where in the file what comes after it begins."""

    content: bytes
    end: int
    cut: bool = False
    """It is longer than LONGEST, or its quotation marks do not end: `content` is only how it begins."""


class Buffer:
    """What has been fetched of a file and not been read yet; `offset` is where in the file that begins."""

    def __init__(self, chunks: Iterator[bytes], offset: int = 0) -> None:
        self.data = bytearray()
        self.offset = offset
        self._chunks = chunks

    def more(self) -> bool:
        """Fetch on; false at the end of the file."""
        chunk = next(self._chunks, b"")
        self.data += chunk
        return bool(chunk)

    def fill(self, size: int) -> bool:
        """Fetch until there are so many bytes; false when the file ends before."""
        while len(self.data) < size:
            if not self.more():
                return False
        return True

    def take(self, size: int) -> bytes:
        """Read so many bytes."""
        taken = bytes(self.data[:size])
        del self.data[:size]
        self.offset += len(taken)
        return taken
