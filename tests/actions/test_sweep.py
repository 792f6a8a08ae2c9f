"""The guarantee behind the stream: whatever was left behind is done now."""

import json
from datetime import timedelta

from recado.actions.record import record
from recado.actions.sweep import Swept, sweep
from recado.rules import contacts as rules
from recado.store import contacts, tenants

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.garbled import garble
from tests.samples import NOW, received

LATER = NOW + timedelta(minutes=2)


def test_a_contact_that_the_stream_forgot_finds_its_agent(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    sweep("boavista", LATER)
    (contact,), _ = contacts.open_contacts("boavista")
    assert (contact.state, contact.agent) == ("assigned", "ana")


def test_an_answer_that_the_stream_forgot_is_queued_for_delivery(clinic: Cloud) -> None:
    outbound(state="queued", due_at=NOW + timedelta(seconds=60))
    sweep("boavista", LATER)
    bodies = [json.loads(one["body"]) for one in clinic.queued("outbound")["Records"]]
    assert bodies == [{"tenant": "boavista", "communication": "ours"}]


def test_nothing_is_looked_at_before_it_is_due(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    assert sweep("boavista", NOW + timedelta(seconds=30)) == Swept(0, (), None)


def test_one_clinics_sweep_touches_nothing_of_another(clinic: Cloud) -> None:
    record("boavista", received(), NOW)
    assert sweep("delsol", LATER) == Swept(0, (), None)


def test_a_crowd_that_waits_for_an_agent_does_not_hide_what_came_later(clinic: Cloud) -> None:
    away = tenants.agent("boavista", "ana").model_copy(update={"state": "away"})
    tenants.save_agent("boavista", away)
    for n in range(101):
        waiting = rules.waiting(
            rules.opened(f"p{n}", 1, now=NOW, channel="whatsapp", account="1", address="1", language="pt-BR")
        )
        contacts.save_contact("boavista", waiting)
    outbound(state="queued", due_at=NOW + timedelta(seconds=90))
    first = sweep("boavista", LATER)
    assert clinic.queued("outbound")["Records"] == []
    assert sweep("boavista", LATER, first.next).next is None
    assert len(clinic.queued("outbound")["Records"]) == 1


def test_a_row_that_fails_every_time_does_not_hold_up_those_behind_it(clinic: Cloud) -> None:
    record("boavista", received("parar"), NOW)
    (broken,) = contacts.open_contacts("boavista")[0]
    # Its patient is gone, so that the opt-out can never be stored.
    orphan = broken.model_copy(
        update={"version": 0, "patient": "pgone", "opened_at": NOW - timedelta(minutes=1)}
    )
    said = contacts.find_communication("boavista", broken.pending[0])
    assert said is not None
    unheard = said.model_copy(
        update={"version": 0, "id": "unheard", "patient": "pgone", "contact": orphan.id}
    )
    contacts.save_communication("boavista", unheard)
    contacts.save_contact("boavista", orphan.model_copy(update={"pending": ("unheard",), "due_at": NOW}))
    assert sweep("boavista", LATER).failed == ("NotFound",)
    assert contacts.get_contact("boavista", broken.id).pending == ()


def test_overdue_messages_go_out_in_the_order_of_the_timeline(clinic: Cloud) -> None:
    for number, due in ((1, 60), (2, 30)):
        outbound(
            id=f"m{number}",
            state="queued",
            moment=f"2026-11-23T14:00:00.000Z#00000{number}",
            due_at=NOW + timedelta(seconds=due),
        )
    sweep("boavista", LATER)
    bodies = [json.loads(one["body"])["communication"] for one in clinic.queued("outbound")["Records"]]
    assert bodies == ["m1", "m2"]


def test_a_row_that_this_version_cannot_read_is_named_and_the_others_are_served(clinic: Cloud) -> None:
    outbound(state="queued", due_at=NOW + timedelta(seconds=60))
    outbound(state="queued", due_at=NOW + timedelta(seconds=61), id="newer")
    garble("CONTACTS_TABLE", "T#boavista#M#newer", "M")
    swept = sweep("boavista", LATER)
    assert (swept.due, swept.failed, swept.unreadable) == (2, (), ("newer",))
    assert len(clinic.queued("outbound")["Records"]) == 1


def test_who_waits_is_given_to_free_hands_longest_first(clinic: Cloud) -> None:
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"capacity": 1}))
    for n, minutes in ((1, 5), (2, 9), (3, 7)):
        since = LATER - timedelta(minutes=minutes)
        one = rules.opened(
            f"p{n}", 1, now=since, channel="whatsapp", account="1", address="1", language="pt-BR"
        )
        contacts.save_contact("boavista", rules.waiting(one))
    sweep("boavista", LATER)
    assert tenants.agent("boavista", "ana").assigned == {"p2.1"}
