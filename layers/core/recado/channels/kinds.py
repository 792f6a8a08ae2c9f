"""What a file is, by its bytes."""

from __future__ import annotations

from typing import Final

_ENOUGH: Final = 8192
"""Bytes of its beginning, in which every kind we know shows itself."""


def sniffed(content: bytes) -> str | None:
    """The MIME type of a file; none where its bytes do not tell: text is one, and so are SVG and HTML."""
    import filetype  # noqa: PLC0415 - only who fetches files needs it

    found: str | None = filetype.guess_mime(content[:_ENOUGH])
    return found
