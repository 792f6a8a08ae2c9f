"""A day counted from its rows is the day that the stream would have told of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.measure_again import measure_again
from recado.actions.record import record
from recado.model.interval import IntervalTotal, interval_of
from recado.model.record import iso
from recado.store import contacts, intervals

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.functions.test_metrics import a_day_at_the_desk
from tests.garbled import garble
from tests.samples import NOW, received

DAY = NOW.date()
pytestmark = pytest.mark.usefixtures("clinic")


def counted(event: dict[str, Any]) -> Any:
    return metrics.handler(event, LambdaContext())


def numbers(tenant: str = "boavista") -> list[IntervalTotal]:
    found = intervals.totals(tenant, NOW - timedelta(hours=14), NOW + timedelta(hours=9))
    return [one.model_copy(update={"version": 0}) for one in found]


def test_a_day_of_which_the_stream_told_nothing_is_counted_all_the_same(clinic: Cloud) -> None:
    event = a_day_at_the_desk(clinic)
    assert measure_again("boavista", DAY) == 1
    without = numbers()
    counted(event)
    assert numbers() == without
    found = without[0].channels["whatsapp"]
    assert (found.offered, len(found.waits_s), len(found.patients)) == (3, 2, 3)


def test_a_day_that_was_counted_lacks_nothing(clinic: Cloud) -> None:
    counted(a_day_at_the_desk(clinic))
    stored = clinic.items("intervals")
    assert measure_again("boavista", DAY) == 0
    assert clinic.items("intervals") == stored


def test_what_the_stream_tells_afterwards_of_older_images_changes_nothing(clinic: Cloud) -> None:
    event = a_day_at_the_desk(clinic)
    measure_again("boavista", DAY)
    before = numbers()
    counted({"Records": event["Records"][:4]})
    assert numbers() == before


def test_a_contact_that_is_counted_where_it_did_not_begin_is_moved(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    counted(clinic.streamed())
    (contact,), _ = contacts.open_contacts("boavista")
    began = NOW - timedelta(minutes=20)
    contacts.save_contact("boavista", contact.model_copy(update={"opened_at": began}))
    measure_again("boavista", DAY)
    offered = {one.start: sum(each.offered for each in one.channels.values()) for one in numbers()}
    assert offered == {interval_of(began): 1, interval_of(NOW): 0}


def test_messages_in_hundreds_are_counted() -> None:
    record("boavista", received(), NOW)
    patient = contacts.open_contacts("boavista")[0][0].patient
    for n in range(130):
        outbound(id=f"m{n}", patient=patient, moment=f"{iso(NOW)}#{n + 2:06d}")
    measure_again("boavista", DAY)
    assert numbers()[0].channels["whatsapp"].outbound == 130


def test_another_clinics_day_and_another_day_are_left_alone(clinic: Cloud) -> None:
    record("delsol", received(), NOW)
    measure_again("boavista", DAY)
    measure_again("delsol", DAY - timedelta(days=1))
    assert clinic.items("intervals") == []


def test_a_row_that_this_version_cannot_read_keeps_what_was_noted_of_it(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    counted(clinic.streamed())
    (contact,), _ = contacts.open_contacts("boavista")
    garble("CONTACTS_TABLE", f"T#boavista#P#{contact.patient}", "C#000001")
    assert measure_again("boavista", DAY) == 0
    assert numbers()[0].channels["whatsapp"].offered == 1


def test_an_operator_asks_the_function_for_it(clinic: Cloud) -> None:
    a_day_at_the_desk(clinic)
    assert counted({"tenant": "boavista", "day": DAY.isoformat()}) == {"intervals": 1}
    assert numbers()[0].channels["whatsapp"].offered == 3
