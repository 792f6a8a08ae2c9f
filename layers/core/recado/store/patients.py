"""Patients, and what hangs on their contact points.

One partition for each contact point (`T#t#I#<system>#<value>`) holds who is behind it (`P#`), what was asked
there (`Q#`) and what is booked (`A#`), so that one Query answers "who is this, and what is next for them".
"""

from __future__ import annotations

from pynamodb.attributes import UnicodeSetAttribute

from recado.errors import NotFound
from recado.model.patient import ContactPoint, ContactPointView, Link, Patient, Question, Upcoming
from recado.store.rows import (
    Note,
    Row,
    Transaction,
    fields,
    key,
    load,
    named,
    record_of,
    save,
    serve,
    table_name,
)


class PatientRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"

    opted_out = UnicodeSetAttribute(null=True)


class PointRow(Note):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(PatientRow, PointRow)


def _point(tenant: str, point: ContactPoint) -> str:
    return key(tenant, "I", point.system, point.value)


def view(tenant: str, point: ContactPoint) -> ContactPointView:
    """Everything known of a contact point, in one read."""
    with named():
        rows = list(PointRow.query(_point(tenant, point), consistent_read=True))
    return ContactPointView(
        links=tuple(record_of(row, Link) for row in rows if row.sk.startswith("P#")),
        questions=tuple(record_of(row, Question) for row in rows if row.sk.startswith("Q#")),
        upcoming=tuple(record_of(row, Upcoming) for row in rows if row.sk.startswith("A#")),
    )


def get(tenant: str, patient: str) -> Patient:
    """One patient of this clinic. Raises NotFound."""
    found = load(PatientRow, Patient, key(tenant, "P", patient), "P")
    if found is None:
        raise NotFound
    return found


def put(tenant: str, patient: Patient, within: Transaction | None = None) -> None:
    """Store a patient. Raises Stale."""
    row = PatientRow(
        pk=key(tenant, "P", patient.id), sk="P", opted_out=set(patient.opted_out) or None, **fields(patient)
    )
    if within is None:
        save(row, patient.version)
    else:
        within.save(row)


def link(tenant: str, point: ContactPoint, who: Link, place: int, within: Transaction) -> None:
    """Put a person behind a contact point, as its `place`-th (from 1).

    Raises Stale when that place is taken by then: two messages of a new person make one patient.
    """
    row = PointRow(pk=_point(tenant, point), sk=f"P#{place:03d}", body=who.model_dump_json(exclude_none=True))
    within.save(row, condition=PointRow.pk.does_not_exist())


def relink(tenant: str, point: ContactPoint, who: Link, place: int, within: Transaction) -> None:
    """Let those who look up a contact point see what is known by now of the person at its `place`."""
    within.save(
        PointRow(pk=_point(tenant, point), sk=f"P#{place:03d}", body=who.model_dump_json(exclude_none=True))
    )


def ask(tenant: str, point: str, question: Question, within: Transaction) -> None:
    """Note what we ask at a contact point (`<system>#<value>`); the last one on a visit counts."""
    within.save(
        PointRow(pk=key(tenant, "I", point), sk=f"Q#{question.appointment}", body=question.model_dump_json())
    )


def settle_question(tenant: str, point: str, appointment: str, within: Transaction) -> None:
    """The question has been answered, or does not matter any more."""
    within.delete(PointRow(pk=key(tenant, "I", point), sk=f"Q#{appointment}"))


def note_upcoming(tenant: str, point: str, upcoming: Upcoming, within: Transaction) -> None:
    """Let whoever looks up the contact point see this visit."""
    within.save(
        PointRow(pk=key(tenant, "I", point), sk=f"A#{upcoming.appointment}", body=upcoming.model_dump_json())
    )


def drop_upcoming(tenant: str, point: str, appointment: str, within: Transaction) -> None:
    """The visit is not to come any more."""
    within.delete(PointRow(pk=key(tenant, "I", point), sk=f"A#{appointment}"))


def check_consent(tenant: str, patient: str, purpose: str, within: Transaction) -> None:
    """Let the transaction succeed only while there is the patient, not opted out of this purpose."""
    willing = PatientRow.opted_out.does_not_exist() | ~PatientRow.opted_out.contains(purpose)
    allowed = PatientRow.pk.exists() & willing
    within.condition_check(PatientRow, key(tenant, "P", patient), "P", condition=allowed)
