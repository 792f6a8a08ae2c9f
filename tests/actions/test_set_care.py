"""A team looks after somebody in person: past all that answers by itself, and without offers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.deliver import claim
from recado.actions.join_records import join_records
from recado.actions.record import record
from recado.actions.respond import respond
from recado.actions.set_care import set_care
from recado.actions.take import take
from recado.errors import Conflict, Invalid, NotFound, Stale
from recado.model.communication import Purpose
from recado.model.tenant import Tenant
from recado.rules.communications import outbound
from recado.rules.reach import Route
from recado.store import contacts, patients, tenants

from tests.people import TENANT, believed, heard, known_as, latest, phone
from tests.samples import BOAVISTA, NOW, PHONE, WHATSAPP, later, received
from tests.visits import FIRST, booked, now_is, reminded

TEAM = "oncology"
LATER = FIRST + timedelta(hours=1)


@pytest.fixture(autouse=True)
def team(clinic: object) -> Tenant:
    own = tenants.get(TENANT).model_copy(update={"queues": ("reception", TEAM)})
    tenants.save_tenant(TENANT, own)
    tenants.forget()
    return own


def care(own_id: str, queue: str | None = TEAM, note: str = "") -> None:
    set_care(TENANT, own_id, queue, note, NOW, by="agent:ana")


def offer(own_id: str, purpose: Purpose = "marketing") -> str:
    """A message of this purpose that is yet to go to somebody who has just written."""
    heard(own_id)
    route = Route("whatsapp", WHATSAPP[TENANT], phone(own_id))
    message = outbound(f"m{own_id}{purpose}", route, "…", NOW, patient=own_id, purpose=purpose)
    contacts.save_communication(TENANT, message)
    return message.id


def goes(message: str) -> bool:
    return claim(TENANT, message, NOW) is not None


def test_it_is_stored_with_who_said_so_and_why() -> None:
    known_as("p1")
    care("p1", note="Please ring.")
    stored = patients.get(TENANT, "p1")
    assert stored.care_team == TEAM
    assert stored.care_note is not None
    assert (stored.care_note.value, stored.care_note.source) == ("Please ring.", "agent:ana")
    care("p1", note="Please ring.")
    assert patients.get(TENANT, "p1") == stored


def test_what_they_say_waits_in_the_team_s_queue() -> None:
    known_as("p1")
    care("p1")
    record(TENANT, received("Oi", sender=phone("p1")), NOW)
    assert (latest("p1").queue, latest("p1").care_team) == (TEAM, TEAM)


def test_what_waits_already_goes_there_and_what_an_agent_has_stays_theirs() -> None:
    known_as("p1")
    heard("p1")
    known_as("p2")
    heard("p2")
    take(TENANT, "ana", latest("p2").id, NOW)
    care("p1")
    care("p2")
    assert (latest("p1").queue, latest("p2").queue) == (TEAM, "reception")
    assert latest("p2").agent == "ana"


def test_it_ends_and_the_next_contact_is_anybody_s() -> None:
    known_as("p1")
    care("p1")
    heard("p1")
    care("p1", None)
    assert latest("p1").care_team is None
    contacts.save_contact(TENANT, latest("p1").model_copy(update={"state": "closed"}))
    record(TENANT, received("Oi", sender=phone("p1")), NOW)
    assert (latest("p1").number, latest("p1").queue, latest("p1").care_team) == (2, "reception", None)


def test_an_answer_to_our_own_question_counts_and_a_confirmed_visit_needs_nobody() -> None:
    appointment = booked()
    care(appointment.patient)
    reminded()
    record(TENANT, received("1", "wamid.yes", PHONE), LATER)
    respond(TENANT, latest(appointment.patient).id, LATER)
    assert now_is(appointment).confirmation == "confirmed"
    assert latest(appointment.patient).state == "closed"


def test_a_visit_that_they_call_off_is_off_and_the_team_sees_it() -> None:
    appointment = booked()
    care(appointment.patient)
    reminded()
    record(TENANT, received("2", "wamid.no", PHONE), LATER)
    respond(TENANT, latest(appointment.patient).id, LATER)
    assert now_is(appointment).status == "cancelled"
    contact = latest(appointment.patient)
    assert (contact.state, contact.queue) == ("waiting", TEAM)


def test_a_stop_holds_at_once_and_the_team_sees_it() -> None:
    known_as("p1")
    care("p1")
    record(TENANT, received("PARAR", sender=phone("p1")), NOW)
    respond(TENANT, latest("p1").id, NOW)
    assert "care" in patients.get(TENANT, "p1").opted_out
    assert (latest("p1").state, latest("p1").queue) == ("waiting", TEAM)


def test_offers_are_never_sent_and_what_concerns_their_care_is() -> None:
    known_as("p1")
    assert goes(offer("p1"))
    known_as("p2")
    care("p2")
    withheld = offer("p2")
    assert not goes(withheld)
    stored = contacts.find_communication(TENANT, withheld)
    assert stored is not None
    assert stored.state == "withdrawn"
    assert goes(offer("p2", "reminder"))


def test_an_offer_that_was_written_before_does_not_go_and_one_that_is_written_after_the_end_does() -> None:
    known_as("p1")
    before = offer("p1")
    care("p1")
    assert not goes(before)
    known_as("p2")
    care("p2")
    care("p2", None)
    assert goes(offer("p2"))


def test_it_counts_for_all_records_that_are_surely_the_person_s_and_the_note_for_one() -> None:
    known_as("p1", age=later(days=1) - NOW)
    known_as("p2")
    known_as("p3")
    join_records(TENANT, "p2", "p1", "agent:ana", NOW)
    believed("p3", "p1")
    care("p1", note="Please ring.")
    stored = [patients.get(TENANT, one) for one in ("p1", "p2", "p3")]
    assert [one.care_team for one in stored] == [TEAM, TEAM, None]
    assert [one.care_note is not None for one in stored] == [True, False, False]
    record(TENANT, received("Oi", sender=phone("p2")), NOW)
    assert latest("p1").queue == TEAM


def test_what_makes_no_sense_is_refused() -> None:
    known_as("p1")
    with pytest.raises(Invalid) as refused:
        care("p1", "unheard-of")
    assert refused.value.field == "team"
    with pytest.raises(Conflict):
        care("p1", None, "why")
    with pytest.raises(Stale):
        set_care(TENANT, "p1", TEAM, "", NOW, by="agent:ana", version=99)
    with pytest.raises(NotFound):
        set_care("delsol", "p1", "reception", "", NOW, by="agent:lucia")
    assert patients.get(TENANT, "p1").care_team is None
    assert BOAVISTA.queues == ("reception",)
