"""A file of patients, or of visits, that a clinic has handed in, how far it is, and what became of each of
its rows."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from recado.model.record import Instant, Record, Versioned

Format = Literal["csv", "jsonl", "bundle"]
"""A table with a header; a JSON object a line, ours or a FHIR Patient; a FHIR Bundle."""

Kind = Literal["patients", "visits"]
"""What its rows are of. Visits come as a table only."""

State = Literal["receiving", "waiting", "running", "done", "failed"]
"""Parts are still to come; all are there; rows are taken in; it is over; it could not be read on."""

Decision = Literal["new", "same", "review", "updated", "unchanged", "failed"]
"""What became of a row: a person nobody knew; somebody who was known; one of two, of whom a person decides
whether they are the same; a record of before, changed or not; or nothing."""


class Issue(Record):
    """What is wrong with a row: `field` is at fault, `message` says how, without its value."""

    field: str
    message: str


class ImportedRow(Record):
    """What became of one row; `row` counts from 1, a table's header not."""

    row: int
    decision: Decision
    patient: str | None = None
    """The row's record; none where it failed."""
    appointment: str | None = None
    """The visit that a row of a file of visits is about."""
    person: str | None = None
    """With `same`, whose record it is; with `review`, who they may be."""
    score: float | None = None
    """How likely the row is of somebody who was known (0..1), where that was asked."""
    issues: tuple[Issue, ...] = ()
    """Of a row that failed, why; else what of it was left out."""


class PatientImport(Versioned):
    """One file: how to read it, and how far it has been read."""

    id: str
    """Sorts by the time at which it came."""
    name: str = ""
    """What its sender calls it."""
    source: str
    """The system that it comes from: what it calls its patients means something there only."""
    format: Format
    kind: Kind = "patients"
    parts: tuple[int, ...] = ()
    """The bytes of each part, in their order."""
    state: State = "receiving"
    delimiter: str = ""
    """Of a table."""
    columns: tuple[str, ...] = ()
    """What each column of a table holds; "" where nobody knows."""
    position: int = 0
    """So many bytes have been read, of all parts together."""
    row: int = 0
    """So many rows have been read."""
    counts: dict[Decision, int] = Field(default_factory=dict)
    problem: str = ""
    """Why it could not be read on."""
    created_by: str
    """`agent:<id>`."""
    created_at: Instant
    ended_at: Instant | None = None

    @property
    def size(self) -> int:
        """Its bytes, as far as they have come."""
        return sum(self.parts)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to do."""
        return self.state in ("done", "failed")
