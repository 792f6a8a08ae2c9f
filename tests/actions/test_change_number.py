"""Who has another number is reached there and no more at the old one, whose next owner is a stranger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import pytest
from recado.actions import change_number
from recado.actions.admit import Person
from recado.actions.deliver import claim
from recado.actions.list_appointments import list_appointments
from recado.actions.record import record
from recado.actions.respond import respond
from recado.channels import Received
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.contact_point import ContactPoint
from recado.model.tenant import Account
from recado.rules.communications import communication_id
from recado.rules.reach import Route
from recado.store import contacts, patients, tenants

from tests.cloud import Cloud
from tests.samples import NOW, PHONE, WHATSAPP, later, received
from tests.visits import FIRST, MARIA, POINT, booked, now_is, overtaken, reminded, view, written

T: Final = "boavista"
NEXT: Final = "5511900000009"
NEXT_POINT: Final = ContactPoint(system="phone", value=f"+{NEXT}")
SMS: Final = Account(tenant=T, channel="twilio_sms", id="551130000001")
MOVED: Final = received("", "wamid.moved", type="system", changed_to=[("phone", f"+{NEXT}")])
SOON: Final = FIRST + timedelta(minutes=1)
LATER: Final = FIRST + timedelta(hours=1)


@pytest.fixture(autouse=True)
def sms(clinic: Cloud) -> None:
    """Boa Vista writes by WhatsApp and by SMS."""
    tenants.save_account(T, SMS)
    tenants.forget()


def on_sms(patient: str) -> None:
    patients.put(T, patients.get(T, patient).model_copy(update={"channels": ("sms",)}))


def moves(event: Received = MOVED) -> None:
    record(T, event, later(minutes=5))


def writes(text: str, number: str, message_id: str) -> str:
    """Somebody's message, answered by itself where it can be; whose it was."""
    record(T, received(text, message_id, sender=number), SOON)
    stored = contacts.find_communication(T, communication_id(T, "whatsapp", WHATSAPP[T], message_id))
    assert stored is not None
    assert stored.contact is not None
    respond(T, stored.contact, SOON)
    return stored.patient


def reminders(visit: Appointment) -> list[Communication]:
    return [one for one in written(visit.patient, "reminder") if one.appointment == visit.id]


def lines(messages: Iterable[Communication]) -> set[Route]:
    return {Route(one.channel, one.account, one.address) for one in messages}


def by_sms() -> Appointment:
    """Maria's visit, of which she hears by SMS."""
    on_sms(booked().patient)
    return booked(start="2026-11-30T10:30")


def test_a_reminder_goes_by_the_same_channel_to_the_new_number() -> None:
    visit = by_sms()
    assert visit.address == f"+{PHONE}"
    moves()
    reminded(LATER)
    assert lines(reminders(visit)) == {Route("twilio_sms", SMS.id, f"+{NEXT}")}
    (one,) = reminders(visit)
    assert claim(T, one.id, LATER) is not None


def test_every_visit_to_come_moves() -> None:
    visits = [booked(start=f"2026-11-30T{hour:02}:30") for hour in range(8, 18)]
    moves()
    assert {now_is(one).address.removeprefix("+") for one in visits} == {NEXT}
    coming = list_appointments(T, NOW, patient=visits[0].patient)
    assert [one.id for one in coming] == [one.id for one in visits]


def test_nothing_is_left_where_the_next_owner_could_see_it() -> None:
    visit = booked()
    reminded()
    moves()
    left = patients.whole_view(T, POINT)
    assert (left.questions, left.upcoming) == ((), ())
    assert [one.appointment for one in view(NEXT_POINT).upcoming] == [visit.id]


def test_what_was_asked_before_is_answered_from_the_new_number() -> None:
    visit = booked()
    reminded()
    moves()
    assert writes("1", NEXT, "wamid.yes") == visit.patient
    assert now_is(visit).confirmation == "confirmed"


