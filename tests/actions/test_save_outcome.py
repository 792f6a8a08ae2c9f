"""What did not surely reach the patient is on somebody's list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.actions.deliver import claim, deliver, settle
from recado.actions.record import record
from recado.actions.route import route
from recado.model.communication import TemplateMessage
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules import contacts as rules
from recado.rules.sending import LEASE
from recado.store import contacts, patients

from tests.actions.test_record import outbound, told
from tests.provider import Provider, Refusal
from tests.samples import NOW, PHONE, WHATSAPP, later

pytestmark = pytest.mark.usefixtures("clinic", "provider")
DAY = timedelta(hours=25)


def queued(**settings: Any) -> None:
    outbound(state="queued", text="Bom dia", due_at=later(seconds=60), **settings)


def reminder(**settings: Any) -> None:
    patients.put("boavista", Patient(id="p1", name="Maria", created_at=NOW))
    template = TemplateMessage(name="reminder_24h", language="pt-BR", parameters={"name": "Maria"})
    queued(purpose="reminder", template=template, **{"not_after": later(hours=20), **settings})


def opened() -> Contact:
    contact = rules.opened(
        "p1", 1, now=NOW, channel="whatsapp", account="1", address="5511987654321", language="pt-BR"
    )
    contact = contact.model_copy(update={"heard_at": {f"whatsapp/{WHATSAPP['boavista']}/{PHONE}": NOW}})
    contacts.save_contact("boavista", contact)
    return contacts.get_contact("boavista", contact.id)


def listed() -> list[Contact]:
    return contacts.open_contacts("boavista")[0]


def test_an_answer_that_was_refused_is_unread_on_the_contact(provider: Provider) -> None:
    opened()
    queued(contact="p1.1")
    provider.script.append(Refusal(131047))
    deliver("boavista", "ours", NOW)
    (contact,) = listed()
    assert (contact.id, contact.unread, contact.reason) == ("p1.1", 1, "message")


def test_an_answer_that_is_stale_and_one_that_may_have_gone_are_seen_too(provider: Provider) -> None:
    opened()
    queued(contact="p1.1")
    deliver("boavista", "ours", NOW + DAY)
    outbound(id="other", contact="p1.1", state="queued")
    assert claim("boavista", "other", NOW) is not None
    deliver("boavista", "other", NOW + LEASE)
    assert listed()[0].unread == 2
    assert provider.taken == []


def test_a_reminder_of_somebody_with_nothing_open_opens_a_contact_that_an_agent_gets() -> None:
    reminder()
    deliver("boavista", "ours", NOW + DAY)
    (contact,) = listed()
    assert (contact.reason, contact.unread, contact.patient_name) == ("undelivered", 1, "Maria")
    assert (contact.language, contact.state) == ("pt-BR", "new")
    assert route("boavista", contact.id, NOW + DAY).agent == "ana"


def test_what_came_to_nothing_after_a_contact_was_closed_is_the_next_contact(provider: Provider) -> None:
    contacts.save_contact("boavista", rules.closed(opened(), "resolved", NOW))
    reminder()
    provider.script.append(Refusal(131026))
    deliver("boavista", "ours", NOW)
    assert [one.id for one in listed()] == ["p1.2"]


def test_a_failure_that_only_a_receipt_tells_of_is_seen_and_once() -> None:
    reminder()
    deliver("boavista", "ours", NOW)
    failed = told("failed", "wamid.out.1", error={"code": 131026})
    record("boavista", failed, NOW)
    record("boavista", failed, NOW)
    assert [(one.reason, one.unread) for one in listed()] == [("undelivered", 1)]


def test_a_failure_that_was_faster_than_our_own_settling_is_seen() -> None:
    reminder()
    claimed = claim("boavista", "ours", NOW)
    assert claimed is not None
    record("boavista", told("failed", "wamid.out.1", error={"code": 131026}), NOW)
    settle("boavista", claimed, "wamid.out.1", NOW)
    assert [one.reason for one in listed()] == ["undelivered"]


def test_what_will_be_tried_again_is_nobodys_task_yet(provider: Provider) -> None:
    reminder()
    provider.script.append("reset_after")
    deliver("boavista", "ours", NOW)
    assert listed() == []


def test_a_text_back_that_came_to_nothing_is_no_further_task() -> None:
    opened()
    reminder(not_after=NOW - timedelta(hours=1))
    text = contacts.find_communication("boavista", "ours")
    assert text is not None
    contacts.save_communication("boavista", text.model_copy(update={"purpose": "text_back"}))
    deliver("boavista", "ours", NOW)
    assert [one.unread for one in listed()] == [0]
