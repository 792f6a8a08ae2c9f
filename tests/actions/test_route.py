"""A contact → the right agent, or a place in its queue."""

from datetime import timedelta

import pytest
from recado.actions.record import record
from recado.actions.route import route, route_page, route_waiting
from recado.actions.set_agent_state import set_agent_state
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.store import contacts, tenants

from tests.counter import counted
from tests.samples import NOW, received

pytestmark = pytest.mark.usefixtures("clinic")


def contact_of(sender: str) -> Contact:
    found = [one for one in contacts.open_contacts("boavista")[0] if one.address == sender]
    return found[0]


def message_from(sender: str, minutes: int = 0) -> None:
    message = received(message_id=f"wamid.{sender}", sender=sender)
    record(
        "boavista",
        message._replace(identities=[("phone", f"+{sender}")]),
        NOW + timedelta(minutes=minutes),
    )


def agent_state(**changes: object) -> None:
    ana = tenants.agent("boavista", "ana")
    tenants.save_agent("boavista", ana.model_copy(update=changes))


def test_an_available_agent_gets_the_contact_and_has_it_in_hand() -> None:
    message_from("5511900000001")
    routed = route("boavista", contact_of("5511900000001").id, NOW)
    assert (routed.state, routed.agent) == ("assigned", "ana")
    assert tenants.agent("boavista", "ana").assigned == {routed.id}


def test_routing_twice_gives_it_once() -> None:
    message_from("5511900000001")
    contact = contact_of("5511900000001")
    route("boavista", contact.id, NOW)
    route("boavista", contact.id, NOW)
    assert tenants.agent("boavista", "ana").assigned == {contact.id}


def test_while_nobody_is_available_it_waits_and_stays_due() -> None:
    agent_state(state="away")
    message_from("5511900000001")
    routed = route("boavista", contact_of("5511900000001").id, NOW)
    assert (routed.state, routed.due_at) == ("waiting", NOW + timedelta(seconds=60))


def test_free_hands_get_what_has_waited_longest() -> None:
    agent_state(state="away")
    for n in (2, 1, 3):
        message_from(f"551190000000{n}", minutes=n)
        route("boavista", contact_of(f"551190000000{n}").id, NOW)
    agent_state(state="available", capacity=2)
    route_waiting("boavista", NOW)
    states = {n: contact_of(f"551190000000{n}").state for n in (1, 2, 3)}
    assert states == {1: "assigned", 2: "assigned", 3: "waiting"}


def test_a_queue_without_anybody_left_does_not_hold_up_another() -> None:
    tenants.forget()
    tenants.save_tenant(
        "boavista", tenants.get("boavista").model_copy(update={"queues": ("billing", "reception")})
    )
    tenants.forget()
    agent_state(state="away")
    for n in (1, 2):
        message_from(f"551190000000{n}", minutes=n)
        route("boavista", contact_of(f"551190000000{n}").id, NOW)
    first = contact_of("5511900000001")
    contacts.save_contact("boavista", first.model_copy(update={"queue": "billing"}))
    agent_state(state="available")
    route_waiting("boavista", NOW)
    states = {n: contact_of(f"551190000000{n}").state for n in (1, 2)}
    assert states == {1: "waiting", 2: "assigned"}


def crowd(size: int, queue: str = "reception") -> None:
    """So many who wait for somebody in this queue."""
    for n in range(size):
        one = rules.opened(
            f"p{n:03d}", 1, now=NOW, channel="whatsapp", account="1", address="1", language="pt-BR"
        )
        contacts.save_contact("boavista", rules.waiting(one, queue, NOW + timedelta(seconds=n)))


def test_while_nobody_has_a_hand_free_no_contact_is_even_read() -> None:
    agent_state(state="away")
    crowd(3)
    with counted() as calls:
        route_waiting("boavista", NOW)
    assert calls == ["Query"]


def test_once_all_hands_are_full_no_further_page_is_read_whatever_other_queues_there_are() -> None:
    tenants.forget()
    two = {"queues": ("billing", "reception")}
    tenants.save_tenant("boavista", tenants.get("boavista").model_copy(update=two))
    tenants.forget()
    agent_state(capacity=2)
    crowd(120)
    with counted() as calls:
        route_waiting("boavista", NOW)
    assert tenants.agent("boavista", "ana").assigned == {"p000.1", "p001.1"}
    assert calls == ["Query", "Query", "BatchGetItem", "TransactWriteItems", "TransactWriteItems"]


def test_the_agents_are_read_again_when_one_was_given_something_meanwhile() -> None:
    agent_state(capacity=2)
    crowd(3)
    stale = tenants.agents("boavista")
    agent_state(assigned=frozenset({"elsewhere.1"}))
    page, _ = contacts.open_contacts("boavista")
    agents = route_page("boavista", page, stale, NOW)
    assert [one.assigned for one in agents] == [{"elsewhere.1", "p000.1"}]
    assert agents == tenants.agents("boavista")


def test_who_comes_to_the_desk_is_given_what_waits_at_once() -> None:
    agent_state(state="away", capacity=2)
    crowd(3)
    ana = set_agent_state("boavista", "ana", "available", NOW)
    assert (ana.state, ana.assigned) == ("available", frozenset({"p000.1", "p001.1"}))
    assert contacts.get_contact("boavista", "p000.1").agent == "ana"


def test_who_leaves_the_desk_is_given_nothing() -> None:
    crowd(1)
    assert set_agent_state("boavista", "ana", "away", NOW).assigned == frozenset()
