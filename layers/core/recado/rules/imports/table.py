"""A table as spreadsheets and other systems write it (CSV): its header, and a row's cells."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.rules.imports import columns
from recado.rules.imports.buffer import Frame
from recado.rules.imports.frames import cells

DELIMITERS: Final = (";", ",", "\t", "|")


class Layout(NamedTuple):
    """How a table is to be read."""

    delimiter: str
    columns: tuple[str, ...]


class Meanings(NamedTuple):
    """How headings are understood, and whether what was understood is enough."""

    held: Callable[[Sequence[str]], tuple[str, ...]]
    is_usable: Callable[[Sequence[str]], bool]
    needs: str


PATIENTS: Final = Meanings(
    columns.held,
    columns.is_usable,
    "The first line must name the columns, and one of them must hold a name or an id.",
)


def layout(header: Frame, meanings: Meanings = PATIENTS) -> Layout:
    """The delimiter with which most of the header makes sense. Raises Invalid (`header`).

    A header that has lost letters on its way is refused: a column that nobody knows by now may say who has
    opted out.
    """
    line = decoded(header.content)
    if "\ufffd" in line:
        raise Invalid("header", "Letters of the header are lost: save the file as UTF-8.")
    found = [Layout(mark, meanings.held(_split(line, mark))) for mark in DELIMITERS]
    best = max(found, key=lambda one: sum(map(bool, one.columns)))
    if header.cut or not meanings.is_usable(best.columns):
        raise Invalid("header", meanings.needs)
    if len(_split(line, best.delimiter)) > columns.MOST:
        raise Invalid("header", f"There are more than {columns.MOST} columns.")
    return best


def row(frame: Frame, how: Layout) -> dict[str, list[str]] | None:
    """What a row holds, by column; none where it is empty. Raises Invalid for one that cannot be read."""
    line = decoded(frame.content)
    if not line.strip().strip(how.delimiter):
        return None
    found = _split(line, how.delimiter)
    if frame.cut or len(found) != cells(line.encode(), how.delimiter):
        raise Invalid(None, "This row is too long, or a quotation mark in it does not end.")
    if any(one.strip() for one in found[len(how.columns) :]):
        raise Invalid(None, "This row has more cells than the header: a delimiter may stand within one.")
    held: defaultdict[str, list[str]] = defaultdict(list)
    for name, cell in zip(how.columns, found, strict=False):
        if name:
            held[name].append(cell)
    return dict(held)


def decoded(line: bytes) -> str:
    """UTF-8, or else what Windows writes in the west; without NUL."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\0", "")


def is_hint(line: bytes) -> bool:
    """Whether it is what a spreadsheet puts before the header: `sep=;`."""
    return line.lower().startswith(b"sep=") and len(line) <= 5


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return []
