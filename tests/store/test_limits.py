"""Limits for callers whom anybody may be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import TooMany, Unavailable
from recado.store import limits

from tests.cloud import Cloud
from tests.samples import NOW, later
from tests.store.conftest import Faulty

LINE = "webform/key"
HOME = "203.0.113.7"


def ask(times: int, caller: str = HOME, *, tenant: str = "boavista", line: str = LINE, most: int = 3) -> None:
    for _ in range(times):
        limits.count(tenant, line, caller, most, NOW)


@pytest.mark.usefixtures("cloud")
def test_as_many_as_allowed_are_taken_and_the_next_is_not() -> None:
    ask(3)
    with pytest.raises(TooMany):
        ask(1)


@pytest.mark.usefixtures("cloud")
def test_the_next_window_begins_anew() -> None:
    ask(3)
    limits.count("boavista", LINE, HOME, 3, later(seconds=limits.WINDOW_S))


@pytest.mark.usefixtures("cloud")
def test_one_caller_takes_nothing_from_another_nor_one_clinic_or_line_from_another() -> None:
    ask(3)
    ask(3, "203.0.113.8")
    ask(3, tenant="delsol")
    ask(3, line="webchat/key")


@pytest.mark.usefixtures("cloud")
def test_addresses_of_one_ipv6_network_are_one_caller() -> None:
    ask(3, "2001:db8:1:2::1")
    with pytest.raises(TooMany):
        ask(1, "2001:db8:1:2:ffff::9")
    ask(1, "2001:db8:1:3::1")


@pytest.mark.usefixtures("cloud")
def test_what_a_clinic_may_use_in_a_day_is_counted_by_itself() -> None:
    for day in (0, 1):
        for _ in range(2):
            limits.spend("boavista", "intents", 2, later(days=day))
    with pytest.raises(TooMany):
        limits.spend("boavista", "intents", 2, later(days=1))
    limits.spend("delsol", "intents", 2, later(days=1))


def test_what_cannot_be_counted_is_not_used(faulty: Faulty) -> None:
    with faulty.at("lost_request"), pytest.raises(Unavailable):
        limits.spend("boavista", "intents", 2, NOW)


def test_what_is_stored_tells_of_no_address_and_ends(cloud: Cloud) -> None:
    ask(1)
    (row,) = cloud.items("idempotency")
    assert HOME not in json.dumps(row)
    assert row["id"]["S"].startswith("T#boavista#")
    assert len(row["id"]["S"].rpartition("#")[2]) == limits.MARK_DIGITS
    assert NOW.timestamp() < float(row["expiration"]["N"]) <= later(seconds=2 * limits.WINDOW_S).timestamp()


def test_a_table_that_does_not_answer_stops_nobody(faulty: Faulty) -> None:
    ask(3)
    with faulty.at("lost_request"):
        ask(1)


@given(caller=st.text(max_size=50) | st.ip_addresses().map(str))
def test_any_caller_has_a_mark(caller: str) -> None:
    assert len(limits._mark("boavista", LINE, caller, 1)) == limits.MARK_DIGITS
