"""A clinic's administrator has a person forgotten (R126; LGPD art. 18, GDPR art. 17)."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.file_record import unfile
from recado.actions.hand_over import hand_over
from recado.actions.part_records import part_records
from recado.actions.relink import relink
from recado.errors import NotFound
from recado.model.appointment import Appointment
from recado.model.erasure import Erasure, Reason
from recado.model.patient import Patient
from recado.rules import erasure as rules
from recado.rules.people import guessed
from recado.store import appointments, contacts, erasures, patients, tenants
from recado.store.rows import Transaction, transaction


def erase(tenant: str, patient_id: str, now: datetime, *, by: str, reason: Reason) -> Erasure:
    """Take a person away, with all their records: from now on nobody finds them, and whoever writes from
    where they did is somebody new. What they said goes as soon as the sweep comes to it (see forget). The
    first of a clinic who had stopped something is taken away two minutes later, so that nobody forgets that.

    Asked again it tells how far that is. `by` is who asks: `agent:<id>`, or a role. Raises NotFound, Conflict
    for somebody with a visit to come, or with a record that only Recado takes for theirs, and Stale when a
    record kept changing: ask again.
    """
    found = erasures.record(tenant, patient_id)
    if found is None:
        raise NotFound
    person = found.person or found.id
    erasure = erasures.find(tenant, person) or _begun(tenant, person, now, by, reason)
    return take_away(tenant, erasure, now) if _begins(erasure, now) else erasure


def _begins(erasure: Erasure, now: datetime) -> bool:
    return bool(erasure.people) or erasure.due_at is None or erasure.due_at <= now


def take_away(tenant: str, erasure: Erasure, now: datetime) -> Erasure:
    """Take away those of the person's records that are there still, one after the other; the erasure then.

    Raises Stale, and Unavailable: what is left is left to the sweep.
    """
    seen: list[str] = []
    while left := [one for one in erasure.records if one not in seen and erasure.erased_at is None]:
        erasure = _take_away(tenant, erasure.id, left[0], now)
        seen.append(left[0])
    return erasure


@again
def _begun(tenant: str, person: str, now: datetime, by: str, reason: Reason) -> Erasure:
    """The root goes first: nothing can be joined to it from then on, so its records are known."""
    begun = erasures.find(tenant, person)
    if begun is not None:
        return begun
    root = patients.get(tenant, person)
    records = (root, *patients.some(tenant, [join.record for join in root.joined]))
    for one in records:
        rules.refuse(one, visits_of(tenant, one), now)
    fresh = Erasure(id=root.id, records=(root.id,), reason=reason, by=by, asked_at=now)
    if any(one.opted_out for one in records):
        begins = tenants.make_hash_key(tenant, now).since + rules.KNOWN
        if begins > now:
            return _put_off(tenant, fresh, begins)
    return _save(tenant, fresh, root, now)


def _put_off(tenant: str, erasure: Erasure, until: datetime) -> Erasure:
    """Who is about to be recorded as somebody new must not be taken for one who has stopped nothing."""
    waiting = erasure.model_copy(update={"due_at": until})
    erasures.put(tenant, waiting)
    return waiting.model_copy(update={"version": 1})


@again
def _take_away(tenant: str, person: str, record: str, now: datetime) -> Erasure:
    erasure = erasures.find(tenant, person)
    if erasure is None:
        raise NotFound
    one = _proven(tenant, erasure, now) if record == erasure.id else erasures.record(tenant, record)
    if one is None or one.erased_at:
        return erasure
    return _save(tenant, erasure, one, now)


def _proven(tenant: str, erasure: Erasure, now: datetime) -> Patient | None:
    """The person's root, without what Recado has come to take for theirs since it was asked for."""
    while (root := erasures.record(tenant, erasure.id)) and not root.erased_at and (guess := guessed(root)):
        part_records(tenant, guess, erasure.by, now)
    return root


def _save(tenant: str, erasure: Erasure, one: Patient, now: datetime) -> Erasure:
    """In one transaction a record is nobody's, and nothing leads to it; the erasure knows what it was."""
    with transaction() as work:
        patients.put(tenant, rules.patient(one, now), work)
        unfile(tenant, one, work)
        households = _leave_points(tenant, one, work)
        _part_from_others(tenant, one, work)
        _end_contacts(tenant, one, now, work)
        _remember_stops(tenant, one, now, work)
        joined = (join.record for join in one.joined)
        records = tuple(dict.fromkeys((*erasure.records, *joined, *households)))
        update = {"people": (*erasure.people, one), "records": records, "taken_at": now, "due_at": now}
        after = erasure.model_copy(update=update)
        erasures.put(tenant, after, work)
    return after.model_copy(update={"version": erasure.version + 1})


def _leave_points(tenant: str, one: Patient, within: Transaction) -> list[str]:
    """Take the record away from where it is found; households that are nobody's any more."""
    left = [erasures.there(tenant, point, one.id) for point in one.contact_points]
    for point in left:
        erasures.leave(tenant, point, within)
    return [point.household for point in left if point.household]


def _part_from_others(tenant: str, one: Patient, within: Transaction) -> None:
    """Who stood by them, or by whom they stood, does so no more."""
    others = {related.record for related in (*one.related, *one.stands_by)} - {one.id}
    for other in patients.some(tenant, sorted(others)):
        after = rules.parted(other, one.id)
        patients.put(tenant, after, within)
        relink(tenant, after, within)


def _end_contacts(tenant: str, one: Patient, now: datetime, within: Transaction) -> None:
    """Whoever is recording a message of theirs at this moment finds their latest contact another than it was,
    or the next one taken, and looks again whose it is."""
    latest = contacts.latest_contact(tenant, one.id)
    if latest is not None and latest.state != "closed":
        after = rules.contact(latest, now)
        contacts.save_contact(tenant, after, within)
        hand_over(tenant, latest, after, now, within)
        return
    language = one.language or tenants.get(tenant).language
    number = latest.number + 1 if latest else 1
    contacts.save_contact(tenant, rules.last_contact(one.id, number, language, now), within)


def _remember_stops(tenant: str, one: Patient, now: datetime, within: Transaction) -> None:
    """Nobody starts writing to them again because they come back as somebody new."""
    if not one.opted_out:
        return
    hash_key = tenants.make_hash_key(tenant, now).key
    for hashed in dict.fromkeys(rules.hashed(hash_key, point) for point in one.live):
        before = erasures.stopped(tenant, hashed)
        erasures.put_stopped(tenant, hashed, rules.stopped(one, before, now), within)


def visits_of(tenant: str, one: Patient) -> list[Appointment]:
    """The visits that a record ever had. One booked just now is at its contact points, which do not lag."""
    views = [patients.whole_view(tenant, point) for point in one.contact_points]
    coming = [visit.appointment for view in views for visit in view.upcoming if visit.patient == one.id]
    known = appointments.of_patient(tenant, one.id)
    new = dict.fromkeys(coming).keys() - {visit.id for visit in known}
    return known + (appointments.some(tenant, sorted(new)) if new else [])
