"""Files of patients, for tests: handed in at Boa Vista, and worked off as the queue would have it."""

from __future__ import annotations

import itertools
from datetime import datetime

import dedupe
from recado.actions.import_patients import Handed, import_patients
from recado.model.patient import Patient
from recado.model.patient_import import Format, ImportedRow, PatientImport
from recado.store import imports, patients

from tests.cloud import Cloud
from tests.samples import NOW


class Context:
    """What Lambda tells of an invocation that has so many milliseconds left, each time that it is asked."""

    def __init__(self, *left: int) -> None:
        self._left = itertools.chain(left, itertools.repeat(left[-1] if left else 20_000))

    def get_remaining_time_in_millis(self) -> int:
        """Fewer and fewer."""
        return next(self._left)


HURRIED = 9_000
"""Too few to begin another row."""


def handed(
    content: str | bytes,
    form: Format = "csv",
    *,
    source: str = "agenda",
    now: datetime = NOW,
    more: bool = False,
    name: str = "list",
    tenant: str = "boavista",
) -> PatientImport:
    """A file that an administrator has handed in."""
    raw = content.encode() if isinstance(content, str) else content
    return import_patients(tenant, "agent:ana", Handed(name, source, form, raw, more), now)


def worked_off(cloud: Cloud, context: Context | None = None) -> int:
    """Call the worker until nothing is queued; how many slices there were."""
    for slices in itertools.count():
        event = cloud.queued("inbound")
        if not event["Records"]:
            return slices
        answer = dedupe.handler(event, context or Context())
        assert answer == {"batchItemFailures": []}
    raise AssertionError


def taken_in(
    cloud: Cloud, content: str | bytes, form: Format = "csv", *, source: str = "agenda", now: datetime = NOW
) -> list[ImportedRow]:
    """What became of each row of a file."""
    made = handed(content, form, source=source, now=now)
    worked_off(cloud)
    assert imports.get("boavista", made.id).state == "done"
    return imports.rows("boavista", made.id, 0, 1_000)


def record_of(row: ImportedRow) -> Patient:
    """The record that a row has made, or changed."""
    assert row.patient, row
    return patients.get("boavista", row.patient)
