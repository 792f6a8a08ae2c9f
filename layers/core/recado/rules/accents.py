"""Text without its accents, as people type it who leave them out."""

from __future__ import annotations

import unicodedata


def bare(text: str) -> str:
    """Each letter without what stands on or under it, each sign as its plain form (ﬁ, ², full width)."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def plain_words(text: str) -> list[str]:
    """The words, without case and accents; what is neither a letter nor a digit parts them."""
    return "".join(sign if sign.isalnum() else " " for sign in bare(text)).casefold().split()
