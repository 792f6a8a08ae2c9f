"""The desk, or another system, says something of somebody; a person decides what is in dispute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from recado.actions.describe import Description, describe
from recado.actions.join_records import join_records
from recado.actions.load_person import load_person
from recado.actions.settle_dispute import settle_dispute
from recado.errors import Conflict, Invalid, NotFound, Stale
from recado.model.contact_point import ContactPoint
from recado.model.patient import ANONYMOUS, Patient
from recado.rules.known import current, doubts
from recado.store import contacts, patients, reviews
from recado.store.rows import transaction

from tests.people import TENANT, believed, heard, known_as, latest, phone
from tests.samples import NOW, later
from tests.visits import overtaken

pytestmark = pytest.mark.usefixtures("clinic")
BORN = {"birth_date": "1984-03-25"}


def say(
    record: str, said: Mapping[str, str], source: str = "agent:ana", at: datetime = NOW, tenant: str = TENANT
) -> Patient:
    return describe(tenant, record, Description(said, source, at), later(days=30))


def held(record: str) -> dict[str, str]:
    return {field: told.value for field, told in patients.get(TENANT, record).told.items()}


def test_what_is_said_is_stored_with_its_source_and_found_where_they_are_looked_up() -> None:
    known_as("p1")
    after = say("p1", BORN, "ehr", later(days=1))
    told = after.told["birth_date"]
    assert (told.value, told.source, told.at) == ("1984-03-25", "ehr", later(days=1))
    link = patients.view(TENANT, ContactPoint(system="phone", value=f"+{phone('p1')}")).links[0]
    assert link.profile is not None
    assert link.profile.birth_date == "1984-03-25"
    assert "birth_date#1984-03-25" in after.filed


def test_the_same_again_writes_nothing() -> None:
    known_as("p1")
    before = say("p1", BORN)
    assert say("p1", BORN) == before


def test_nothing_is_known_from_the_future() -> None:
    known_as("p1")
    assert say("p1", BORN, at=later(days=99)).told["birth_date"].at == later(days=30)


def test_a_new_name_is_the_one_that_the_desk_sees_in_the_open_contact() -> None:
    known_as("p1", "Mari")
    heard("p1")
    say("p1", {"name": "Maria Aparecida Silva"})
    assert latest("p1").patient_name == "Maria Aparecida Silva"


def test_whose_record_it_is_is_looked_at_again_with_what_is_known_by_now() -> None:
    known_as("p1", "Maria Aparecida Souza Silva", age=timedelta(days=1))
    say("p1", BORN)
    known_as("p2", "Ana")
    say("p2", {"city": "Santos"})
    assert patients.get(TENANT, "p2").person is None
    say("p2", {**BORN, "name": "Maria Aparecida Souza Silva"})
    joined = patients.get(TENANT, "p2").person == "p1"
    asked = [(one.one, one.other) for one in reviews.of_record(TENANT, "p2")]
    assert joined != (asked == [("p1", "p2")])


def test_what_cannot_be_is_refused_and_nothing_of_it_is_stored() -> None:
    known_as("p1")
    with pytest.raises(Invalid) as refused:
        say("p1", {"city": "Santos", "birth_date": "1784-03-25"})
    assert refused.value.field == "birth_date"
    assert held("p1") == {}


def test_a_birth_date_is_judged_by_the_clinic_s_calendar() -> None:
    known_as("p1")
    late = NOW.replace(hour=2)  # 23:00 of the day before in São Paulo
    with pytest.raises(Invalid):
        describe(TENANT, "p1", Description({"birth_date": "2026-11-23"}, "ehr", late), late)
    describe(TENANT, "p1", Description({"birth_date": "2026-11-22"}, "ehr", late), late)


def test_nobody_is_described_who_is_nobody_or_another_clinic_s_or_was_changed_meanwhile() -> None:
    known_as("p1")
    patients.put(TENANT, Patient(id=ANONYMOUS, created_at=NOW))
    known_as("p2", kind="household")
    for record in (ANONYMOUS, "p2"):
        with pytest.raises(Conflict):
            say(record, BORN)
    with pytest.raises(NotFound):
        say("p1", BORN, tenant="delsol")
    with pytest.raises(Stale):
        describe(TENANT, "p1", Description(BORN, "ehr", NOW), NOW, version=99)


def test_two_who_say_something_at_once_are_both_heard() -> None:
    known_as("p1")
    with overtaken(lambda: say("p1", BORN, "ehr")):
        say("p1", {"birth_date": "1984-03-26", "city": "Santos"})
    stored = patients.get(TENANT, "p1")
    assert held("p1") == {"birth_date": "1984-03-25", "city": "Santos"}
    assert [(one.value, one.source) for one in stored.disputes] == [("1984-03-26", "agent:ana")]


def test_a_dispute_that_a_person_has_settled_is_asked_no_more() -> None:
    known_as("p1")
    say("p1", BORN)
    say("p1", {"birth_date": "1984-03-26"}, "ehr")
    settle_dispute(TENANT, "p1", "birth_date", "1984-03-26", later(days=31), by="agent:ana")
    stored = patients.get(TENANT, "p1")
    assert (held("p1"), stored.disputes) == ({"birth_date": "1984-03-26"}, ())
    assert [(one.value, one.source, one.by) for one in stored.overruled] == [
        ("1984-03-25", "agent:ana", "agent:ana")
    ]


def test_what_is_settled_between_two_records_of_a_person_leaves_the_other_as_it_was() -> None:
    known_as("p1", "Maria Silva")
    known_as("p2", "Maria Silva")
    say("p1", BORN)
    say("p2", {"birth_date": "1984-03-26"}, "ehr")
    join_records(TENANT, "p2", "p1", "agent:ana", NOW)
    before = patients.get(TENANT, "p2")
    assert len(doubts(load_person(TENANT, "p1"), NOW)) == 1
    settle_dispute(TENANT, "p1", "birth_date", "1984-03-25", later(days=1), by="agent:ana")
    assert doubts(load_person(TENANT, "p2"), NOW) == ()
    known = {one.field: one.told.value for one in current(load_person(TENANT, "p2"), NOW)}
    assert known["birth_date"] == "1984-03-25"
    assert patients.get(TENANT, "p2") == before


def test_a_person_s_records_are_found_by_any_of_them() -> None:
    known_as("p1", age=later(days=1) - NOW)
    known_as("p2")
    believed("p2", "p1")
    assert [one.id for one in load_person(TENANT, "p2")] == ["p1", "p2"]
    assert [one.id for one in load_person(TENANT, "p1")] == ["p1", "p2"]


def test_what_is_settled_is_refused_like_what_is_said() -> None:
    known_as("p1")
    with pytest.raises(Invalid) as refused:
        settle_dispute(TENANT, "p1", "shoe_size", "38", NOW, by="agent:ana")
    assert refused.value.field == "shoe_size"
    with pytest.raises(Stale):
        settle_dispute(TENANT, "p1", "city", "Santos", NOW, by="agent:ana", version=99)
    with pytest.raises(NotFound):
        settle_dispute("delsol", "p1", "city", "Santos", NOW, by="agent:lucia")


def test_a_contact_that_is_closed_keeps_the_name_that_it_had() -> None:
    known_as("p1", "Mari")
    heard("p1")
    closed = latest("p1").model_copy(update={"state": "closed", "patient_name": "Mari"})
    with transaction() as work:
        contacts.save_contact(TENANT, closed, work)
    say("p1", {"name": "Maria Aparecida Silva"})
    assert latest("p1").patient_name == "Mari"
