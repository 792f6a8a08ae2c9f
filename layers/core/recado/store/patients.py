"""Patients, and what hangs on their contact points.

One partition for each contact point (`T#t#I#<system>#<value>`) holds who is behind it (`P#<patient>`) and
when they were last surely there (`S#`), what was asked there (`Q#`) and what is booked (`A#`), and whose
record holds what is nobody's yet (`H`), so that one Query answers "who is this, and what is next for them". A
guard (`G`), whose version counts the introductions, makes one of two strangers at once the first.

Beside a person lies what they said about being written to (`K#<moment>#<id>`): each change once, with its
evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from recado.errors import NotFound
from recado.model.consent import Consent
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView, Link, Patient, Question, Upcoming
from recado.model.record import iso
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


class _Everyone(GlobalSecondaryIndex["PatientRow"]):
    class Meta:
        index_name = "everyone"
        projection = KeysOnlyProjection()

    everyone = UnicodeAttribute(hash_key=True)
    pk = UnicodeAttribute(range_key=True)


class PatientRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"

    opted_out = UnicodeSetAttribute(null=True)
    former = UnicodeSetAttribute(null=True)
    shares = BooleanAttribute(null=True)
    everyone = UnicodeAttribute(null=True)
    by_everyone = _Everyone()


class ConsentRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


class PointRow(Note):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


class GuardRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(PatientRow, ConsentRow, PointRow, GuardRow)


def _named(point: ContactPoint) -> str:
    return f"{point.system}#{point.value}"


def _point(tenant: str, point: ContactPoint) -> str:
    return key(tenant, "I", point.system, point.value)


def view(tenant: str, point: ContactPoint) -> ContactPointView:
    """All that is known of a contact point and of those behind it now, in one read."""
    return whole_view(tenant, point).present


def whole_view(tenant: str, point: ContactPoint) -> ContactPointView:
    """With those who have left it, for whoever asks about one of them."""
    with named():
        rows = list(GuardRow.query(_point(tenant, point), consistent_read=True))
    seen = {row.sk[2:]: datetime.fromisoformat(row.body) for row in rows if row.sk.startswith("S#")}
    links = [_seen(record_of(row, Link), seen) for row in rows if row.sk.startswith("P#")]
    return ContactPointView(
        links=tuple(sorted(links, key=lambda link: link.place)),
        introduced=next((row.version for row in rows if row.sk == "G"), 0),
        questions=tuple(record_of(row, Question) for row in rows if row.sk.startswith("Q#")),
        upcoming=tuple(record_of(row, Upcoming) for row in rows if row.sk.startswith("A#")),
        household=next((row.body for row in rows if row.sk == "H"), None),
    )


def _seen(link: Link, seen: Mapping[str, datetime]) -> Link:
    return link.model_copy(update={"seen_at": seen[link.patient]}) if link.patient in seen else link


def find(tenant: str, patient: str) -> Patient | None:
    """One patient, also one who is erased, or none."""
    return load(PatientRow, Patient, key(tenant, "P", patient), "P")


def get(tenant: str, patient: str) -> Patient:
    """One patient of this clinic. Raises NotFound, also for one who is erased."""
    found = known(tenant, patient)
    if found is None:
        raise NotFound
    return found


def known(tenant: str, patient: str) -> Patient | None:
    """The same; none where there is none, or they are erased."""
    found = find(tenant, patient)
    return found if found and not found.erased_at else None


def some(tenant: str, ids: Iterable[str]) -> list[Patient]:
    """Those of these patients whom the clinic has, in their order: a read for each hundred."""
    keys = [(key(tenant, "P", one), "P") for one in ids]
    if not keys:
        return []
    with named():
        found = {row.pk: row for row in PatientRow.batch_get(keys, consistent_read=True)}
    loaded = [record_of(found[pk], Patient) for pk, _ in keys if pk in found]
    return [one for one in loaded if one.erased_at is None]


def put(tenant: str, patient: Patient, within: Transaction | None = None) -> None:
    """Store a patient. Raises Stale."""
    row = PatientRow(
        pk=key(tenant, "P", patient.id),
        sk="P",
        opted_out=set(patient.unwanted) or None,
        former={_named(point) for point in patient.former} or None,
        shares=patient.shares or None,
        everyone=None if patient.erased_at else key(tenant, "everyone"),
        **fields(patient),
    )
    if within is None:
        save(row, patient.version)
    else:
        within.save(row)


def keep_consent(tenant: str, patient: str, consent: Consent, within: Transaction) -> None:
    """Add to what is known of a patient's wishes. Raises Stale when it is there: nothing is put over it."""
    body = consent.model_dump_json(exclude_none=True)
    sk = f"K#{iso(consent.at)}#{consent.id}"
    within.save(ConsentRow(pk=key(tenant, "P", patient), sk=sk, body=body))


