"""FHIR resources of a clinic, by their ids or by what is searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from recado.actions.find_known import find_known
from recado.actions.find_patients import find_patients
from recado.actions.find_slots import Free, Wanted, find_slots
from recado.actions.load_person import load_person
from recado.actions.walk_visits import walk_visits
from recado.errors import Invalid, NotFound
from recado.model.appointment import Appointment
from recado.rules.fhir import appointments as visits
from recado.rules.fhir import people, practice, search
from recado.rules.fhir.codes import Json
from recado.rules.slots import MOMENT
from recado.store import appointments, schedules, tenants, visit_names

Asked = Mapping[str, Sequence[str]]
"""Parameter → its values, as they were given."""

TAKEN: Final[Mapping[str, frozenset[str]]] = {
    "Appointment": frozenset(
        {"date", "patient", "practitioner", "status", "identifier", "_id", "_lastUpdated"}
    ),
    "Patient": frozenset({"identifier", "phone", "_id"}),
    "Practitioner": frozenset({"active", "_id"}),
    "Schedule": frozenset({"actor", "_id"}),
    "Slot": frozenset({"schedule", "start", "service-type", "_id"}),
}
"""Which parameters each kind of resource is searched by. Others are refused: ignored, they would find too
much."""

MOST: Final = 50
"""Values of one parameter."""


def find_resources(tenant: str, kind: str, asked: Asked, now: datetime) -> list[Json]:
    """All resources of a kind that fit. Raises Invalid that names a parameter, NotFound for a kind that we do
    not have."""
    allowed = TAKEN.get(kind)
    if allowed is None:
        raise NotFound
    for name in asked:
        if name not in allowed:
            raise Invalid(name, f"{kind} is searched by {', '.join(sorted(allowed))}.")
    if "_id" in asked:
        return [one for own in _listed(asked, "_id") for one in _present(tenant, kind, own, now)]
    return _FINDERS[kind](tenant, asked, now)


def read_resource(tenant: str, kind: str, own_id: str, now: datetime) -> Json:
    """One resource. Raises NotFound."""
    if kind == "Appointment":
        return visits.resource(appointments.get(tenant, own_id))
    if kind == "Patient":
        return people.resource(load_person(tenant, own_id)[0])
    if kind == "Practitioner":
        return practice.practitioner(schedules.practitioner(tenant, own_id))
    if kind == "Schedule":
        found = schedules.schedule(tenant, own_id)
        if found is None:
            raise NotFound
        return practice.schedule(found, schedules.practitioner(tenant, own_id), now)
    if kind == "Slot":
        return _slot(tenant, own_id, now)
    raise NotFound


def _present(tenant: str, kind: str, own_id: str, now: datetime) -> list[Json]:
    try:
        return [read_resource(tenant, kind, own_id, now)]
    except NotFound:
        return []


def _appointments(tenant: str, asked: Asked, _now: datetime) -> list[Json]:
    zone = tenants.get(tenant).timezone
    when = search.period("date", asked.get("date", ()), zone)
    changed = search.period("_lastUpdated", asked.get("_lastUpdated", ()), zone)
    statuses, who = set(_listed(asked, "status")), _references(asked, "practitioner", "Practitioner")
    records = {
        record.id for one in _references(asked, "patient", "Patient") for record in load_person(tenant, one)
    }
    found = _those(tenant, asked, records, when, zone)
    fitting = [
        one
        for one in found
        if when.holds(one.start)
        and changed.holds(visits.updated_at(one))
        and (not statuses or one.status in statuses)
        and (not who or one.practitioner_id in who)
        and (not records or one.patient in records)
    ]
    return [visits.resource(one) for one in sorted(fitting, key=lambda one: (one.start, one.id))]


def _those(tenant: str, asked: Asked, records: set[str], when: search.Period, zone: str) -> list[Appointment]:
    """By what finds fewest: a name, a patient, or the days of a period. Raises Invalid (`date`)."""
    if "identifier" in asked:
        return [one for given in _listed(asked, "identifier") for one in _named(tenant, given)]
    if "patient" in asked:
        return [one for record in sorted(records) for one in appointments.of_patient(tenant, record)]
    return list(walk_visits(tenant, *search.days("date", when, zone)))


def _named(tenant: str, given: str) -> list[Appointment]:
    """Raises Invalid (`identifier`)."""
    system, value = search.token(given)
    if not system:
        raise Invalid("identifier", "Give system|value.")
    own = visit_names.find(tenant, system, value).appointment
    found = appointments.find(tenant, own) if own else None
    return [found] if found and not found.erased_at else []


def _patients(tenant: str, asked: Asked, _now: datetime) -> list[Json]:
    if "phone" in asked:
        found = [one for given in _listed(asked, "phone") for one in find_patients(tenant, given)]
    elif "identifier" in asked:
        known = (find_known(tenant, given) for given in _listed(asked, "identifier"))
        found = [one for one in known if one is not None]
    else:
        raise Invalid("identifier", "Search by identifier or phone.")
    return [people.resource(one) for one in {one.id: one for one in found}.values()]


def _practitioners(tenant: str, asked: Asked, _now: datetime) -> list[Json]:
    active = _listed(asked, "active")
    everyone = sorted(schedules.practice(tenant).practitioners.values(), key=lambda one: one.id)
    return [practice.practitioner(one) for one in everyone if not active or str(one.active).lower() in active]


def _schedules(tenant: str, asked: Asked, now: datetime) -> list[Json]:
    wanted, known = _references(asked, "actor", "Practitioner"), schedules.practice(tenant)
    return [
        practice.schedule(one, known.practitioners[whose], now)
        for whose, one in sorted(known.schedules.items())
        if whose in known.practitioners and (not wanted or whose in wanted)
    ]


def _slots(tenant: str, asked: Asked, now: datetime) -> list[Json]:
    """Free ones only: what is taken is nobody's business. Raises Invalid (`start`)."""
    when = search.period("start", asked.get("start", ()), tenants.get(tenant).timezone)
    search.days("start", when, "UTC")
    known = schedules.recent(tenant)
    kinds = [search.token(one)[1] for one in _listed(asked, "service-type")]
    kinds = kinds or [one.id for one in known.types.values() if one.active]
    whose: list[str | None] = [*_references(asked, "schedule", "Schedule")] or [None]
    if when.since is None or when.until is None:
        return []
    wanted = [Wanted(kind, who, when.since, when.until) for kind in kinds for who in whose]
    found = [free for one in wanted for free in find_slots(tenant, one, now)]
    return [_free(one) for one in sorted(found, key=lambda one: one.slot.begins)]


