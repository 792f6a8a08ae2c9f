"""Where records end: the lines of a file, the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from recado.rules.imports.buffer import LONGEST, Buffer, Frame

_END: Final = re.compile(rb"\r\n|\n|\r")


def lines(buffer: Buffer) -> Iterator[Frame]:
    """Every line, without its end; empty ones, too."""
    while buffer.fill(LONGEST + 2) or buffer.data:
        yield _line(buffer, _END.search(buffer.data))


def rows(buffer: Buffer, delimiter: str, width: int) -> Iterator[Frame]:
    """Every row of a table of so many columns.

    A row goes on over lines within quotation marks, if it has a cell for every column then: with a mark that
    somebody forgot to close, only that line is lost.
    """
    while buffer.fill(LONGEST + 2) or buffer.data:
        line, row = _END.search(buffer.data), _row(delimiter).match(buffer.data)
        if line is None or line.start() > LONGEST or row is None or row.end() <= line.end():
            yield _line(buffer, line)
        elif row.end() <= LONGEST and cells(row[0], delimiter) == width:
            content = buffer.take(row.end())
            yield Frame(content, buffer.offset)
        else:
            yield _line(buffer, line)._replace(cut=True)


def cells(row: bytes, delimiter: str) -> int:
    """How many cells a row has."""
    return sum(1 for _ in _cell(delimiter).finditer(row))


def _line(buffer: Buffer, end: re.Match[bytes] | None) -> Frame:
    if end is None and len(buffer.data) <= LONGEST:
        content = buffer.take(len(buffer.data))
    elif end is None or end.start() > LONGEST:
        return _cut(buffer)
    else:
        content = buffer.take(end.end())[: end.start()]
    return Frame(content, buffer.offset)


def _cut(buffer: Buffer) -> Frame:
    """The beginning of a line that is too long; the rest of it is passed over."""
    content = buffer.take(LONGEST)
    end = _END.search(buffer.data)
    while end is None:
        buffer.take(len(buffer.data))
        if not buffer.more():
            break
        end = _END.search(buffer.data)
    if end is not None:
        buffer.take(end.end())
    return Frame(content, buffer.offset, cut=True)


@cache
def _row(delimiter: str) -> re.Pattern[bytes]:
    mark = re.escape(delimiter.encode())
    plain = rb"[^%s\r\n]*" % mark
    cell = rb'(?:"[^"]*(?:""[^"]*)*"%s|%s)' % (plain, plain)
    return re.compile(rb"%s(?:%s%s)*(?:\r\n|\n|\r|\Z)" % (cell, mark, cell))


@cache
def _cell(delimiter: str) -> re.Pattern[bytes]:
    return re.compile(rb'(?:\A|%s)(?:"[^"]*(?:""[^"]*)*")?' % re.escape(delimiter.encode()))