def test_whoever_has_the_old_number_then_is_somebody_new_who_settles_nothing() -> None:
    visit = booked()
    reminded()
    moves()
    stranger = writes("2", PHONE, "wamid.no")
    assert stranger != visit.patient
    assert (now_is(visit).status, now_is(visit).confirmation) == ("booked", "none")
    assert patients.get(T, stranger).contact_points == (POINT,)
    assert list_appointments(T, NOW, patient=stranger) == []
    writes("PARAR", PHONE, "wamid.stop")
    assert patients.get(T, stranger).opted_out
    assert not patients.get(T, visit.patient).opted_out


def test_who_is_booked_at_the_old_number_then_is_somebody_new() -> None:
    first = booked()
    moves()
    other = booked(Person("João Souza", f"+{PHONE}"))
    assert other.patient != first.patient
    assert other.address.removeprefix("+") == PHONE
    assert now_is(first).address.removeprefix("+") == NEXT


def test_a_visit_booked_afterwards_hangs_and_is_told_of_at_the_new_number() -> None:
    first = booked()
    moves()
    visit = booked(first.patient, start="2026-12-01T09:30")
    assert visit.contact_point == f"phone#+{NEXT}"
    assert visit.address.removeprefix("+") == NEXT


def test_a_reminder_that_waits_for_the_old_number_never_goes_there() -> None:
    visit = by_sms()
    reminded(LATER)
    (waiting,) = reminders(visit)
    moves()
    assert claim(T, waiting.id, LATER) is None
    after = contacts.find_communication(T, waiting.id)
    assert after is not None
    assert (after.state, after.error) == ("failed", "bad_address")
    instead = contacts.find_communication(T, after.replaced_by or "")
    assert instead is not None
    assert (instead.channel, instead.address.removeprefix("+")) == ("whatsapp", NEXT)


def test_told_again_it_changes_nothing_even_when_the_old_number_has_another_owner() -> None:
    visit = booked()
    moves()
    stranger = writes("Bom dia", PHONE, "wamid.other")
    before = [patients.get(T, one) for one in (visit.patient, stranger)]
    moves()
    assert [patients.get(T, one) for one in (visit.patient, stranger)] == before
    assert [one.patient for one in view().links] == [stranger]


def test_told_by_another_event_it_changes_nothing_either() -> None:
    visit = booked()
    moves()
    stranger = writes("Bom dia", PHONE, "wamid.other")
    before = patients.get(T, visit.patient)
    record(T, received("", "wamid.x", type="system", changed_to=[("phone", f"+{NEXT}")]), SOON)
    assert patients.get(T, visit.patient) == before
    assert patients.get(T, stranger).live == (POINT,)


def test_who_wrote_from_the_new_number_first_is_reminded_there_and_answers_there() -> None:
    visit = booked()
    early = writes("Oi, troquei de número", NEXT, "wamid.early")
    moves()
    reminded()
    assert {one.address.removeprefix("+") for one in reminders(visit)} == {NEXT}
    assert [one.patient for one in view(NEXT_POINT).links] == [early, visit.patient]
    writes("1", NEXT, "wamid.yes")
    assert now_is(visit).confirmation == "confirmed"
    assert view().links == ()


def test_the_change_is_on_the_timeline_of_who_moved() -> None:
    visit = booked()
    writes("Oi", NEXT, "wamid.early")
    moves()
    told = [one.provider_id for one in contacts.timeline(T, visit.patient)[0] if one.direction == "inbound"]
    assert told == ["wamid.moved"]


def test_everybody_behind_a_familys_number_moves() -> None:
    mother, child = booked(), booked(Person("Pedro Silva", MARIA.phone), start="2026-11-30T10:30")
    assert mother.patient != child.patient
    moves()
    assert [one.patient for one in view(NEXT_POINT).links] == [mother.patient, child.patient]
    assert {now_is(one).address.removeprefix("+") for one in (mother, child)} == {NEXT}
    assert view().links == ()


