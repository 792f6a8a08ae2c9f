"""What agents do at the same time: every step is one transaction, and no contact is in two hands or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from recado.actions.close import close
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.set_agent_state import set_agent_state
from recado.actions.take import take
from recado.actions.transfer import transfer
from recado.errors import Conflict, NotFound, Stale, Unavailable
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.store import contacts, tenants
from recado.store.rows import _connection

from tests.cloud import Cloud
from tests.samples import ANA, BRUNO, NOW, later, received, seed

T = "boavista"


@pytest.fixture
def contact(cloud: Cloud) -> Contact:
    """Somebody has written, and nobody has them yet."""
    seed(ANA, BRUNO)
    record(T, received("Bom dia"), NOW)
    return contacts.open_contacts(T)[0][0]


def hands() -> dict[str, set[str]]:
    return {agent.id: set(agent.assigned) for agent in tenants.agents(T)}


def answers(contact: Contact) -> list[Communication]:
    return [one for one in contacts.timeline(T, contact.patient)[0] if one.direction == "outbound"]


@contextmanager
def once_before(operation: str, act: Callable[[], object]) -> Iterator[None]:
    """Let something else happen just before the next call of a DynamoDB operation."""
    left = iter([act])

    def handler(**_: object) -> None:
        for waiting in left:
            waiting()

    events, name = _connection.client.meta.events, f"before-call.dynamodb.{operation}"
    events.register(name, handler)
    try:
        yield
    finally:
        events.unregister(name, handler)


@contextmanager
def lost_answer(operation: str) -> Iterator[None]:
    """The next call is done, and nobody is told."""
    left = iter([True])

    def handler(**_: object) -> None:
        for _left in left:
            raise ReadTimeoutError(endpoint_url="")

    events, name = _connection.client.meta.events, f"after-call.dynamodb.{operation}"
    events.register(name, handler)
    try:
        yield
    finally:
        events.unregister(name, handler)


def test_of_two_who_take_it_at_once_the_later_has_it_and_only_they(contact: Contact) -> None:
    with once_before("TransactWriteItems", lambda: take(T, "bruno", contact.id, NOW)):
        take(T, "ana", contact.id, NOW)
    assert contacts.get_contact(T, contact.id).agent == "ana"
    assert hands() == {"ana": {contact.id}, "bruno": set()}


def test_who_said_which_version_they_saw_does_not_take_it_from_who_was_faster(contact: Contact) -> None:
    with (
        once_before("TransactWriteItems", lambda: take(T, "bruno", contact.id, NOW)),
        pytest.raises(Stale),
    ):
        take(T, "ana", contact.id, NOW, version=contact.version)
    assert hands() == {"ana": set(), "bruno": {contact.id}}


def test_an_agent_who_is_given_something_else_meanwhile_keeps_both(contact: Contact) -> None:
    record(T, received("Olá", message_id="m2", sender="5511900000002"), NOW)
    (other,) = [one for one in contacts.open_contacts(T)[0] if one.id != contact.id]
    with once_before("TransactWriteItems", lambda: take(T, "ana", other.id, NOW)):
        take(T, "ana", contact.id, NOW, version=contact.version)
    assert hands()["ana"] == {contact.id, other.id}


def test_a_message_that_arrives_while_somebody_answers_is_not_overwritten(contact: Contact) -> None:
    arriving = received("Ainda aí?", message_id="m2")
    with once_before("TransactWriteItems", lambda: record(T, arriving, later(seconds=1))):
        reply(T, "ana", contact.id, "Bom dia", later(seconds=2))
    texts = [one.text for one in contacts.timeline(T, contact.patient)[0]]
    assert texts == ["Bom dia", "Ainda aí?", "Bom dia"]


def test_an_answer_that_was_stored_though_nobody_was_told_is_not_stored_again(contact: Contact) -> None:
    with lost_answer("TransactWriteItems"), pytest.raises(Unavailable):
        reply(T, "ana", contact.id, "Bom dia", NOW, once="k1")
    again = reply(T, "ana", contact.id, "Bom dia", later(seconds=1), once="k1")
    assert [one.id for one in answers(contact)] == [again.id]
    assert again.at == NOW


def test_asked_again_after_the_contact_was_closed_the_answer_is_the_one_that_was_stored(
    contact: Contact,
) -> None:
    first = reply(T, "ana", contact.id, "Bom dia", NOW, once="k1")
    close(T, contact.id, "resolved", NOW)
    assert reply(T, "ana", contact.id, "Bom dia", NOW, once="k1").id == first.id
    with pytest.raises(Conflict):
        reply(T, "ana", contact.id, "Bom dia", NOW, once="k2")


def test_the_answer_goes_where_the_patient_last_wrote_from(contact: Contact) -> None:
    answer = reply(T, "ana", contact.id, "Bom dia", NOW)
    assert (answer.account, answer.address, answer.purpose, answer.contact) == (
        contact.account,
        contact.address,
        "conversation",
        contact.id,
    )


def test_the_first_answer_ends_the_wait_and_later_ones_do_not(contact: Contact) -> None:
    reply(T, "ana", contact.id, "Bom dia", later(minutes=1))
    reply(T, "ana", contact.id, "Tudo bem?", later(minutes=9))
    assert contacts.get_contact(T, contact.id).answered_at == later(minutes=1)


@pytest.mark.parametrize(
    "step",
    [
        lambda contact, agent: take(T, agent, contact, NOW),
        lambda contact, agent: reply(T, agent, contact, "Olá", NOW),
    ],
)
def test_nobody_who_is_no_agent_of_the_clinic_has_a_contact(
    contact: Contact, step: Callable[[str, str], Any]
) -> None:
    with pytest.raises(NotFound):
        step(contact.id, "lucia")
    assert contacts.get_contact(T, contact.id) == contact


def test_a_contact_of_an_agent_who_left_can_be_given_on(contact: Contact) -> None:
    gone = contact.model_copy(update={"state": "assigned", "agent": "carla", "agent_name": "Carla"})
    contacts.save_contact(T, gone)
    transfer(T, contact.id, NOW, agent="bruno")
    assert hands() == {"ana": set(), "bruno": {contact.id}}


def test_giving_it_to_who_has_it_changes_no_hands(contact: Contact) -> None:
    take(T, "ana", contact.id, NOW)
    before = tenants.agent(T, "ana")
    transfer(T, contact.id, NOW, agent="ana")
    assert tenants.agent(T, "ana") == before


def test_back_in_a_queue_the_wait_begins_anew(contact: Contact) -> None:
    take(T, "ana", contact.id, NOW)
    back = transfer(T, contact.id, later(minutes=5), queue="reception")
    assert (back.state, back.waiting_since) == ("waiting", later(minutes=5))


def test_closing_keeps_who_had_it_and_the_note(contact: Contact) -> None:
    take(T, "ana", contact.id, NOW)
    closed = close(T, contact.id, "booked", later(minutes=5), note="Terça")
    assert (closed.agent, closed.note, closed.closed_at) == ("ana", "Terça", later(minutes=5))
    assert contacts.get_contact(T, contact.id) == closed


def test_leaving_the_desk_loses_nothing_that_is_being_assigned_meanwhile(contact: Contact) -> None:
    with once_before("PutItem", lambda: take(T, "ana", contact.id, NOW)):
        set_agent_state(T, "ana", "away", NOW)
    ana = tenants.agent(T, "ana")
    assert (ana.state, set(ana.assigned)) == ("away", {contact.id})
