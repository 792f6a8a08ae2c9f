"""Who stands by a patient (FHIR RelatedPerson): a parent, a guardian, a spouse."""

from __future__ import annotations

from typing import Final, Literal

from recado.model.record import Instant, Record

Relationship = Literal["parent", "guardian", "caregiver", "spouse", "sibling", "child", "other"]
"""What the related person is to the patient."""

ACTING: Final[frozenset[Relationship]] = frozenset({"parent", "guardian", "caregiver"})
"""Those who may answer for the patient: confirm, cancel or move a visit."""


class RelatedPerson(Record):
    """That somebody stands by a patient; it lies with both, and names the other one.

    With the patient `record` is who stands by them, with that person it is by whom they stand; `relationship`
    is always what that person is to the patient.
    """

    record: str
    relationship: Relationship
    until: Instant | None = None
    """When they cease to act for the patient: a child comes of age. None: until somebody takes it back."""
    by: str
    """`agent:<id>`: who said so."""
    at: Instant


class Mandate(Record):
    """That one of two may act for the other, as links say it."""

    record: str
    """The other one."""
    until: Instant | None = None
