"""The front desk books a visit."""

from __future__ import annotations

import contextlib
from datetime import datetime

from recado.actions.admit import Admission, Person, admit, admit_known, store
from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.find_routes import find_routes, lines
from recado.actions.identify import new_id
from recado.actions.keep_visit import Held, keep_visit
from recado.actions.note_booked import note_booked
from recado.actions.place_visit import Placed, Visit, place_visit
from recado.actions.refuse_overlap import refuse_overlap
from recado.actions.tell import tell
from recado.actions.zones import TZ_VERSION
from recado.errors import Conflict, Invalid, Misconfigured, Stale, Unavailable
from recado.model.appointment import Appointment, Identifier
from recado.model.tenant import Tenant
from recado.rules import appointments as rules
from recado.rules.communications import communication_id
from recado.rules.reach import Letter, Route
from recado.store import appointments, patients, tenants
from recado.store.rows import transaction


def book(
    tenant: str,
    patient: str | Person,
    visit: Visit,
    now: datetime,
    *,
    author: str,
    once: str | None = None,
    identifier: Identifier | None = None,
    held: Held | None = None,
) -> Appointment:
    """Book a visit for a known patient (their id) or for whoever has this name and number.

    Plans its reminders and tells the patient, unless they have opted out. `author` is who booked it, e.g.
    `agent:ana`; `once` their own name for this request: asked again with it, the visit is the one that was
    booked the first time. `identifier`: what another system calls it: whoever tells of it, it is booked once.
    `held`: the time was held for them; patients take it whatever else they are offered.
    A start that clocks show twice means its first occurrence; give an offset to mean the second.

    Raises Invalid that names a field, NotFound for a patient we do not have, SlotTaken with other times where
    the practitioner has no time, PatientBusy where the patient has another visit then, Conflict for the same
    visit once more, Misconfigured for a clinic that has no account to write by.
    """
    appointment, who = _book(
        tenant, patient, visit, now, author=author, once=once, identifier=identifier, held=held
    )
    if who is not None and who.changed:
        _match(tenant, who.patient.id, now)
    return appointment


@again
def _book(
    tenant: str,
    patient: str | Person,
    visit: Visit,
    now: datetime,
    *,
    author: str,
    once: str | None,
    identifier: Identifier | None,
    held: Held | None,
) -> tuple[Appointment, Admission | None]:
    """The visit, and who was admitted for it now."""
    visit_id = named_by(tenant, identifier) if identifier else _id(tenant, author, once)
    if (once or identifier) and (earlier := appointments.find(tenant, visit_id)):
        return earlier, None
    clinic = tenants.get(tenant)
    by_patient = held is None and rules.is_by_patient(author)
    placed, start = place_visit(tenant, clinic, visit, now, by_patient=by_patient)
    who = _who(tenant, clinic, patient, now, author=author)
    blank = _unplaced(clinic, who, placed, route=_route(tenant, who, now), now=now, author=author)
    named = (identifier,) if identifier else ()
    history = held.history if held else ()
    blank = blank.model_copy(update={"id": visit_id, "identifiers": named, "history": history})
    appointment = rules.put(blank, start, find_policy(tenant, blank.type_id, blank), TZ_VERSION, now)
    appointment = rules.touched(appointment, "booked", now, author)
    if rules.booked_already(who.upcoming, rules.upcoming(appointment)):
        raise Conflict("This visit is booked already.")
    if who.patient.version and not (visit.over or visit.beside):
        refuse_overlap(tenant, appointment, appointment.start, now)
    with transaction() as work:
        store(tenant, who, work)
        note_booked(tenant, who.patient, who.latest, now, work)
        patients.note_seen(tenant, who.point, who.patient.id, now, work)
        keep_visit(tenant, None, appointment, now, work, over=visit.over, held=held)
        if "care" not in who.patient.unwanted:
            tell(tenant, appointment, "booked", now, work)
    return appointment.model_copy(update={"version": 1}), who


def _match(tenant: str, record: str, now: datetime) -> None:
    """Whose record it is by now. The visit is booked whatever comes of that: asked for again, it would be
    refused."""
    from recado.actions.match import match  # noqa: PLC0415 - heavy, and most who are booked are known

    with contextlib.suppress(Stale, Unavailable):
        match(tenant, record, now)


def _who(tenant: str, clinic: Tenant, patient: str | Person, now: datetime, *, author: str) -> Admission:
    if isinstance(patient, str):
        return admit_known(tenant, patient, now, author=author)
    return admit(tenant, clinic, patient, now, author=author)


def named_by(tenant: str, identifier: Identifier) -> str:
    """The id of the visit that another system calls so: the same whenever it is told of."""
    return f"a{communication_id(tenant, 'identifier', identifier.system, identifier.value)[:20]}"


def _id(tenant: str, author: str, once: str | None) -> str:
    return f"a{communication_id(tenant, 'recado', author, once)[:20]}" if once else new_id("a")


def _unplaced(
    clinic: Tenant, who: Admission, placed: Placed, *, route: Route, now: datetime, author: str
) -> Appointment:
    """The appointment, not yet put to its time."""
    return Appointment(
        id="",
        patient=who.patient.id,
        patient_name=who.name,
        language=who.patient.language or clinic.language,
        **placed._asdict(),
        start=now,
        local_start="",
        tz_version="",
        quiet=who.patient.quiet,
        own_timezone=who.patient.timezone,
        channel=route.channel,
        account=route.account,
        address=route.address,
        contact_point=f"{who.point.system}#{who.point.value}",
        created_at=now,
        created_by=author,
    )


def _route(tenant: str, who: Admission, now: datetime) -> Route:
    """By which line the patient hears of the visit."""
    found = find_routes(tenant, who.reached, Letter(template=True), now)
    if found:
        return found[0]
    if not any(one.enabled for one in lines(tenant).accounts):
        raise Misconfigured("This clinic has no account to write to patients by yet.")
    raise Invalid("patient", "None of the clinic's channels reaches this patient.")
