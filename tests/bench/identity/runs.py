"""Rows through the real rules, one by one: what was decided, what it took, who is behind each number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import thread_time_ns
from typing import NamedTuple

from recado.model.patient import Link

from tests.bench.identity.online import Clinic, Line, Record, records
from tests.bench.identity.rows import Row, write


class Run(NamedTuple):
    lines: list[Line]
    filed: dict[str, str]
    """Whose person each record was filed as, by record: one to review stays a person of its own."""
    links: dict[tuple[str, str], list[Link]]
    """Who is behind a number, by tenant and number, in the order in which they came."""
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
    answered = {record: person for clinic in clinics.values() for record, person in clinic.people().items()}
    lines, filed, links = [], {}, defaultdict(list)
    for record, resolution in zip(found, resolved, strict=True):
        at, same = record.record_id, resolution.found if resolution.decision == "same" else None
        filed[at] = clinics[record.tenant].index.person(same.person if same else at)
        lines.append(Line(at, answered[at], resolution.decision, resolution.score, resolution.reads))
        for point in record.profile.points:
            if point.system == "phone":
                links[record.tenant, point.value].append(_link(record, filed[at]))
    return Run(lines, filed, dict(links), median(spent) / 1e6)


def _link(record: Record, person: str) -> Link:
    """As the product keeps it at a number, of a join that nobody has confirmed."""
    profile = record.profile
    return Link(
        patient=record.record_id,
        person="" if person == record.record_id else person,
        name=profile.name or f"{profile.given_name} {profile.family_name}".strip() or None,
        profile=profile,
    )
