"""Plain tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import zip_longest


def say(text: str = "") -> None:
    """A line, at once: some take a minute to come."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need; those of numbers to the right."""
    columns = list(zip_longest(head, *rows, fillvalue=""))
    widths = [max(map(len, column)) for column in columns]
    right = [any(cell[:1].isdigit() for cell in column[1:]) for column in columns]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=False)
        ).rstrip()
        for line in lines
    )
