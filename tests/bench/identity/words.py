"""words.toml, by language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple


class Words(NamedTuple):
    male: tuple[str, ...]
    """Commonest first, as the next two."""
    female: tuple[str, ...]
    surnames: tuple[str, ...]
    short: dict[str, str]
    """What friends call somebody of that name."""
    heard: tuple[tuple[str, str], ...]
    """Letters, and what is written by those who have only heard them."""
    said: tuple[str, ...]
    """How a caller gives a name."""
    roles: tuple[str, ...]
    """How parents call themselves."""
    shops: tuple[str, ...]
    particles: tuple[str, ...]


def _words(table: dict[str, Any]) -> Words:
    male, female, surnames = (tuple(table[key].split()) for key in ("male", "female", "surnames"))
    short = dict(pair.split("=") for pair in table["short"].split())
    heard = tuple(
        (letters, written) for letters, written in (pair.split("=") for pair in table["heard"].split())
    )
    rest = (tuple(table[key]) for key in ("said", "roles", "shops", "particles"))
    return Words(male, female, surnames, short, heard, *rest)


WORDS: Final = {
    language: _words(table)
    for language, table in tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8")).items()
}
