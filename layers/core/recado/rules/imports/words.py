"""What people call things in English and in the five languages, each line a meaning and its words."""

from __future__ import annotations

import unicodedata


def plain(words: str) -> str:
    """Words without case, accents, and what stands between them."""
    letters = unicodedata.normalize("NFKD", words)
    kept = "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))
    return " ".join(kept.casefold().split())


def meanings(lines: str) -> dict[str, str]:
    """Plain words → what they mean, of lines such as `phone: telephone|tel|fone`."""
    parts = (line.partition(": ") for line in lines.strip().split("\n"))
    return {word: meaning for meaning, _, words in parts for word in words.split("|")}
