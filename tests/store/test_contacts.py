"""Lists of contacts: complete over pages, in order, and of more rows than one call can carry."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from recado.errors import Unavailable
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.record import iso
from recado.rules import contacts as rules
from recado.store import contacts, queues
from recado.store.due import page as due_page

from tests.cloud import Cloud
from tests.samples import NOW, later
from tests.store.conftest import Faulty


def opened(number: int, at: datetime) -> Contact:
    contact = rules.opened(
        f"p{number:03d}", 1, now=at, channel="whatsapp", account="1", address="1", language="es"
    )
    contacts.save_contact("boavista", contact)
    return contact


def paged(limit: int) -> list[str]:
    found, after = [], None
    while True:
        page, after = contacts.open_contacts("boavista", limit, after)
        found += [one.patient for one in page]
        if after is None:
            return found


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_of_open_contacts_show_each_once_oldest_first(limit: int) -> None:
    for number, minutes in enumerate((5, 3, 4, 1, 2)):
        opened(number, later(minutes=minutes))
    assert paged(limit) == ["p003", "p004", "p001", "p002", "p000"]


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_contacts_that_opened_in_the_same_instant_are_all_listed(limit: int) -> None:
    for number in range(5):
        opened(number, NOW)
    assert sorted(paged(limit)) == [f"p{number:03d}" for number in range(5)]


@pytest.mark.usefixtures("cloud")
def test_a_closed_contact_is_listed_no_more() -> None:
    opened(1, NOW)
    opened(2, NOW)
    one = contacts.get_contact("boavista", "p001.1")
    contacts.save_contact("boavista", rules.closed(one, "resolved", NOW))
    assert paged(10) == ["p002"]


def test_more_contacts_than_one_call_carries_are_all_read_in_order(faulty: Faulty) -> None:
    for number in range(130):
        opened(number, later(seconds=number))
    with faulty.at() as process:
        page, _ = contacts.open_contacts("boavista", 130)
        operations = [call.operation for call in process.calls]
    assert [one.patient for one in page] == [f"p{number:03d}" for number in range(130)]
    assert operations.count("dynamodb.BatchGetItem") == 2


def test_keys_that_were_left_unprocessed_are_asked_for_again(faulty: Faulty) -> None:
    for number in range(6):
        opened(number, later(seconds=number))
    with faulty.at("soft", "soft", "soft") as process:
        page, _ = contacts.open_contacts("boavista")
        assert process.fired
    assert len(page) == 6


@pytest.mark.usefixtures("cloud")
def test_what_is_due_is_what_was_due_before_and_comes_in_pages() -> None:
    for number, minutes in enumerate((5, 3, 4, 1, 2)):
        opened(number, later(minutes=minutes))  # due a minute later
    found, after = [], None
    while True:
        due = due_page("boavista", later(minutes=4), after, limit=2)
        found.append({one.patient for one in due.contacts})
        after = due.following
        if after is None:
            break
    assert found[:2] == [{"p003", "p004"}, {"p001"}]
    assert all(not page for page in found[2:])


@pytest.mark.usefixtures("cloud")
def test_a_timeline_is_read_backwards_in_pages_and_shown_forwards() -> None:
    for number in range(5):
        said(number)
    latest, before = contacts.timeline("boavista", "p1", 2)
    middle, before = contacts.timeline("boavista", "p1", 2, before)
    first, _ = contacts.timeline("boavista", "p1", 2, before)
    assert [[one.id for one in page] for page in (latest, middle, first)] == [
        ["m3", "m4"],
        ["m1", "m2"],
        ["m0"],
    ]


def said(number: int) -> None:
    at = NOW + timedelta(seconds=number)
    message = Communication(
        id=f"m{number}",
        patient="p1",
        channel="whatsapp",
        account="1",
        address="1",
        direction="inbound",
        kind="text",
        author="patient",
        state="received",
        at=at,
        moment=f"{iso(at)}#000001",
    )
    contacts.save_communication("boavista", message)


def test_two_jobs_of_one_group_never_share_a_batch_so_that_a_refused_one_cannot_fall_behind(
    faulty: Faulty,
) -> None:
    jobs = [queues.Job(("one",), (str(n),), {"n": n}) for n in range(3)] + [
        queues.Job(("other",), ("x",), {"n": 9})
    ]
    with faulty.at() as process:
        queues.send("inbound", jobs)
        assert [call.operation for call in process.calls] == ["sqs.SendMessageBatch"] * 3


def test_a_refused_job_stops_those_behind_it(cloud: Cloud, faulty: Faulty) -> None:
    jobs = [queues.Job(("one",), (str(n),), {"n": n}) for n in range(2)]
    with faulty.at("soft"), pytest.raises(Unavailable):
        queues.send("inbound", jobs)
    assert cloud.queued("inbound")["Records"] == []