def drop_consent(tenant: str, patient: str, consent: Consent, within: Transaction) -> None:
    """Take back what was kept of a patient because of another record, which keeps it itself."""
    row = ConsentRow(pk=key(tenant, "P", patient), sk=f"K#{iso(consent.at)}#{consent.id}")
    within.delete(row, add_version_condition=False)


def consents(tenant: str, patient: str) -> list[Consent]:
    """Every change of what a patient takes from us, in the order in which it was said."""
    with named():
        rows = list(
            ConsentRow.query(key(tenant, "P", patient), ConsentRow.sk.startswith("K#"), consistent_read=True)
        )
    return [record_of(row, Consent) for row in rows]


def link(tenant: str, point: ContactPoint, who: Link, place: int, within: Transaction) -> None:
    """Put a person behind a contact point, as the `place`-th who was ever introduced there (from 1).

    Raises Stale when somebody else was introduced meanwhile: two messages of a new person make one patient.
    Places of people who are gone are not given again, so that nobody waits for one.
    """
    guard: dict[str, Any] = {"version": place - 1} if place > 1 else {}
    within.save(GuardRow(pk=_point(tenant, point), sk="G", body="{}", **guard))
    within.save(_link_row(tenant, point, who, place))


def relink(tenant: str, point: ContactPoint, who: Link, place: int, within: Transaction) -> None:
    """Let those who look up a contact point see what is known by now of a person behind it.

    Raises Stale when they are not behind it any more.
    """
    within.save(_link_row(tenant, point, who, place), condition=PointRow.pk.exists())


def _link_row(tenant: str, point: ContactPoint, who: Link, place: int) -> PointRow:
    body = who.model_copy(update={"place": place}).model_dump_json(exclude_none=True)
    return PointRow(pk=_point(tenant, point), sk=f"P#{who.patient}", body=body)


def note_seen(tenant: str, point: ContactPoint, patient: str, at: datetime, within: Transaction) -> None:
    """Somebody was surely at a contact point just then: they, and not whoever has it next."""
    within.save(PointRow(pk=_point(tenant, point), sk=f"S#{patient}", body=iso(at)))


def house(tenant: str, point: ContactPoint, patient: str, within: Transaction) -> None:
    """Let this record hold what comes from a contact point and is nobody's yet.

    The transaction raises Stale when the point has such a record.
    """
    row = PointRow(pk=_point(tenant, point), sk="H", body=patient)
    within.save(row, condition=PointRow.pk.does_not_exist())


def ask(tenant: str, point: str, question: Question, within: Transaction) -> None:
    """Note what we ask at a contact point (`<system>#<value>`); the last one on a visit counts."""
    within.save(
        PointRow(pk=key(tenant, "I", point), sk=f"Q#{question.subject}", body=question.model_dump_json())
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


def check_consent(
    tenant: str,
    patient: str,
    purpose: str,
    within: Transaction,
    at: Iterable[ContactPoint] = (),
    *,
    alone: bool = False,
) -> None:
    """Let the transaction succeed only while there is the patient, not opted out of this purpose, who has
    left none of these contact points; and, if `alone`, of whom nobody has confirmed another record."""
    willing = PatientRow.opted_out.does_not_exist() | ~PatientRow.opted_out.contains(purpose)
    allowed = PatientRow.pk.exists() & willing
    for point in at:
        allowed &= PatientRow.former.does_not_exist() | ~PatientRow.former.contains(_named(point))
    if alone:
        allowed &= PatientRow.shares.does_not_exist()
    within.condition_check(PatientRow, key(tenant, "P", patient), "P", condition=allowed)
