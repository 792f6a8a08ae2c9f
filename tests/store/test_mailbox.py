"""The boxes of a web chat's visitors: nothing twice, nothing skipped, in one order for all who look."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recado.errors import Busy, Unavailable
from recado.store import mailbox
from recado.store.clients import client
from recado.store.stream import change

from tests.cloud import Cloud
from tests.faults.seam import Fault
from tests.samples import NOW, later
from tests.store.conftest import Faulty


def leave(ident: str, text: str = "Olá", address: str = "v1", at: Any = NOW) -> None:
    mailbox.leave("boavista", "key", at, address, {"id": ident, "text": text})


def seen(after: int = 0, address: str = "v1") -> list[str]:
    return [item["id"] for item in mailbox.waiting("boavista", "key", address, after)]


def last_place() -> int:
    place: int = mailbox.waiting("boavista", "key", "v1", 0)[-1]["place"]
    return place


@contextmanager
def before_each_put(act: Callable[[], None], times: int) -> Iterator[None]:
    """Another worker does something between what ours reads and what it then writes."""
    turns = iter(range(times))
    busy: list[None] = []

    def meanwhile(**_: Any) -> None:
        if not busy and next(turns, None) is not None:
            busy.append(None)
            act()
            busy.clear()

    events = client("dynamodb").meta.events
    events.register("before-call.dynamodb.PutItem", meanwhile)
    try:
        yield
    finally:
        events.unregister("before-call.dynamodb.PutItem", meanwhile)


@pytest.mark.usefixtures("cloud")
def test_a_message_left_twice_is_there_once() -> None:
    leave("one")
    leave("one", at=later(minutes=5))
    assert seen() == ["one"]


@pytest.mark.usefixtures("cloud")
def test_a_box_is_one_visitors_alone() -> None:
    leave("one", address="v1")
    leave("two", address="v2")
    assert (seen(), seen(address="v2"), seen(address="v3")) == (["one"], ["two"], [])


@pytest.mark.usefixtures("cloud")
def test_who_looks_in_goes_on_from_where_they_were() -> None:
    leave("one")
    place = last_place()
    leave("two")
    leave("three")
    assert seen(place) == ["two", "three"]
    assert seen(last_place()) == []


@pytest.mark.usefixtures("cloud")
def test_a_worker_whose_clock_is_behind_does_not_put_its_message_before_what_was_seen() -> None:
    leave("one", at=later(minutes=1))
    place = last_place()
    leave("two", at=NOW)
    assert seen(place) == ["two"]


@pytest.mark.usefixtures("cloud")
def test_of_two_deliveries_that_race_both_arrive_and_a_reader_between_them_skips_none() -> None:
    places: list[int] = []

    def other() -> None:
        leave("theirs", at=later(seconds=1))
        places.append(last_place())

    with before_each_put(other, times=1):
        leave("ours", at=NOW)
    assert seen() == ["theirs", "ours"]
    assert seen(places[0]) == ["ours"]


@pytest.mark.usefixtures("cloud")
def test_one_message_that_two_workers_deliver_at_once_is_there_once() -> None:
    with before_each_put(lambda: leave("same"), times=1):
        leave("same")
    assert seen() == ["same"]


@pytest.mark.usefixtures("cloud")
def test_a_delivery_that_always_loses_says_so_instead_of_going_on_for_ever() -> None:
    numbers = iter(range(1000))
    always = before_each_put(lambda: leave(f"other{next(numbers)}"), times=1000)
    with always, pytest.raises(Busy):
        leave("ours")
    assert "ours" not in seen()


@pytest.mark.parametrize("fault", ["lost_response", "http500_after"])
def test_a_write_whose_answer_was_lost_changes_nothing_when_it_is_made_again(
    faulty: Faulty, fault: Fault
) -> None:
    with faulty.process.running({2: fault}), suppress(Unavailable):
        leave("one")
    leave("one")
    assert seen() == ["one"]


@pytest.mark.usefixtures("cloud")
def test_a_table_that_does_not_answer_is_unavailable() -> None:
    client("dynamodb").delete_table(TableName=os.environ["CONTACTS_TABLE"])
    with pytest.raises(Unavailable):
        leave("one")
    with pytest.raises(Unavailable):
        seen()


@pytest.mark.usefixtures("cloud")
def test_the_oldest_make_room() -> None:
    for number in range(mailbox.MOST + 5):
        leave(f"m{number}", at=later(seconds=number))
    assert seen() == [f"m{number}" for number in range(5, mailbox.MOST + 5)]


@pytest.mark.usefixtures("cloud")
def test_the_longest_messages_fit_their_row() -> None:
    for number in range(30):
        leave(f"m{number}", "😀" * 4096, at=later(seconds=number))
    assert seen()[-1] == "m29"


def test_a_box_ends_by_itself_and_nobody_follows_it_in_the_stream(cloud: Cloud) -> None:
    leave("one")
    (row,) = cloud.items("contacts")
    assert int(row["expires"]["N"]) == int((NOW + mailbox.KEPT).timestamp())
    records = cloud.streamed()["Records"]
    assert records
    assert [change(record) for record in records] == [None] * len(records)


@pytest.mark.usefixtures("cloud")
def test_a_box_that_ended_does_not_begin_again_below_where_its_visitor_stands(cloud: Cloud) -> None:
    leave("one")
    place = last_place()
    cloud.fresh()
    leave("two", at=later(days=31))
    assert seen(place) == ["two"]


@settings(max_examples=25)  # each example is some ten calls of the table
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(-3600, 3600)), max_size=8))
def test_whatever_the_clocks_say_each_is_seen_once_by_who_keeps_looking(
    account: Any, deliveries: list[tuple[str, int]]
) -> None:
    account.fresh()
    looked: list[str] = []
    place = 0
    for ident, seconds in deliveries:
        leave(ident, at=later(seconds=seconds))
        for item in mailbox.waiting("boavista", "key", "v1", place):
            looked.append(item["id"])
            place = item["place"]
    assert looked == list(dict.fromkeys(ident for ident, _ in deliveries))
