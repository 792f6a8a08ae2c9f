"""Intents of a file of utterances, and of nothing but what ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from recado.rules.intents import recognise

COLUMNS: Final = ("id", "lang", "text")


class Utterance(NamedTuple):
    """One line of a file. `language` is empty where it is not known."""

    id: str
    language: str
    text: str


class UnusableError(Exception):
    """The file is none that can be read; what is wrong with it."""


def utterances(path: Path) -> list[Utterance]:
    """Its lines, in their order. Tab-separated with a header; a quote is a sign as any other. Raises
    UnusableError."""
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    head = [name.strip().casefold() for name in lines[0].split("\t")]
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise UnusableError(f"{path}: no column {', '.join(missing)}; there are: {', '.join(head)}")
    return list(_read(lines[1:], [head.index(name) for name in COLUMNS]))


def _read(lines: list[str], places: list[int]) -> Iterator[Utterance]:
    for line in lines:
        if line:
            cells = line.split("\t")
            yield Utterance(*(cells[at].strip() if at < len(cells) else "" for at in places))


def write(found: list[Utterance], path: Path) -> None:
    """`id, intent, confidence` of each, in their order."""
    lines = ["id\tintent\tconfidence"]
    for one in found:
        intent = recognise(one.text, one.language or None)
        lines.append(f"{one.id}\t{intent.name}\t{intent.confidence:.4f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
