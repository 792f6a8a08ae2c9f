"""The next rows of a file of patients, or of visits, as many as there is time for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from recado.actions.match import match
from recado.actions.queue_import import queue_import
from recado.actions.take_in_row import take_in_row
from recado.channels import strict_json
from recado.errors import Stale, UnreadableInput
from recado.model.patient_import import ImportedRow, PatientImport
from recado.rules.imports import reading
from recado.rules.imports.reading import Clinic
from recado.rules.imports.records import Row
from recado.rules.times import wall
from recado.store import import_files, imports, tenants

MOST_ROWS: Final = 200
"""Of one slice: then a worker shows how far it is, and other clinics' messages have their turn."""
CHUNK: Final = 256 * 1024
"""Bytes that are fetched of a file at once."""


def import_rows(tenant: str, told: Mapping[str, Any], now: datetime, has_time: Callable[[], bool]) -> None:
    """Take in rows from where the import is, store how far it is then, and let a worker go on from there.

    `told` is the import as it was queued. One row at least, so that the next slice is another one. What a
    worker who died had done already is found row by row, and not done again. Raises Unavailable.
    """
    known = _begun(tenant, PatientImport.model_validate(told))
    if known.is_over:
        return
    after = _worked_on(tenant, known, now, has_time)
    _store(tenant, after)
    if not after.is_over:
        queue_import(tenant, after)


def _begun(tenant: str, told: PatientImport) -> PatientImport:
    """As it is stored; who handed it in may have been cut off before that was done."""
    stored = imports.find(tenant, told.id) or told
    if stored.state not in ("receiving", "waiting"):
        return stored
    return stored.model_copy(update={"state": "running", "parts": told.parts})


def _worked_on(
    tenant: str, known: PatientImport, now: datetime, has_time: Callable[[], bool]
) -> PatientImport:
    settings = tenants.get(tenant)
    clinic = Clinic(settings.country, wall(now, settings.timezone).date())
    done = {one.row: one for one in imports.rows(tenant, known.id, known.row, MOST_ROWS + 1)}
    place, number, counts = known.position, known.row, Counter(known.counts)
    over: dict[str, Any] = {"state": "done", "ended_at": now, "position": known.size}
    try:
        for end, take in _rows(tenant, known, clinic, now):
            if take is not None:
                number += 1
                counts[(_seen(tenant, done.get(number), now) or take(number)).decision] += 1
            place = end
            if not has_time() or number - known.row >= MOST_ROWS:
                over = {}
                break
    except UnreadableInput as wrong:
        over = {"state": "failed", "ended_at": now, "problem": str(wrong)}
    return known.model_copy(update={"position": place, "row": number, "counts": dict(counts)} | over)


_Take = Callable[[int], ImportedRow]
"""Takes a row in, by its number."""


def _rows(
    tenant: str, known: PatientImport, clinic: Clinic, now: datetime
) -> Iterator[tuple[int, _Take | None]]:
    """Where each row ends, and what takes it in; none: it is empty."""
    chunks = _chunks(tenant, known)
    if known.kind == "visits":
        yield from _visits(tenant, known, chunks, now)
        return
    for found in reading.rows(known, chunks, clinic, strict_json.load):
        row = Row(known, 0, found.entry) if found.entry else None
        take = partial(_take, tenant, row, clinic.country, now) if row else None
        yield found.end, take


def _take(tenant: str, row: Row, country: str, now: datetime, number: int) -> ImportedRow:
    return take_in_row(tenant, row._replace(number=number), country, now)


def _visits(
    tenant: str, known: PatientImport, chunks: Iterator[bytes], now: datetime
) -> Iterator[tuple[int, _Take | None]]:
    from recado.actions.take_in_visit_row import take_in_visit_row  # noqa: PLC0415 - few files are of visits
    from recado.rules.imports import visits  # noqa: PLC0415 - the same

    for row in visits.rows(known, chunks):
        take = partial(take_in_visit_row, tenant, known, row, now)
        yield row.end, take if row.told or row.issue else None


def _seen(tenant: str, done: ImportedRow | None, now: datetime) -> ImportedRow | None:
    """A row that a worker has kept who may have died before they looked whose the record is by now."""
    if done is not None and done.decision == "updated" and done.patient:
        match(tenant, done.patient, now, led=False)
    return done


def _chunks(tenant: str, known: PatientImport) -> Iterator[bytes]:
    """The file's bytes from where the import is."""
    skip = known.position
    for part, size in enumerate(known.parts, 1):
        for start in range(min(skip, size), size, CHUNK):
            yield import_files.read(tenant, known.id, part, start, min(CHUNK, size - start))
        skip = max(0, skip - size)


def _store(tenant: str, after: PatientImport) -> None:
    """Unless another worker has come further."""
    try:
        imports.put(tenant, after)
    except Stale:
        stored = imports.get(tenant, after.id)
        if not stored.is_over and (stored.position, stored.state) < (after.position, "running"):
            imports.put(tenant, after.model_copy(update={"version": stored.version}))
