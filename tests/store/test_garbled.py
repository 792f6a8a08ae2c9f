"""A row that this version cannot read hides no other, and says nothing of the person in it."""

from __future__ import annotations

import logging
import traceback
from datetime import timedelta
from typing import Any

import pytest
from recado.errors import Misconfigured
from recado.rules import contacts as rules
from recado.store import appointments, contacts, intervals
from recado.store.due import page as due_page
from recado.store.stream import change

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.garbled import WORDS, garble
from tests.samples import NOW, later
from tests.visits import booked

pytestmark = pytest.mark.usefixtures("clinic")


def two_contacts() -> None:
    for name in ("p1", "p2"):
        one = rules.opened(
            name, 1, now=NOW, channel="whatsapp", account="1", address="5511987654321", language="es"
        )
        contacts.save_contact("boavista", one)
    garble("CONTACTS_TABLE", "T#boavista#P#p1", "C#000001")


def test_lists_of_contacts_leave_it_out(caplog: pytest.LogCaptureFixture) -> None:
    two_contacts()
    assert [one.id for one in contacts.open_contacts("boavista")[0]] == ["p2.1"]
    assert [one.id for one in contacts.contacts_of_day("boavista", "2026-11-23")] == ["p2.1"]
    assert {record.getMessage() for record in caplog.records if record.levelno == logging.ERROR} == {
        "rows that this version cannot read: Contact 1"
    }


def test_what_is_due_leaves_it_out_and_names_it() -> None:
    two_contacts()
    due = due_page("boavista", later(minutes=5))
    assert ([one.id for one in due.contacts], due.unreadable) == (["p2.1"], ("p1.1",))


def test_a_timeline_leaves_it_out() -> None:
    for name in ("first", "second", "third"):
        outbound(id=name, moment=name)
    garble("CONTACTS_TABLE", "T#boavista#M#second", "M")
    assert [one.id for one in contacts.timeline("boavista", "p1")[0]] == ["first", "third"]


def test_calendars_and_what_is_due_of_visits_leave_it_out() -> None:
    one = booked()
    other = one.model_copy(update={"id": "another", "version": 0})
    appointments.save_appointment("boavista", other)
    garble("APPOINTMENTS_TABLE", f"T#boavista#A#{one.id}", "A")
    due = appointments.due("boavista", one.start)
    assert ([visit.id for visit in due.appointments], due.unreadable) == (["another"], (one.id,))
    assert [visit.id for visit in appointments.of_day("boavista", one.local_start[:10])] == ["another"]


def test_asked_for_by_itself_it_is_refused_without_a_word_of_what_it_holds() -> None:
    two_contacts()
    with pytest.raises(Misconfigured) as refusal:
        contacts.get_contact("boavista", "p1.1")
    assert WORDS not in "".join(traceback.format_exception(refusal.value))


def test_a_change_that_cannot_be_read_is_passed_over_and_logged(
    clinic: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    two_contacts()
    *_, last = clinic.streamed()["Records"]
    assert change(last) is None
    (logged,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert logged == "a change that this version cannot read: Contact 1"


@pytest.mark.parametrize("sk", ["C", "CALL#1", "MEMO", "M#1"])
def test_a_row_of_another_kind_is_no_change_however_it_begins(clinic: Cloud, sk: str) -> None:
    two_contacts()
    record: dict[str, Any] = clinic.streamed()["Records"][0]
    record["dynamodb"]["NewImage"]["sk"]["S"] = sk
    assert change(record) is None


def test_a_total_that_cannot_be_read_is_folded_anew() -> None:
    start = NOW - timedelta(minutes=NOW.minute % 15)
    intervals.save_total("boavista", intervals.total("boavista", start))
    day = start.date().isoformat()
    garble("INTERVALS_TABLE", f"T#boavista#totals#{day}", start.isoformat(timespec="milliseconds")[:23] + "Z")
    held = intervals.total("boavista", start)
    assert (held.version, held.channels) == (1, {})
    intervals.save_total("boavista", held)
    assert len(intervals.totals("boavista", start, later(hours=1))) == 1
