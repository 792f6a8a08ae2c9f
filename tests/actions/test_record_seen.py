"""A provider says that all we sent to somebody until a moment has arrived, or has been read."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import pytest
from recado.actions.record import record
from recado.channels import Received
from recado.model.record import iso
from recado.store import contacts

from tests.actions.test_record import outbound, the_contact, told
from tests.cloud import Cloud
from tests.samples import NOW, later, received, seed

pytestmark = pytest.mark.usefixtures("clinic")


def seen(until: datetime, status: str = "read", sender: str = "") -> Received:
    event = {"provider_id": "", "status": status, "reference": None, "error": None, "until": iso(until)}
    told = received()._replace(kind="receipt", key="until", event=event)
    return told._replace(sender=sender, identities=[("phone", f"+{sender}")]) if sender else told


def written(name: str, minute: int, **settings: object) -> None:
    """A message of ours to Maria, who had written before, that went at this minute."""
    at = later(minutes=minute)
    record("boavista", received("Bom dia"), NOW)
    known = {"patient": the_contact().patient, "moment": f"{iso(at)}#1", "at": at, "claimed_at": at}
    outbound(id=name, **{"state": "sent", **known, **settings})


def state(name: str) -> str:
    found = contacts.find_communication("boavista", name)
    assert found is not None
    return found.state


def test_all_that_went_before_is_read_and_nothing_that_went_after() -> None:
    written("first", 1)
    written("second", 2, state="delivered")
    written("third", 4)
    record("boavista", seen(later(minutes=3)), later(minutes=3))
    assert [state(name) for name in ("first", "second", "third")] == ["read", "read", "sent"]


def test_every_order_of_all_that_is_told_of_a_message_ends_in_the_same_state(clinic: Cloud) -> None:
    """By its own id, and of all until a moment; each may be told again."""
    single = [told(status, "wamid.out.1", reference="first") for status in ("sent", "delivered")]
    until = [seen(later(minutes=3), status) for status in ("delivered", "read")]
    for order in permutations([*single, *until]):
        clinic.fresh()
        seed()
        written("first", 1)
        for one in (*order, order[0]):
            record("boavista", one, later(minutes=3))
        assert state("first") == "read", [one.event for one in order]


def test_what_is_read_is_not_merely_delivered_again() -> None:
    written("first", 1)
    record("boavista", seen(later(minutes=3)), later(minutes=3))
    record("boavista", seen(later(minutes=3), "delivered"), later(minutes=4))
    assert state("first") == "read"


@pytest.mark.parametrize("how", [{"state": "unknown"}, {"state": "failed"}, {"address": "5511900000000"}])
def test_what_may_not_have_gone_or_went_elsewhere_is_left_alone(how: dict[str, object]) -> None:
    written("first", 1, **how)
    before = state("first")
    record("boavista", seen(later(minutes=3)), later(minutes=3))
    assert state("first") == before


def test_it_says_nothing_of_somebody_else_s_messages_or_of_a_stranger_s() -> None:
    written("first", 1)
    record("boavista", seen(later(minutes=3), sender="5511911112222"), later(minutes=3))
    assert state("first") == "sent"
    assert contacts.find_receipt("boavista", "whatsapp", "100000000000001", "") is None