def _slot(tenant: str, own_id: str, now: datetime) -> Json:
    """Raises NotFound for one that the practitioner's schedule does not have."""
    who, kind, begins = practice.slot_of(own_id)
    known = schedules.recent(tenant)
    if who not in known.practitioners or kind not in known.types:
        raise NotFound
    free = find_slots(tenant, Wanted(kind, who, begins, begins + MOMENT), now, most=1)
    return practice.slot(who, known.types[kind], begins, "free" if free else "busy")


def _free(one: Free) -> Json:
    return practice.slot(one.practitioner.id, one.type, one.slot.begins, "free")


def _listed(asked: Asked, name: str) -> list[str]:
    """FHIR: what commas part is one or the other. Raises Invalid for more than MOST, as each is looked up."""
    parts = dict.fromkeys(part for given in asked.get(name, ()) for part in given.split(",") if part)
    if len(parts) > MOST:
        raise Invalid(name, f"At most {MOST} at once.")
    return list(parts)


def _references(asked: Asked, name: str, kind: str) -> list[str]:
    return [search.reference(name, kind, one) for one in _listed(asked, name)]


_FINDERS: Final = {
    "Appointment": _appointments,
    "Patient": _patients,
    "Practitioner": _practitioners,
    "Schedule": _schedules,
    "Slot": _slots,
}
