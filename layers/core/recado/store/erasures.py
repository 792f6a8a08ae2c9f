"""Erasures, and the little that outlives them; with what takes a person's rows away.

`T#t#E#<person>` in the contacts table says how far an erasure is: there it comes due. In the patients table
`T#t#Z#<hash>` holds what whoever had a contact point has stopped, and `T#t#Z#<consent>` that a provider's
word about it was heard. The key of those hashes is the clinic's, in the tenants table.
"""

from __future__ import annotations

from typing import NamedTuple

from recado.model.consent import Consent
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.erasure import Erasure, Stopped
from recado.model.patient import Link, Patient, Question, Upcoming
from recado.model.record import Record, iso
from recado.store.contacts import ContactRow
from recado.store.patients import ConsentRow, GuardRow, PatientRow, PointRow
from recado.store.rows import Transaction, fields, key, load, named, readable, record_of, save


def find(tenant: str, person: str) -> Erasure | None:
    """The erasure of a person, by their root's id, or none."""
    return load(ContactRow, Erasure, key(tenant, "E", person), "E")


def put(tenant: str, erasure: Erasure, within: Transaction | None = None) -> None:
    """Store how far an erasure is. Raises Stale."""
    due_at = erasure.due_at
    row = ContactRow(
        pk=key(tenant, "E", erasure.id),
        sk="E",
        due=key(tenant, "due") if due_at else None,
        due_at=iso(due_at) if due_at else None,
        **fields(erasure),
    )
    save(row, erasure.version, within)


def record(tenant: str, patient: str) -> Patient | None:
    """A record as it is stored, erased or not; none: there never was one."""
    return load(PatientRow, Patient, key(tenant, "P", patient), "P")


def contacts_of(tenant: str, patient: str) -> list[Contact]:
    """All contacts of a record that are not erased; without those that this version cannot read."""
    with named():
        rows = ContactRow.query(
            key(tenant, "P", patient), ContactRow.sk.startswith("C#"), consistent_read=True
        )
        found = readable(rows, Contact)
    return [one for one in found.values() if one.erased_at is None]


class There(NamedTuple):
    """What is at a contact point of a record's."""

    point: ContactPoint
    others: tuple[Link, ...]
    """Who else is there, or was."""
    theirs: tuple[GuardRow, ...]
    """What is the record's; all that is there, where nobody else is."""

    @property
    def household(self) -> str | None:
        """The record of what came from there and was nobody's yet, if it is left to nobody."""
        return next((row.body for row in self.theirs if row.sk == "H"), None)


def there(tenant: str, point: ContactPoint, patient: str) -> There:
    """What a record leaves behind at a contact point."""
    with named():
        rows = list(GuardRow.query(_point(tenant, point), consistent_read=True))
    links = (record_of(row, Link) for row in rows if row.sk.startswith("P#"))
    others = tuple(link for link in links if link.patient != patient)
    return There(point, others, tuple(row for row in rows if not others or _is_of(row, patient)))


def leave(tenant: str, at: There, within: Transaction) -> None:
    """Take a record away from a contact point, with what was asked of it there and what was to come.

    With the last one goes all that is there: its key is an address. Should somebody come meanwhile, the
    transaction raises Stale.
    """
    for row in at.theirs:
        if row.sk == "G":
            within.delete(GuardRow(pk=_point(tenant, at.point), sk="G", version=row.version))
        else:
            within.delete(PointRow(pk=_point(tenant, at.point), sk=row.sk))


def _point(tenant: str, point: ContactPoint) -> str:
    return key(tenant, "I", point.system, point.value)


def _is_of(row: GuardRow, patient: str) -> bool:
    kind, _, rest = row.sk.partition("#")
    if kind in ("P", "S"):
        return rest == patient
    if kind == "H":
        return row.body == patient
    if kind == "Q":
        return record_of(row, Question).patient == patient
    return kind == "A" and record_of(row, Upcoming).patient == patient


def drop_consent(tenant: str, patient: str, consent: Consent, within: Transaction) -> None:
    """Take away what somebody said of being written to; what their provider told us is known as heard."""
    sk = f"K#{iso(consent.at)}#{consent.id}"
    within.delete(ConsentRow(pk=key(tenant, "P", patient), sk=sk), add_version_condition=False)
    if consent.source.startswith("event:"):
        within.save(PointRow(pk=key(tenant, "Z", consent.id), sk="K", body="{}"))


def was_heard(tenant: str, consent: str) -> bool:
    """Whether a provider's word came before its person was erased."""
    return load(PointRow, Record, key(tenant, "Z", consent), "K") is not None


def stopped(tenant: str, hashed: str) -> Stopped | None:
    """What whoever had the contact point of this hash had stopped."""
    return load(ConsentRow, Stopped, key(tenant, "Z", hashed), "Z")


def put_stopped(tenant: str, hashed: str, known: Stopped, within: Transaction) -> None:
    """Remember it. The transaction raises Stale."""
    within.save(ConsentRow(pk=key(tenant, "Z", hashed), sk="Z", **fields(known)))
