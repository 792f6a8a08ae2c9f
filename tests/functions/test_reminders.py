"""Every minute: all clinics, a page at a time; one clinic's trouble is nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import reminders
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.place_visit import Visit
from recado.actions.remind import PAGE
from recado.errors import Unavailable
from recado.model.appointment import Appointment
from recado.store import appointments, rows, tenants

from tests.cloud import Cloud
from tests.samples import DELSOL
from tests.visits import MARIA, now_is, written

EVENT = json.loads((Path(__file__).parents[2] / "events/reminders.json").read_text())
pytestmark = pytest.mark.usefixtures("clinic")


class Context:
    """Lambda's context, with so much time left at each question."""

    def __init__(self, *left_ms: int) -> None:
        self._left = iter(left_ms)

    def get_remaining_time_in_millis(self) -> int:
        return next(self._left, 50_000)


def due_now(tenant: str = "boavista", person: Person = MARIA) -> Appointment:
    """A visit with a reminder due by the real clock, whatever the hour: its clinic has no quiet hours."""
    clinic = tenants.get(tenant)
    never = clinic.reminders.model_copy(update={"quiet_from": "00:00", "quiet_until": "00:00"})
    tenants.save_tenant(tenant, clinic.model_copy(update={"reminders": never}))
    tenants.forget()
    now = datetime.now(UTC)
    start = (now + timedelta(hours=71, minutes=50)).isoformat()
    visit = Visit(start, "Dra. Costa", "consulta", 30)
    return book(tenant, person, visit, now - timedelta(hours=1), author="agent:ana")


@pytest.fixture
def unreadable_clinic() -> Iterator[str]:
    """A clinic, the first in turn, of which DynamoDB lets us read nothing that is due."""
    tenants.save_tenant("aaa", DELSOL.model_copy(update={"id": "aaa", "version": 0}))
    events = rows._connection.client.meta.events

    def refuse(params: dict[str, Any], **_: Any) -> None:
        assert "T#aaa#due" not in str(params["body"]), "T#aaa#I#phone#+5511987654321"

    events.register("before-call.dynamodb.Query", refuse)
    yield "aaa"
    events.unregister("before-call.dynamodb.Query", refuse)


def metrics_of(printed: str) -> dict[str, float]:
    """The metrics that the handler printed, summed."""
    found: dict[str, float] = {}
    for line in printed.splitlines():
        document = json.loads(line)
        for metric in document.get("_aws", {}).get("CloudWatchMetrics", [{}])[0].get("Metrics", []):
            value = document[metric["Name"]]
            found[metric["Name"]] = sum(value) if isinstance(value, list) else value
    return found


def test_every_clinics_due_reminders_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    here, there = due_now(), due_now("delsol", Person("Marta Ruiz", "600 111 222"))
    reminders.handler(EVENT, Context())
    assert len(written(here.patient, "reminder")) == 1
    assert appointments.get("delsol", there.id).reminders[0].state == "sent"
    assert metrics_of(capsys.readouterr().out)["RemindersSent"] == 2


def test_fired_twice_it_writes_once() -> None:
    appointment = due_now()
    reminders.handler(EVENT, Context())
    reminders.handler(EVENT, Context())
    assert len(written(appointment.patient, "reminder")) == 1


def test_a_clinic_that_fails_is_reported_after_all_the_others_were_seen_to(
    unreadable_clinic: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    appointment = due_now()
    with pytest.raises(Unavailable):
        reminders.handler(EVENT, Context())
    assert len(written(appointment.patient, "reminder")) == 1
    assert "987654321" not in capsys.readouterr().out + caplog.text


def test_many_due_are_seen_to_in_turns() -> None:
    first = due_now()
    for number in range(PAGE + 20):
        came_early = {"id": f"a{number}", "patient": f"p{number}", "version": 0, "status": "arrived"}
        appointments.save_appointment("boavista", first.model_copy(update=came_early))
    other = due_now("delsol", Person("Marta Ruiz", "600 111 222"))
    reminders.handler(EVENT, Context())
    assert appointments.due("boavista", datetime.now(UTC)).appointments == []
    assert appointments.get("delsol", other.id).reminders[0].state == "sent"


def test_what_there_is_no_time_for_waits_for_the_next_minute(capsys: pytest.CaptureFixture[str]) -> None:
    appointment = due_now()
    reminders.handler(EVENT, Context(reminders.SPARE_MS))
    assert now_is(appointment).version == 1
    assert metrics_of(capsys.readouterr().out)["ClinicsLeft"] == 2
    reminders.handler(EVENT, Context())
    assert now_is(appointment).reminders[0].state == "sent"


def test_it_sweeps_what_the_stream_left_behind_as_well(clinic: Cloud) -> None:
    appointment = due_now()
    (told,) = written(appointment.patient)
    clinic.queued("outbound")
    reminders.handler(EVENT, Context())
    (job,) = clinic.queued("outbound")["Records"]
    assert json.loads(job["body"]) == {"tenant": "boavista", "communication": told.id}


def test_nothing_about_a_patient_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    due_now()
    reminders.handler(EVENT, Context())
    printed = capsys.readouterr().out
    assert "Maria" not in printed
    assert "987654321" not in printed
