"""A person gets what the caps allow, whatever records of theirs it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from recado.actions.join_records import join_records
from recado.actions.part_records import part_records
from recado.actions.remind import remind
from recado.model.appointment import Appointment
from recado.model.policy import Caps
from recado.rules.communications import outbound
from recado.rules.reach import Route
from recado.store import contacts, tenants

from tests.counter import counted
from tests.outreach import begun
from tests.people import believed, known_as
from tests.visits import FIRST, booked, now_is

pytestmark = pytest.mark.usefixtures("clinic")
HOUR = timedelta(hours=1)
OTHER = "p9"


@pytest.fixture
def visit() -> Appointment:
    """A visit that is due, where one message a day is enough; another record had one 23 hours ago."""
    clinic = tenants.get("boavista")
    policy = clinic.reminders.model_copy(update={"caps": Caps(day=1)})
    tenants.save_tenant("boavista", clinic.model_copy(update={"reminders": policy}))
    known_as(OTHER)
    recall = outbound("m", Route("sms", "1", "2"), "…", FIRST - 23 * HOUR, patient=OTHER)
    contacts.save_communication("boavista", recall.model_copy(update={"purpose": "recall"}))
    return booked()


def is_confirmed(visit: Appointment) -> None:
    join_records("boavista", OTHER, visit.patient, "agent:ana", FIRST - 24 * HOUR)


def is_confirmed_the_other_way(visit: Appointment) -> None:
    join_records("boavista", visit.patient, OTHER, "agent:ana", FIRST - 24 * HOUR)


def is_guessed(visit: Appointment) -> None:
    believed(OTHER, visit.patient)


def was_confirmed(visit: Appointment) -> None:
    is_confirmed(visit)
    part_records("boavista", OTHER, "agent:ana", FIRST - HOUR)


def due(visit: Appointment) -> datetime | None:
    return now_is(visit).due_at


@pytest.mark.parametrize("join", [is_confirmed, is_confirmed_the_other_way])
def test_records_that_somebody_has_confirmed_share_the_caps(
    visit: Appointment, join: Callable[[Appointment], None]
) -> None:
    join(visit)
    assert remind("boavista", FIRST).sent == 0
    assert due(visit) == FIRST + HOUR
    assert remind("boavista", FIRST + HOUR).sent == 1


@pytest.mark.parametrize("join", [lambda _: None, is_guessed, was_confirmed])
def test_what_only_recado_believes_keeps_nothing_from_anybody(
    visit: Appointment, join: Callable[[Appointment], None]
) -> None:
    join(visit)
    assert remind("boavista", FIRST).sent == 1


def test_what_is_about_no_visit_waits_for_all_records_too(visit: Appointment) -> None:
    is_confirmed(visit)
    begun(visit.patient, FIRST - HOUR / 2)
    assert remind("boavista", FIRST - HOUR / 2).sent == 0


def test_the_others_are_read_only_where_there_are_any(visit: Appointment) -> None:
    tenants.get("boavista")
    is_confirmed(visit)
    with counted() as calls:
        remind("boavista", FIRST)
    alone = ["Query", "BatchGetItem", "Query", "TransactWriteItems"]
    again = ["GetItem"] * 3 + ["BatchGetItem", "Query", "Query", "PutItem"]
    assert calls == alone + again
