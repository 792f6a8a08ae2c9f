"""Tables for spreadsheets, in which no cell is a formula. Source: OWASP, "CSV Injection"."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV, every cell in quotation marks; none of None is empty."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> str:
    """Text as it is, but for what a spreadsheet would work out."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
