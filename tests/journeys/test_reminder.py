"""Journey 2: a reminder, and the patient's answer to it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


def book(clinic: Clinic, patient: Patient, language: str, **ahead: float) -> dict[str, Any]:
    """Book a visit so far ahead of now, by the clinic's wall."""
    zone = ZoneInfo(clinic.about["timezone"])
    start = datetime.now(zone) + timedelta(**ahead)
    body = {
        "name": patient.name,
        "phone": f"+{patient.number}",
        "language": language,
        "start": start.strftime("%Y-%m-%dT%H:%M:%S"),
        "practitioner": "Dra. Helena Costa",
        "type": "consulta",
        "minutes": 30,
    }
    booked: dict[str, Any] = clinic.post("/appointments", body, status=201)
    return booked


def reminders_to(clinic: Clinic, patient: Patient) -> list[dict[str, Any]]:
    return [
        one
        for one in clinic.outbox(patient)
        if one["body"].get("template", {}).get("name", "").startswith("reminder")
    ]


@pytest.mark.parametrize(
    ("answer", "language", "confirmation", "status"),
    [
        ("1", "pt-BR", "confirmed", "booked"),
        ("sí", "es", "confirmed", "booked"),
        ("confermo", "it", "confirmed", "booked"),
        ("cancel·la", "ca", "declined", "cancelled"),
    ],
)
def test_a_visit_is_reminded_once_and_the_answer_settles_it(
    answer: str, language: str, confirmation: str, status: str, boavista: Clinic
) -> None:
    patient = Patient("Joana")
    booked = book(boavista, patient, language, hours=24, seconds=20)
    eventually(lambda: reminders_to(boavista, patient), within=120)

    patient.writes(boavista, answer)
    eventually(lambda: boavista.get(f"/appointments/{booked['id']}")["confirmation"] != "none")
    settled = boavista.get(f"/appointments/{booked['id']}")
    assert (settled["confirmation"], settled["status"]) == (confirmation, status)
    assert [one["state"] for one in settled["reminders"]] == ["skipped", "sent"]
    kinds = [(one["direction"], one["author"]) for one in boavista.timeline(patient)]
    assert ("inbound", "patient") in kinds
    assert len(reminders_to(boavista, patient)) == 1, "exactly one"


def test_a_cancelled_visit_is_not_reminded(boavista: Clinic) -> None:
    patient, other = Patient("Rita"), Patient("Rui")
    booked = book(boavista, patient, "pt-BR", hours=24, seconds=15)
    boavista.post(f"/appointments/{booked['id']}/cancel", {})
    book(boavista, other, "pt-BR", hours=24, seconds=15)
    eventually(lambda: reminders_to(boavista, other), within=120)
    assert reminders_to(boavista, patient) == []
