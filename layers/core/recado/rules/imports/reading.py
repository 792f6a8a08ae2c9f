"""A file of patients, read from its beginning, or on from after any of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from recado.errors import Invalid
from recado.model.patient_import import Format, Issue, PatientImport
from recado.rules.imports import bundle, entry, fhir, frames, objects, table
from recado.rules.imports.buffer import Buffer, Frame
from recado.rules.imports.entry import Cells, Entry

BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")

Load = Callable[[bytes], Any]
"""Reads JSON. Raises UnreadableInput."""


class Row(NamedTuple):
    """A record of a file, and where the next one begins; no entry: it is empty, or of no patient."""

    entry: Entry | None
    end: int


class Clinic(NamedTuple):
    """By what a row is understood: the clinic's country, and what day it is."""

    country: str
    today: date


def opened(
    form: Format, beginning: bytes, meanings: table.Meanings = table.PATIENTS
) -> tuple[table.Layout, int]:
    """How a file is to be read, by how it begins, and where its first record does.

    Raises Invalid (`body`, `header`) for an empty file, UTF-16, and a table that does not name its columns.
    """
    buffer = Buffer(iter((beginning,)))
    buffer.more()
    if not beginning.strip() or beginning.startswith(_UTF16):
        raise Invalid("body", "There is nothing in this file, or it is UTF-16: save it as UTF-8.")
    if beginning.startswith(BOM):
        buffer.take(len(BOM))
    if form != "csv":
        return table.Layout("", ()), buffer.offset
    lines = (one for one in frames.lines(buffer) if one.content.strip() and not table.is_hint(one.content))
    header = next(lines, Frame(b"", 0))
    return table.layout(header, meanings), header.end


def rows(known: PatientImport, chunks: Iterator[bytes], clinic: Clinic, load: Load) -> Iterator[Row]:
    """The records from where an import is. Raises UnreadableInput where no more can be told apart."""
    for frame in _frames(known, Buffer(chunks, known.position)):
        try:
            cells = _cells(known, frame, clinic, load)
        except Invalid as wrong:
            issue = Issue(field=wrong.field or "row", message=str(wrong))
            yield Row(Entry(issues=(issue,)), frame.end)
        else:
            found = None if cells is None else entry.read(cells, clinic.country, clinic.today)
            yield Row(found, frame.end)


def _frames(known: PatientImport, buffer: Buffer) -> Iterator[Frame]:
    if known.format == "csv":
        return frames.rows(buffer, known.delimiter, len(known.columns))
    if known.format == "bundle":
        return bundle.entries(buffer, inside=known.position > len(BOM))
    return frames.lines(buffer)


def _cells(known: PatientImport, frame: Frame, clinic: Clinic, load: Load) -> Cells | None:
    if known.format == "csv":
        return table.row(frame, table.Layout(known.delimiter, known.columns))
    if not frame.content.strip():
        return None
    if frame.cut:
        raise Invalid(None, "This record is longer than 64 KB.")
    document = load(frame.content)
    patient = fhir.patient(document)
    if patient is not None:
        return fhir.cells(patient, clinic.today)
    if known.format == "bundle":
        return None
    if not isinstance(document, dict):
        raise Invalid(None, "This is no JSON object.")
    return None if "resourceType" in document else objects.cells(document)