def test_who_gets_the_old_number_back_has_it_again() -> None:
    visit = booked()
    moves()
    back = received("", "wamid.back", sender=NEXT, type="system", changed_to=[("phone", f"+{PHONE}")])
    record(T, back, later(minutes=9))
    known = patients.get(T, visit.patient)
    assert (known.live, known.former) == ((POINT,), (NEXT_POINT,))
    assert [one.patient for one in view().links] == [visit.patient]
    assert now_is(visit).address.removeprefix("+") == PHONE


def test_a_late_message_gives_nobody_back_what_they_left() -> None:
    patient = booked().patient
    moves()
    both = [("phone", f"+{PHONE}"), ("phone", f"+{NEXT}")]
    record(T, received("Oi", "wamid.late")._replace(identities=both), SOON)
    assert patients.get(T, patient).live == (NEXT_POINT,)
    assert view().links == ()


def test_of_somebody_unknown_only_the_new_number_is_kept() -> None:
    moves()
    (link,) = view(NEXT_POINT).links
    assert patients.get(T, link.patient).contact_points == (NEXT_POINT,)
    assert view().links == ()
    assert writes("Oi", PHONE, "wamid.other") != link.patient


def test_an_address_that_is_not_the_providers_to_tell_of_stays() -> None:
    mail = ContactPoint(system="email", value="maria@example.org")
    patient = booked().patient
    record(
        T, received("Oi", "wamid.0")._replace(identities=[("phone", f"+{PHONE}"), ("email", mail.value)]), NOW
    )
    moves()
    assert patients.get(T, patient).live == (mail, NEXT_POINT)


def test_a_patient_who_changed_while_they_were_moved_is_moved_all_the_same() -> None:
    patient = booked().patient
    with overtaken(lambda: on_sms(patient)):
        moves()
    known = patients.get(T, patient)
    assert (known.channels, known.phone) == (("sms",), f"+{NEXT}")


def test_the_next_owner_who_moves_on_leaves_who_was_there_before_where_they_are() -> None:
    visit = booked()
    moves()
    stranger = writes("Oi", PHONE, "wamid.other")
    third = received("", "wamid.on", type="system", changed_to=[("phone", "+5511900000077")])
    record(T, third, SOON)
    assert patients.get(T, stranger).phone == "+5511900000077"
    assert patients.get(T, visit.patient).phone == f"+{NEXT}"
    assert now_is(visit).address.removeprefix("+") == NEXT


def test_a_change_that_was_broken_off_half_way_is_made_whole() -> None:
    """Between the mother's move and her child's, somebody else has come to their old number already."""
    mother = booked()
    child = booked(Person("Pedro Silva", MARIA.phone), start="2026-11-30T10:30")
    change_number._move(T, mother.patient, [POINT], [NEXT_POINT])
    other = booked(Person("João Souza", MARIA.phone), start="2026-11-30T11:30")
    moves()
    assert [patients.get(T, one.patient).phone for one in (mother, child, other)] == [
        f"+{NEXT}",
        f"+{NEXT}",
        f"+{PHONE}",
    ]
    assert {now_is(one).address.removeprefix("+") for one in (mother, child)} == {NEXT}
    assert [one.patient for one in view().links] == [other.patient]


def test_who_changes_their_number_is_the_same_person_and_answered_there() -> None:
    record(T, received("Bom dia"), NOW)
    moves()
    patient = writes("Sou eu", NEXT, "wamid.3")
    assert [one.text for one in contacts.timeline(T, patient)[0]] == ["Bom dia", "", "Sou eu"]
    assert patients.get(T, patient).contact_points == (POINT, NEXT_POINT)
    (contact,), _ = contacts.open_contacts(T)
    assert contact.address == NEXT


def test_a_new_number_that_is_somebody_elses_already_makes_one_of_two_people_of_nobody() -> None:
    record(T, received("Oi", "wamid.0", sender=NEXT), NOW)
    record(T, received("Bom dia"), NOW)
    moves()
    assert len({one.patient for one in contacts.open_contacts(T)[0]}) == 2
