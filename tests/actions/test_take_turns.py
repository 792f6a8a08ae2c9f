"""The minute's work: every clinic gets its turn, whatever the others have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from recado.actions.take_turns import begun_elsewhere, take_turns
from recado.rules import contacts as rules
from recado.store import contacts, tenants

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.garbled import garble
from tests.samples import DELSOL, NOW, later

LATER = later(minutes=5)


def turns(number: int) -> Callable[[], bool]:
    """Time for so many turns."""
    left = iter(range(number))
    return lambda: next(left, None) is not None


def crowd(tenant: str, size: int) -> None:
    """So many who wait for an agent, and nobody is there."""
    for agent in tenants.agents(tenant):
        tenants.save_agent(tenant, agent.model_copy(update={"state": "away"}))
    for n in range(size):
        one = rules.opened(
            f"p{n}", 1, now=NOW, channel="whatsapp", account="1", address="1", language="pt-BR"
        )
        contacts.save_contact(tenant, rules.waiting(one))


def states(tenant: str) -> set[str]:
    return {one.state for one in contacts.open_contacts(tenant)[0]}


def waiting_at(tenant: str) -> None:
    one = rules.opened("p1", 1, now=NOW, channel="whatsapp", account="1", address="1", language="es")
    contacts.save_contact(tenant, one)


@pytest.mark.usefixtures("clinic")
def test_a_large_clinics_second_page_waits_until_all_others_had_their_first() -> None:
    crowd("boavista", 150)
    waiting_at("delsol")
    minute = take_turns(LATER, turns(4))
    assert states("delsol") == {"assigned"}
    assert minute.left == 1


def test_all_pages_are_seen_to_when_there_is_time(clinic: Cloud) -> None:
    crowd("boavista", 150)
    outbound(state="queued", due_at=NOW + timedelta(seconds=90))
    minute = take_turns(LATER, turns(99))
    assert (minute.left, minute.broken) == (0, {})
    assert len(clinic.queued("outbound")["Records"]) == 1


@pytest.mark.usefixtures("clinic")
def test_where_a_minute_is_enough_for_one_clinic_each_is_seen_to_within_a_few() -> None:
    waiting_at("boavista")
    waiting_at("delsol")
    for minute in range(5, 9):
        take_turns(later(minutes=minute), turns(2))
    assert states("boavista") == states("delsol") == {"assigned"}


def test_every_clinic_of_many_is_soon_among_the_first_tenth() -> None:
    clinics = [f"clinic-{n}" for n in range(100)]
    first = [set(begun_elsewhere(clinics, later(minutes=n))[:10]) for n in range(60 * 24)]
    for begin in range(0, len(first) - 30, 7):
        assert set.union(*first[begin : begin + 30]) == set(clinics)


def test_without_clinics_there_is_nothing_to_do(cloud: Cloud) -> None:
    assert take_turns(NOW, turns(9)).left == 0


def test_what_cannot_be_read_is_named_by_clinic_and_stops_nobody(clinic: Cloud) -> None:
    tenants.save_tenant("aaa", DELSOL.model_copy(update={"id": "aaa", "version": 0}))
    outbound(state="queued", due_at=NOW + timedelta(seconds=60))
    garble("CONTACTS_TABLE", "T#boavista#M#ours", "M")
    minute = take_turns(LATER, turns(99))
    assert (minute.unreadable, minute.broken, minute.left) == (("boavista/ours",), {}, 0)
