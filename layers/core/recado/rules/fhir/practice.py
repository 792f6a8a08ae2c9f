"""Practitioners, their schedules and free times as FHIR R4 resources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from recado.errors import NotFound
from recado.model.record import iso
from recado.model.schedule import AppointmentType, Practitioner, Schedule
from recado.rules.fhir.codes import BASE, Json

_STAMP: Final = "%Y%m%dT%H%MZ"

SlotStatus = Literal["free", "busy"]


def practitioner(one: Practitioner) -> Json:
    """Somebody who sees patients, as patients know them."""
    spoken = [{"coding": [{"system": "urn:ietf:bcp:47", "code": code}]} for code in one.languages]
    return {
        "resourceType": "Practitioner",
        "id": one.id,
        "meta": {"versionId": str(one.version)},
        "active": one.active,
        "name": [{"text": one.name}],
        **({"communication": spoken} if spoken else {}),
    }


def schedule(one: Schedule, whose: Practitioner, now: datetime) -> Json:
    """When somebody can be booked: a Schedule has its practitioner's id."""
    end = now + timedelta(days=one.horizon_days)
    return {
        "resourceType": "Schedule",
        "id": one.practitioner,
        "meta": {"versionId": str(one.version)},
        "active": whose.active,
        "actor": [{"reference": f"Practitioner/{whose.id}", "display": whose.name}],
        "planningHorizon": {"start": iso(now), "end": iso(end)},
    }


def slot(who: str, kind: AppointmentType, begins: datetime, status: SlotStatus) -> Json:
    """A time at which a visit of this type may begin."""
    return {
        "resourceType": "Slot",
        "id": slot_id(who, kind.id, begins),
        "serviceType": [
            {"coding": [{"system": f"{BASE}/appointment-type", "code": kind.id}], "text": kind.name}
        ],
        "schedule": {"reference": f"Schedule/{who}"},
        "status": status,
        "start": iso(begins),
        "end": iso(begins + timedelta(minutes=kind.minutes)),
    }


def slot_id(who: str, kind: str, begins: datetime) -> str:
    """The same slot has the same id, though it is worked out anew each time."""
    return f"{who}.{kind}.{begins.astimezone(UTC).strftime(_STAMP)}"


def slot_of(own_id: str) -> tuple[str, str, datetime]:
    """Practitioner, type and start of a slot. Raises NotFound for what is no slot of ours."""
    parts = own_id.split(".")
    if len(parts) != 3:
        raise NotFound
    try:
        return parts[0], parts[1], datetime.strptime(parts[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise NotFound from None
