"""Journey 2: a reminder, and the patient's answer to it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.calling import Rung, calls_of
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


def is_reminded(clinic: Clinic, patient: Patient) -> bool:
    """Whether the provider says that a reminder was delivered."""
    return any(one["state"] == "delivered" for one in clinic.reminders_to(patient))


def sent_to(clinic: Clinic, patient: Patient) -> int:
    """How many of our messages the timeline shows, without what something newer overtook."""
    ours = [one for one in clinic.timeline(patient) if one["direction"] == "outbound"]
    return sum(one["state"] != "withdrawn" for one in ours)


AHEAD_S = 10
"""So soon a reminder is due: long enough to book a visit, and to call it off."""
ANSWERS = {"1": "pt-BR", "sí": "es", "confermo": "it", "cancel·la": "ca"}


class Visit(NamedTuple):
    """A booked visit and who it is for."""

    patient: Patient
    id: str


@pytest.fixture(scope="module")
def visits(boavista: Clinic, a_minute_passes: Callable[[], None]) -> dict[str, Visit]:
    """A visit for each answer, and one that was cancelled: all reminded by the same sweep, in a moment."""
    made = {}
    for answer, language in {"called off": "pt-BR", **ANSWERS}.items():
        patient = Patient("Joana")
        made[answer] = Visit(patient, book(boavista, patient, language, hours=24, seconds=AHEAD_S)["id"])
        if answer == "called off":
            boavista.post(f"/appointments/{made[answer].id}/cancel", {})
    waiting = [made[answer].patient for answer in ANSWERS]

    def all_reminded() -> bool:
        a_minute_passes()
        waiting[:] = [one for one in waiting if not is_reminded(boavista, one)]
        return not waiting

    eventually(all_reminded)
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
    assert len(boavista.reminders_to(patient)) == 1, "exactly one"
    eventually(lambda: len(boavista.outbox(patient)) == sent_to(boavista, patient) == 3)
    closed = eventually(lambda: boavista.contact_of(patient, state="closed"))
    assert closed["disposition"] in ("confirmed", "cancelled"), "nobody had to see to it"


def test_a_cancelled_visit_is_not_reminded(boavista: Clinic, visits: dict[str, Visit]) -> None:
    patient = visits["called off"].patient
    assert boavista.reminders_to(patient) == []
    eventually(lambda: len(boavista.outbox(patient)) == sent_to(boavista, patient) >= 1)


def test_who_does_not_answer_is_called_and_confirms_with_a_key(
    delsol: Clinic, unreached: Rung, a_minute_passes: Callable[[], None]
) -> None:
    patient, visit = unreached

    def called() -> list[dict[str, Any]]:
        a_minute_passes()
        return calls_of(delsol, patient)

    (call,) = eventually(called, within=90)
    assert call["from"] == delsol.get("/reminder-calls", "admin")["number"]
    assert [one["status"] for one in call["heard"]] == ["ok", "ok"]
    settled = delsol.get(f"/appointments/{visit}")
    assert (settled["status"], settled["confirmation"]) == ("booked", "confirmed")
    assert [(one["step"], one["state"]) for one in settled["reminders"]] == [("24h", "sent"), ("3h", "sent")]
    assert [one["channel"] == "voice" for one in delsol.reminders_to(patient)] == [False, True]
    assert delsol.contact_of(patient) is None, "nobody has to call"
