"""A clinic hands in a file of patients, at once or part by part."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from recado.actions.name_import import name_import
from recado.actions.queue_import import queue_import
from recado.errors import Conflict, Invalid, Stale, TooLarge
from recado.model.patient_import import Format, Kind, PatientImport
from recado.rules.imports import reading
from recado.rules.imports.table import PATIENTS, Meanings
from recado.store import import_files, imports

MAX_PART: Final = 4_000_000
"""Bytes; as base64 within what Lambda takes of a request (6 MB)."""


class Handed(NamedTuple):
    """A file, or its first part. `more`: others follow. Of visits it is a table."""

    name: str
    source: str
    form: Format
    content: bytes
    more: bool
    kind: Kind = "patients"


def import_patients(tenant: str, author: str, handed: Handed, now: datetime) -> PatientImport:
    """Keep the file, and begin with it unless there is more of it to come.

    Twice the same file does no harm: its rows are known by then. Raises TooLarge, Unavailable, and Invalid
    (`body`, `header`) for what cannot be read at all.
    """
    _refuse_large(handed.content)
    layout, start = reading.opened(handed.form, handed.content, _meanings(handed.kind))
    made = PatientImport(
        id=name_import(now),
        name=handed.name,
        source=handed.source,
        format=handed.form,
        kind=handed.kind,
        parts=(len(handed.content),),
        delimiter=layout.delimiter,
        columns=layout.columns,
        position=start,
        created_by=author,
        created_at=now,
    )
    import_files.put(tenant, made.id, 1, handed.content)
    return _go_on(tenant, made, more=handed.more)


def add_part(tenant: str, import_id: str, part: int, content: bytes, *, more: bool) -> PatientImport:
    """The next part of a file, counted from 1; the same one again changes nothing.

    Raises NotFound, Conflict for a file that is whole already, TooLarge, Unavailable, and Invalid (`part`)
    that names the part that comes next.
    """
    known = imports.get(tenant, import_id)
    _refuse_large(content)
    if part <= len(known.parts):
        if known.parts[part - 1] != len(content):
            raise Invalid("part", "This part is here already, and it is another one.")
    elif known.state != "receiving":
        raise Conflict("This file is whole already.")
    elif part != len(known.parts) + 1:
        raise Invalid("part", f"Part {len(known.parts) + 1} comes next.")
    else:
        import_files.put(tenant, import_id, part, content)
        known = known.model_copy(update={"parts": (*known.parts, len(content))})
    return _go_on(tenant, known, more=more) if known.state == "receiving" else known


def _go_on(tenant: str, known: PatientImport, *, more: bool) -> PatientImport:
    """Queued before it is stored: who dies in between has begun, and a worker stores it."""
    if not more:
        known = known.model_copy(update={"state": "waiting"})
        queue_import(tenant, known)
    try:
        return known.model_copy(update={"version": imports.put(tenant, known)})
    except Stale:
        return imports.get(tenant, known.id)


def _meanings(kind: Kind) -> Meanings:
    if kind == "patients":
        return PATIENTS
    from recado.rules.imports.visits import VISITS  # noqa: PLC0415 - few files are of visits

    return VISITS


def _refuse_large(content: bytes) -> None:
    if len(content) > MAX_PART:
        raise TooLarge("A part of a file may have at most 4 MB: hand in the rest of it as further parts.")
