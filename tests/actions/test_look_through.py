"""Once a night everything that came in is looked through; and what worked is counted anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import metrics
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.close import close
from recado.actions.count_attempts import count_attempts
from recado.actions.look_through import look_through
from recado.actions.record import record
from recado.actions.respond import respond
from recado.actions.take_turns import take_turns
from recado.store import contacts, reachability, tenants

from tests.actions.test_take_turns import crowd, turns
from tests.cloud import Cloud
from tests.pursuit import CALLED, attempted, missed
from tests.samples import NOW, later, received

pytestmark = pytest.mark.usefixtures("clinic")
NIGHT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
"""04:00 in São Paulo."""


def written(now: datetime = NOW, number: int = 1) -> str:
    """Somebody writes, and is routed."""
    record("boavista", received("Oi", f"wamid.{number}", f"55119000000{number:02}"), now)
    open_ones, _ = contacts.open_contacts("boavista")
    found = next(one for one in open_ones if one.address.endswith(f"{number:02}"))
    respond("boavista", found.id, now)
    return found.id


def test_what_has_an_owner_or_an_end_is_not_told() -> None:
    written()
    close("boavista", written(number=2), "resolved", later(minutes=1))
    assert look_through("boavista", NIGHT).unsettled == ()


def test_what_is_neither_settled_nor_anybodys_is_told() -> None:
    gone, shut = written(), written(number=2)
    for contact_id, change in ((gone, {"agent": "left"}), (shut, {"state": "closed"})):
        contact = contacts.get_contact("boavista", contact_id)
        contacts.save_contact("boavista", contact.model_copy(update=change))
    found = look_through("boavista", NIGHT).unsettled
    assert sorted(found) == sorted([f"{gone}: no_owner", f"{shut}: closed_without_reason"])


def test_it_is_done_in_the_clinics_own_night_only() -> None:
    contact = contacts.get_contact("boavista", written())
    contacts.save_contact("boavista", contact.model_copy(update={"agent": "left"}))
    assert look_through("boavista", NIGHT - timedelta(hours=1)).unsettled == ()
    assert look_through("boavista", NIGHT + timedelta(hours=1)).unsettled == ()


def test_every_page_of_a_large_clinic_is_looked_at() -> None:
    crowd("boavista", 150)
    for agent in tenants.agents("boavista"):
        tenants.save_agent("boavista", agent.model_copy(update={"queues": ()}))
    first = look_through("boavista", NIGHT)
    assert first.next is not None
    second = look_through("boavista", NIGHT, first.next)
    assert second.next is None
    assert len(first.unsettled) + len(second.unsettled) == 150


def test_each_night_has_one_minute_for_it() -> None:
    contact = contacts.get_contact("boavista", written())
    contacts.save_contact("boavista", contact.model_copy(update={"agent": "left"}))
    told = [take_turns(NIGHT + timedelta(minutes=n - 60), turns(99)).unsettled for n in range(180)]
    assert [one for one in told if one] == [(f"boavista/{contact.id}: no_owner",)]


def test_what_worked_is_counted_from_the_intervals(clinic: Cloud) -> None:
    missed()
    attempted()
    attempted("reached", CALLED + timedelta(hours=7))
    metrics.handler(clinic.streamed(), LambdaContext())
    for _ in range(2):
        count_attempts("boavista", NIGHT)
    slots = reachability.get("boavista").slots
    assert {name: (one.tried, one.reached) for name, one in slots.items()} == {
        "0/morning": (1, 0),
        "0/evening": (1, 1),
    }
    count_attempts("boavista", NIGHT + timedelta(weeks=13))
    assert reachability.get("boavista").slots == {}
