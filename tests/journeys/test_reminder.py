"""Journey 2: a reminder, and the patient's answer to it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
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
    """Every reminder on the timeline, by whichever line and whatever became of it."""
    return [one for one in clinic.timeline(patient) if one["purpose"] == "reminder"]


def is_reminded(clinic: Clinic, patient: Patient) -> bool:
    """Whether the provider says that a reminder was delivered."""
    return any(one["state"] == "delivered" for one in reminders_to(clinic, patient))


def sent_to(clinic: Clinic, patient: Patient) -> int:
    """How many of our messages the timeline shows, without what something newer overtook."""
    ours = [one for one in clinic.timeline(patient) if one["direction"] == "outbound"]
    return sum(one["state"] != "withdrawn" for one in ours)


ANSWERS = {"1": "pt-BR", "sí": "es", "confermo": "it", "cancel·la": "ca"}


class Visit(NamedTuple):
    """A booked visit and who it is for."""

    patient: Patient
    id: str


@pytest.fixture(scope="module")
def visits(boavista: Clinic) -> dict[str, Visit]:
    """A visit for each answer, and one that was cancelled: all reminded by the same sweep."""
    made = {}
    for answer, language in {**ANSWERS, "called off": "pt-BR"}.items():
        patient = Patient("Joana")
        made[answer] = Visit(patient, book(boavista, patient, language, hours=24, minutes=1)["id"])
    boavista.post(f"/appointments/{made['called off'].id}/cancel", {})
    for answer in ANSWERS:
        eventually(lambda patient=made[answer].patient: is_reminded(boavista, patient), within=200)  # type: ignore[misc]
    return made


@pytest.mark.parametrize(
    ("answer", "confirmation", "status"),
    [
        ("1", "confirmed", "booked"),
        ("sí", "confirmed", "booked"),
        ("confermo", "confirmed", "booked"),
        ("cancel·la", "declined", "cancelled"),
    ],
)
def test_a_visit_is_reminded_once_and_the_answer_settles_it(
    answer: str, confirmation: str, status: str, boavista: Clinic, visits: dict[str, Visit]
) -> None:
    visit = visits[answer]
    patient = visit.patient
    patient.writes(boavista, answer)
    eventually(lambda: boavista.get(f"/appointments/{visit.id}")["confirmation"] != "none")
    settled = boavista.get(f"/appointments/{visit.id}")
    assert (settled["confirmation"], settled["status"]) == (confirmation, status)
    assert [one["state"] for one in settled["reminders"]][:2] == ["skipped", "sent"]
    assert len(reminders_to(boavista, patient)) == 1, "exactly one"
    eventually(lambda: len(boavista.outbox(patient)) == sent_to(boavista, patient) == 3)
    closed = eventually(lambda: boavista.contact_of(patient, state="closed"))
    assert closed["disposition"] in ("confirmed", "cancelled"), "nobody had to see to it"


def test_a_cancelled_visit_is_not_reminded(boavista: Clinic, visits: dict[str, Visit]) -> None:
    patient = visits["called off"].patient
    assert reminders_to(boavista, patient) == []
    eventually(lambda: len(boavista.outbox(patient)) == sent_to(boavista, patient) >= 1)
