"""A record that was joined is taken apart again: both are as they were, with what each said meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from recado.actions.close import close
from recado.actions.join_records import join_records
from recado.actions.note_consent import note_consent
from recado.actions.part_records import part_records
from recado.actions.reply import reply
from recado.actions.take import take
from recado.errors import Conflict
from recado.model.contact import Callback
from recado.model.contact_point import ContactPoint
from recado.rules.blocks import keys_of
from recado.rules.people import direction
from recado.rules.reviews import pair_id
from recado.store import aliases, blocks, contacts, patients, reviews, tenants

from tests.cloud import Cloud
from tests.people import TENANT, believed, heard, known_as, latest, phone
from tests.samples import NOW, later, seed

pytestmark = pytest.mark.usefixtures("clinic")
RECORDS = ("p1", "p2", "p3", "p4")


def joined(record: str = "p2", into: str = "p1") -> None:
    """Ana says that they are one person."""
    join_records(TENANT, record, into, "agent:ana", later(minutes=10))


def parted(record: str = "p2") -> None:
    """Ana says that they are not."""
    part_records(TENANT, record, "agent:ana", later(minutes=30))


@pytest.fixture
def two(clinic: Cloud) -> None:
    known_as("p1", age=timedelta(days=1))
    known_as("p2")


def test_the_machine_does_not_join_them_again(two: None) -> None:
    joined()
    parted()
    decided = reviews.get(TENANT, pair_id("p1", "p2"))
    assert (decided.state, decided.decided_by) == ("different", "agent:ana")
    assert aliases.everyone(TENANT) == []


def test_a_contact_that_was_taken_over_is_open_again_as_it_was(two: None) -> None:
    heard("p1")
    first = heard("p2", "Bom dia", pending=True)
    before = latest("p2")
    joined()
    parted()
    after = latest("p2")
    assert after.model_copy(update={"version": before.version}) == before
    assert after.pending == (first.id,)
    mine = latest("p1")
    assert (mine.unread, mine.pending, mine.address, mine.recipient) == (1, (), phone("p1"), "p1")


def test_what_was_handled_meanwhile_is_not_handled_again(two: None) -> None:
    heard("p1")
    heard("p2", pending=True)
    joined()
    contacts.save_contact(TENANT, latest("p1").model_copy(update={"pending": ()}))
    parted()
    assert latest("p2").pending == ()


def test_a_matter_that_was_the_members_alone_is_not_the_roots(two: None) -> None:
    heard("p2")
    joined()
    reply(TENANT, "ana", latest("p1").id, "Olá", later(minutes=20))
    parted()
    assert (latest("p1").state, latest("p1").merged_into) == ("closed", "p2.1")
    assert latest("p2").state == "new"
    assert tenants.agent(TENANT, "ana").assigned == set()
    assert [one.text for one in contacts.timeline(TENANT, "p2")[0]] == ["Oi", "Olá"]
    assert contacts.timeline(TENANT, "p1")[0] == []


def test_what_the_member_said_in_the_roots_contact_is_shown_in_one_of_its_own(two: None) -> None:
    heard("p1", "Sou a primeira")
    joined()
    heard("p2", "E eu a segunda", later(minutes=15))
    assert latest("p1").recipient == "p2"
    parted()
    mine, theirs = latest("p1"), latest("p2")
    assert (theirs.state, theirs.unread, theirs.last_text) == ("new", 1, "E eu a segunda")
    assert (theirs.address, theirs.due_at is not None) == (phone("p2"), True)
    assert (mine.unread, mine.last_text, mine.address) == (1, "Sou a primeira", phone("p1"))


def test_what_an_agent_has_answered_is_not_unread_again(two: None) -> None:
    heard("p1")
    joined()
    heard("p2", now=later(minutes=15))
    reply(TENANT, "ana", latest("p1").id, "Olá", later(minutes=20))
    parted()
    assert (latest("p1").unread, latest("p2").unread) == (0, 0)
    assert latest("p1").agent == "ana"


def test_no_answer_goes_to_who_has_left_where_nothing_else_was_heard(two: None) -> None:
    heard("p1")
    close(TENANT, latest("p1").id, "resolved", NOW)
    joined()
    contacts.save_contact(TENANT, latest("p1").model_copy(update={"state": "waiting"}))
    heard("p2", now=later(minutes=15))
    parted()
    assert latest("p1").address == phone("p1")


def test_a_call_is_owed_to_whom_it_was_owed(two: None) -> None:
    heard("p1")
    heard("p2")
    owed = Callback(phone=f"+{phone('p2')}", due_at=later(minutes=5))
    contacts.save_contact(TENANT, latest("p2").model_copy(update={"callback": owed}))
    joined()
    parted()
    assert (latest("p1").callback, latest("p2").callback) == (None, owed)


def test_each_contact_goes_back_to_its_agent(two: None) -> None:
    heard("p1")
    heard("p2")
    take(TENANT, "ana", latest("p2").id, NOW)
    joined()
    parted()
    assert latest("p2").agent == "ana"
    assert latest("p2").id in tenants.agent(TENANT, "ana").assigned


def test_what_hung_on_a_record_goes_with_it(two: None) -> None:
    known_as("p3")
    joined("p3", "p2")
    joined()
    heard("p3", now=later(minutes=15))
    parted()
    assert [one.record for one in patients.get(TENANT, "p2").joined] == ["p3"]
    assert patients.get(TENANT, "p3").person == "p2"
    assert latest("p2").recipient == "p3"
    assert {one.record: one.person for one in aliases.everyone(TENANT)} == {"p2": "p2", "p3": "p2"}


def test_what_somebody_said_is_not_in_a_contact_that_is_open_again_after_they_left(two: None) -> None:
    known_as("p3")
    heard("p2", "Sou a segunda", pending=True)
    join_records(TENANT, "p3", "p2", "agent:ana", later(minutes=1))
    heard("p3", "E eu a terceira", later(minutes=5), pending=True)
    joined()
    parted("p3")
    parted("p2")
    theirs, mine = latest("p3"), latest("p2")
    assert (theirs.unread, theirs.recipient, theirs.address) == (1, "p3", phone("p3"))
    assert (mine.state, mine.unread, mine.recipient, mine.address) == ("new", 1, "p2", phone("p2"))
    assert mine.last_text == "Sou a segunda"


def test_only_what_was_inherited_is_taken_back(two: None) -> None:
    stop("p1", "marketing")
    joined()
    assert patients.get(TENANT, "p2").opted_out == {"marketing"}
    stop("p2", "care", "20")
    assert patients.get(TENANT, "p1").opted_out == {"care", "marketing"}
    parted()
    assert patients.get(TENANT, "p1").opted_out == {"marketing"}
    assert patients.get(TENANT, "p2").opted_out == {"care"}
    assert [one.source for one in patients.consents(TENANT, "p1")] == ["agent:ana"]


def test_who_started_again_under_one_record_has_under_those_that_are_surely_theirs(two: None) -> None:
    known_as("p3")
    stop("p1", "care")
    joined()
    stop("p3", "marketing")
    believed("p3", "p1")
    note_consent(
        TENANT, "ana", "p2", later(minutes=20), action="start", purposes=["care"], note="", once="start"
    )
    assert [patients.get(TENANT, one).opted_out for one in ("p1", "p2", "p3")] == [
        set(),
        set(),
        {"marketing"},
    ]


@pytest.mark.parametrize(("stopped", "spared"), [("p1", "p2"), ("p2", "p1")])
def test_who_is_only_taken_for_somebody_stops_nothing_of_theirs(two: None, stopped: str, spared: str) -> None:
    stop(stopped, "marketing", "1")
    believed("p2", "p1")
    stop(stopped, "care")
    assert patients.get(TENANT, stopped).opted_out == {"care", "marketing"}
    assert patients.get(TENANT, spared).opted_out == set()
    assert patients.consents(TENANT, spared) == []


@pytest.mark.parametrize("stopped", ["p1", "p2", "p3"])
def test_what_was_stopped_counts_for_all_once_a_guess_is_confirmed(two: None, stopped: str) -> None:
    known_as("p3")
    joined("p3", "p1")
    believed("p2", "p1")
    stop(stopped, "care")
    joined()
    assert {frozenset(patients.get(TENANT, one).opted_out) for one in ("p1", "p2", "p3")} == {
        frozenset({"care"})
    }
    parted()
    assert (patients.get(TENANT, "p2").opted_out == {"care"}) == (stopped == "p2")
    assert (patients.get(TENANT, "p1").opted_out == {"care"}) == (stopped != "p2")


def test_a_guess_that_hangs_on_what_is_joined_inherits_nothing(two: None) -> None:
    known_as("p3")
    believed("p3", "p2")
    stop("p1", "care", "1")
    joined()
    assert [patients.get(TENANT, one).opted_out for one in ("p2", "p3")] == [{"care"}, set()]


def test_a_record_that_stands_for_itself_is_not_parted(two: None) -> None:
    with pytest.raises(Conflict):
        parted("p1")


def stop(record: str, purpose: Any, once: str = "10") -> None:
    """Ana notes that they want no such messages."""
    at = later(minutes=int(once))
    note_consent(TENANT, "ana", record, at, action="stop", purposes=[purpose], note="", once=once)


class Step(NamedTuple):
    """Something that happens to one or two records."""

    what: str
    record: str
    other: str


STEPS = st.builds(
    Step,
    st.sampled_from(("join", "join", "believe", "part", "hear", "hear", "stop", "reply")),
    st.sampled_from(RECORDS),
    st.sampled_from(RECORDS),
)


def kept() -> dict[str, Any]:
    """All that leads to the records, but for versions."""
    found = {one: patients.get(TENANT, one).model_copy(update={"version": 0}) for one in RECORDS}
    links = {
        one: patients.view(TENANT, ContactPoint(system="phone", value=f"+{phone(one)}")) for one in RECORDS
    }
    keys = {key for one in found.values() for key in keys_of(one)}
    filed = {key: block.model_copy(update={"version": 0}) for key, block in _blocks(sorted(keys)).items()}
    return {"records": found, "links": links, "blocks": filed, "aliases": aliases.everyone(TENANT)}


def _blocks(keys: list[Any]) -> dict[Any, Any]:
    return dict(zip(keys, blocks.read(TENANT, keys), strict=True))


def happen(step: Step, number: int, said: dict[str, list[str]]) -> None:
    """What a step asks for, if it may happen now."""
    now, one = later(minutes=number), patients.get(TENANT, step.record)
    if step.what == "hear":
        said[step.record].append(heard(step.record, now=now, pending=True).id)
    elif step.what == "join":
        join_records(TENANT, step.record, step.other, "agent:ana", now)
    elif step.what == "part":
        part_records(TENANT, step.record, "agent:ana", now)
    elif step.what == "stop":
        note_consent(TENANT, "ana", step.record, now, action="stop", purposes=["care"], note="")
    elif step.what == "believe":
        other = patients.get(TENANT, step.other)
        way = direction(one, other) if one.id != other.id else None
        if way:
            believed(way[0].id, way[1].id, now)
    elif (contact := contacts.latest_contact(TENANT, one.keeper)) and contact.state != "closed":
        answer = reply(TENANT, "ana", contact.id, "Olá", now)
        said[answer.patient].append(answer.id)


def pending(record: str) -> list[str]:
    """What automatic handling has to look at in the contacts of a record."""
    last = contacts.latest_contact(TENANT, record)
    numbers = range(1, last.number + 1) if last else ()
    found = (contacts.get_contact(TENANT, f"{record}.{number}") for number in numbers)
    return sorted(one for contact in found for one in contact.pending)


def part_all() -> None:
    """Ana takes everybody apart, one after the other."""
    for number, _ in enumerate(range(len(RECORDS) ** 2)):
        member = next((one for one in RECORDS if patients.get(TENANT, one).person), None)
        if member is None:
            return
        part_records(TENANT, member, "agent:ana", later(hours=1, minutes=number))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=4, max_size=12))
@example(
    [
        Step("join", "p3", "p4"),
        Step("hear", "p3", "p3"),
        Step("hear", "p1", "p3"),
        Step("join", "p4", "p1"),
        Step("believe", "p4", "p1"),
        Step("part", "p4", "p4"),
        Step("hear", "p1", "p3"),
        Step("join", "p4", "p2"),
        Step("join", "p1", "p1"),
    ]
)
def test_after_all_are_parted_every_record_is_as_it_was(cloud: Cloud, steps: list[Step]) -> None:
    cloud.fresh()
    seed()
    for number, record in enumerate(RECORDS):
        known_as(record, name="Maria Silva", age=timedelta(days=number))
    before, said, stopped = kept(), {record: list[str]() for record in RECORDS}, set()
    for number, step in enumerate(steps, start=1):
        try:
            happen(step, number, said)
        except Conflict:
            continue
        stopped |= {step.record} if step.what == "stop" else set()
    part_all()
    after = kept()
    for record in RECORDS:
        own = {"care"} if record in stopped else set()
        was = before["records"][record].model_copy(update={"opted_out": frozenset(own)})
        assert after["records"][record] == was
        assert {one.source for one in patients.consents(TENANT, record)} <= {"agent:ana"}
        timeline = contacts.timeline(TENANT, record)[0]
        assert [one.id for one in timeline] == said[record]
        assert pending(record) == sorted(one.id for one in timeline if one.direction == "inbound")
        last = contacts.latest_contact(TENANT, record)
        assert last is None or last.state == "closed" or last.recipient == record
    for what in ("links", "blocks", "aliases"):
        assert after[what] == before[what]
