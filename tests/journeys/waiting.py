"""How somebody comes to wait for a time at Aurora, and how one is freed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from tests.journeys.story import Clinic, Handset, Patient


class Offered(NamedTuple):
    """Who waits, in their order, and the visit that was called off."""

    first: Handset
    second: Handset
    freed: dict[str, Any]


def free_for_two(clinic: Clinic) -> Offered:
    """Every time of Prof.ssa Neri's is taken, two patients ask the assistant for one and join the list; then
    the last of the visits is called off. Two are asked at once."""
    assert clinic.get("/offering", "admin")["at_once"] == 2
    booked = fill(clinic, Patient("Elsa", "3934"))
    first, second = (Handset(clinic, Patient(name, "3934"), "whatsapp") for name in ("Marta", "Nino"))
    for phone in (first, second):
        assert "Consulto" in phone.says("vorrei prenotare")
        assert "lista d'attesa" in phone.says("consulto")
        assert "è in lista d'attesa" in phone.says("sì")
    names = [one["patient_name"] for one in clinic.get("/waiting-list")["items"]]
    assert names == [first.patient.name, second.patient.name]
    clinic.post(f"/appointments/{booked[-1]['id']}/cancel", {})
    return Offered(first, second, booked[-1])


def fill(clinic: Clinic, patient: Patient) -> list[dict[str, Any]]:
    """Every time of hers that patients are offered is booked for one; in order."""
    now = datetime.now(UTC)
    span = {"from": now.isoformat(), "until": (now + timedelta(days=20)).isoformat(), "for": "patients"}
    who = {"name": patient.name, "phone": f"+{patient.number}"}
    return [
        clinic.post(
            "/appointments", {**who, **{name: one[name] for name in ("practitioner_id", "type_id", "start")}}
        )
        for one in clinic.get("/slots", type="consulto", **span)["items"]
    ]
