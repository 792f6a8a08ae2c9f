"""Two records become one person's: what is open with them is one matter, and nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.join_records import join_records
from recado.actions.reply import reply
from recado.actions.take import take
from recado.errors import Conflict, NotFound
from recado.model.contact import Callback
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link
from recado.rules.people import direction
from recado.store import aliases, contacts, patients, tenants

from tests.people import TENANT, believed, heard, known_as, latest, phone
from tests.samples import BRUNO, NOW, later

pytestmark = pytest.mark.usefixtures("clinic")


def link(record: str) -> Link:
    """What the number of a record says of it."""
    return patients.view(TENANT, ContactPoint(system="phone", value=f"+{phone(record)}")).links[0]


def said(record: str, into: str) -> None:
    """Ana says that they are one person."""
    join_records(TENANT, record, into, "agent:ana", NOW)


def two() -> None:
    known_as("p1", age=timedelta(days=1))
    known_as("p2")


def test_a_record_that_is_joined_points_to_its_person_wherever_it_is_found() -> None:
    two()
    said("p2", "p1")
    member, root = patients.get(TENANT, "p2"), patients.get(TENANT, "p1")
    assert (member.person, member.confirmed, member.keeper) == ("p1", True, "p1")
    assert [(one.record, one.into, one.by) for one in root.joined] == [("p2", "p1", "agent:ana")]
    assert (link("p2").person, link("p2").keeper) == ("p1", "p1")
    assert link("p1").person == ""
    assert {one.record: one.person for one in aliases.everyone(TENANT)} == {"p1": "p1", "p2": "p1"}


def test_what_hung_on_a_record_moves_with_it_and_keeps_its_own_join() -> None:
    two()
    known_as("p3")
    believed("p3", "p2")
    said("p2", "p1")
    assert [(one.record, one.into) for one in patients.get(TENANT, "p1").joined] == [
        ("p2", "p1"),
        ("p3", "p2"),
    ]
    assert patients.get(TENANT, "p2").joined == ()
    moved = patients.get(TENANT, "p3")
    assert (moved.person, moved.confirmed, link("p3").keeper) == ("p1", False, "p3")


def test_what_is_open_with_both_goes_on_in_the_contact_of_the_root() -> None:
    two()
    mine = heard("p1", "Bom dia", NOW, pending=True)
    theirs = heard("p2", "Sou eu", later(minutes=1), pending=True)
    said("p2", "p1")
    contact, aside = latest("p1"), latest("p2")
    assert contact.pending == (mine.id, theirs.id)
    assert (contact.unread, contact.last_text) == (2, "Sou eu")
    assert (contact.address, contact.recipient) == (phone("p2"), "p2")
    assert len(contact.heard_at) == 2
    assert (aside.state, aside.merged_into, aside.pending, aside.unread) == ("closed", contact.id, (), 0)


def test_the_matter_of_a_record_goes_on_where_its_root_had_none_open() -> None:
    two()
    first = heard("p2", pending=True)
    said("p2", "p1")
    contact = latest("p1")
    assert (contact.state, contact.pending, contact.unread) == ("new", (first.id,), 1)
    assert contact.opened_at == latest("p2").opened_at
    assert heard("p2", "E aí?", later(minutes=5)).contact == contact.id


def test_a_call_that_is_owed_to_either_stays_owed_by_the_earlier_promise() -> None:
    two()
    for record, minutes in (("p1", 30), ("p2", 10)):
        heard(record)
        owed = Callback(phone=f"+{phone(record)}", due_at=later(minutes=minutes))
        contacts.save_contact(TENANT, latest(record).model_copy(update={"callback": owed}))
    said("p2", "p1")
    assert latest("p1").callback == Callback(phone=f"+{phone('p1')}", due_at=later(minutes=10))
    assert latest("p2").callback is None


def test_an_agent_who_had_the_records_contact_has_the_persons() -> None:
    two()
    heard("p1")
    heard("p2")
    take(TENANT, "ana", latest("p2").id, NOW)
    said("p2", "p1")
    assert (latest("p1").state, latest("p1").agent) == ("assigned", "ana")
    assert tenants.agent(TENANT, "ana").assigned == {latest("p1").id}


def test_of_two_agents_the_roots_keeps_it_and_the_others_hands_are_free() -> None:
    tenants.save_agent(TENANT, BRUNO)
    two()
    for record, agent in (("p1", "ana"), ("p2", "bruno")):
        heard(record)
        take(TENANT, agent, latest(record).id, NOW)
    said("p2", "p1")
    assert latest("p1").agent == "ana"
    assert [tenants.agent(TENANT, one).assigned for one in ("ana", "bruno")] == [{latest("p1").id}, set()]


def test_an_answer_goes_to_the_record_that_spoke_last() -> None:
    two()
    heard("p1")
    heard("p2", now=later(minutes=1))
    said("p2", "p1")
    answer = reply(TENANT, "ana", latest("p1").id, "Olá", later(minutes=2))
    assert (answer.patient, answer.address) == ("p2", phone("p2"))


def test_what_only_the_machine_believes_leaves_each_contact_where_it_is() -> None:
    two()
    heard("p1")
    heard("p2")
    believed("p2", "p1")
    assert [latest(one).state for one in ("p1", "p2")] == ["new", "new"]
    assert latest("p2").address == phone("p2")
    assert heard("p2", now=later(minutes=1)).contact == "p2.1"


def test_a_join_of_the_machine_is_confirmed_and_keeps_its_evidence() -> None:
    two()
    believed("p2", "p1")
    heard("p2")
    said("p2", "p1")
    (kept,) = patients.get(TENANT, "p1").joined
    assert (kept.by, kept.confirmed, kept.confirmed_by, kept.score) == ("recado", True, "agent:ana", 0.99)
    assert latest("p1").recipient == "p2"
    before = patients.get(TENANT, "p1").version
    said("p1", "p2")
    assert patients.get(TENANT, "p1").version == before


def test_what_was_opened_in_the_very_moment_is_gathered_as_well() -> None:
    two()
    heard("p1")
    said("p2", "p1")
    opened = latest("p1").model_copy(update={"patient": "p2", "version": 0, "number": 1})
    contacts.save_contact(TENANT, opened)
    said("p2", "p1")
    assert (latest("p2").state, latest("p2").merged_into) == ("closed", "p1.1")
    assert latest("p1").unread == 2


def test_who_opted_out_under_one_record_has_under_all_that_are_surely_theirs() -> None:
    two()
    known_as("p3", opted_out=frozenset({"marketing"}))
    said("p2", "p1")
    believed("p3", "p1")
    assert [patients.get(TENANT, one).opted_out for one in ("p1", "p2")] == [set()] * 2
    said("p3", "p1")
    assert [patients.get(TENANT, one).opted_out for one in ("p1", "p2", "p3")] == [{"marketing"}] * 3
    assert [one.source for one in patients.consents(TENANT, "p2")] == ["record:p3"]


def test_nobody_confirms_what_hangs_on_a_guess() -> None:
    two()
    known_as("p3")
    believed("p2", "p1")
    with pytest.raises(Conflict):
        said("p3", "p2")


def test_a_record_of_nobody_is_not_joined() -> None:
    two()
    with pytest.raises(NotFound):
        said("p9", "p1")


def test_a_person_has_twenty_records_at_most() -> None:
    for number in range(1, 22):
        known_as(f"p{number}")
    for number in range(2, 21):
        said(f"p{number}", "p1")
    with pytest.raises(Conflict):
        said("p21", "p1")


def test_the_machine_leaves_a_person_places_for_what_people_know_to_be_theirs() -> None:
    for number in range(1, 18):
        known_as(f"p{number}", age=timedelta(days=-number))
    for number in range(2, 16):
        believed(f"p{number}", "p1")
    with pytest.raises(Conflict):
        believed("p16", "p1")
    assert direction(patients.get(TENANT, "p16"), patients.get(TENANT, "p1")) is None
    said("p16", "p1")
    said("p17", "p1")
    assert len(patients.get(TENANT, "p1").joined) == 16
