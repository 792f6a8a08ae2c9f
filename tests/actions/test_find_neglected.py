"""Each clinic's channels are looked at once an hour, and whenever somebody asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.find_neglected import find_neglected, watch
from recado.actions.record import record
from recado.actions.take_turns import take_turns
from recado.store import contacts

from tests.actions.test_take_turns import turns
from tests.api.client import person
from tests.cloud import Cloud
from tests.samples import NOW, WHATSAPP, later, received

pytestmark = pytest.mark.usefixtures("clinic")
LATE = later(hours=5)


def test_somebody_who_waits_too_long_is_found_with_the_line_that_they_wait_on() -> None:
    record("boavista", received(), NOW)
    (neglect,) = find_neglected("boavista", LATE)
    assert (neglect.channel, neglect.account) == ("whatsapp", WHATSAPP["boavista"])
    assert (neglect.problem, neglect.since, neglect.people) == ("unanswered", NOW, 1)
    assert find_neglected("delsol", LATE) == []


def test_a_webhook_that_went_silent_is_found_by_what_was_counted(clinic: Cloud) -> None:
    for n in range(7):
        at = NOW - timedelta(days=3, hours=n)
        record("boavista", received(message_id=f"m{n}"), at)
    metrics.handler(clinic.streamed(), LambdaContext())
    (contact,), _ = contacts.open_contacts("boavista")
    contacts.save_contact("boavista", contact.model_copy(update={"state": "closed"}))
    (neglect,) = find_neglected("boavista", NOW)
    assert (neglect.problem, neglect.since) == ("silent", NOW - timedelta(days=3))


def test_what_is_logged_of_it_names_no_line() -> None:
    record("boavista", received(), NOW)
    assert watch("boavista", LATE).neglected == ("whatsapp: unanswered",)


def test_the_hours_minute_of_a_clinic_tells_of_its_channels() -> None:
    record("boavista", received(), NOW)
    found = [take_turns(LATE + timedelta(minutes=n), turns(99)).neglected for n in range(60)]
    assert [one for one in found if one] == [("boavista/whatsapp: unanswered",)]


def test_the_clinics_leads_are_told_and_the_front_desk_is_not() -> None:
    since = datetime.now(UTC) - timedelta(hours=5)
    record("boavista", received(), since)
    answer = person("supervisor").get("/health/channels")
    assert [one["problem"] for one in answer.body["items"]] == ["unanswered"]
    assert person("agent").get("/health/channels").status == 403
