"""What people call things in English and in the five languages, each line a meaning and its words."""

from __future__ import annotations

from recado.rules.accents import plain_words


def plain(words: str) -> str:
    """Words without case, accents, and what stands between them."""
    return " ".join(plain_words(words))


def meanings(lines: str) -> dict[str, str]:
    """Plain words → what they mean, of lines such as `phone: telephone|tel|fone`."""
    parts = (line.partition(": ") for line in lines.strip().split("\n"))
    return {word: meaning for meaning, _, words in parts for word in words.split("|")}
