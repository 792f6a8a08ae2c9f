"""Rows through the real rules, one by one: what was decided, and what it took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import thread_time_ns
from typing import NamedTuple

from tests.bench.identity.online import Clinic, Line, Record, records
from tests.bench.identity.rows import Row, write


class Run(NamedTuple):
    records: list[Record]
    lines: list[Line]
    cpu_ms: float
    """Of the processor, for one record, in the middle."""


def run(rows: Sequence[Row]) -> Run:
    """Feed the rows as a file of theirs would be."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.tsv"
        write(rows, path)
        return _fed(records(path))


def _fed(found: list[Record]) -> Run:
    clinics: defaultdict[str, Clinic] = defaultdict(Clinic)
    resolved, spent = [], []
    for record in found:
        begun = thread_time_ns()
        resolved.append(clinics[record.tenant].arrive(record.record_id, record.profile))
        spent.append(thread_time_ns() - begun)
    people = {record: person for clinic in clinics.values() for record, person in clinic.people().items()}
    lines = [
        Line(record.record_id, people[record.record_id], answer.decision, answer.score, answer.reads)
        for record, answer in zip(found, resolved, strict=True)
    ]
    return Run(found, lines, median(spent) / 1e6)
