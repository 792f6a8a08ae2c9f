"""Booking a visit: patient, appointment, what is next and the word to the patient, in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.place_visit import Visit
from recado.actions.record import record
from recado.actions.zones import TZ_VERSION
from recado.errors import Conflict, Invalid, Misconfigured, NotFound, RecadoError
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.tenant import Account
from recado.store import appointments, patients, tenants

from tests.cloud import Cloud
from tests.counter import counted
from tests.samples import NOW, WHATSAPP, later, received
from tests.visits import (
    FIRST,
    MARIA,
    POINT,
    SECOND,
    START,
    VISIT,
    booked,
    now_is,
    opted_out,
    overtaken,
    reminded,
    view,
    written,
)

pytestmark = pytest.mark.usefixtures("clinic")


def test_a_visit_is_stored_with_its_wall_time_its_instant_and_the_tz_database_behind_it() -> None:
    appointment = booked()
    assert now_is(appointment) == appointment
    assert (appointment.local_start, appointment.timezone) == ("2026-11-30T09:30", "America/Sao_Paulo")
    assert (appointment.start, appointment.tz_version) == (START, TZ_VERSION)
    assert (appointment.status, appointment.confirmation, appointment.schedule) == ("booked", "none", 1)
    assert (appointment.account, appointment.created_by) == (WHATSAPP["boavista"], "agent:ana")


def test_its_reminders_are_planned_and_the_row_is_due_with_the_first() -> None:
    appointment = booked()
    morning = START - timedelta(minutes=90)
    assert [(one.step, one.due_at) for one in appointment.reminders] == [
        ("72h", FIRST),
        ("24h", SECOND),
        ("3h", morning),
        ("call", morning),
    ]
    assert appointment.due_at == FIRST
    assert appointments.due("boavista", FIRST - timedelta(seconds=1)).appointments == []
    assert [one.id for one in appointments.due("boavista", FIRST)[0]] == [appointment.id]


def test_the_patient_is_told_by_a_template_that_names_nothing_but_when_where_and_with_whom() -> None:
    (message,) = written(booked().patient)
    assert (message.state, message.purpose, message.contact) == ("queued", "confirmation", None)
    assert message.template
    assert message.template.name == "booked"
    assert message.template.language == "pt-BR"
    assert set(message.template.parameters) == {"name", "clinic", "practitioner", "date", "time"}
    assert "consulta" not in str(message.template.parameters)
    assert (message.address, message.not_after) == (POINT.value, START)
    assert message.due_at == later(seconds=60)


def test_whoever_calls_from_that_number_is_known_with_what_is_next() -> None:
    appointment = booked()
    (upcoming,) = view().upcoming
    assert (upcoming.appointment, upcoming.start) == (appointment.id, START)
    assert [link.name for link in view().links] == ["Maria Silva"]


READS = ("GetItem", "BatchGetItem", "Query")


def test_it_is_one_transaction_and_whose_record_a_new_one_is_another(clinic: Cloud) -> None:
    with counted() as calls:
        appointment = booked()
    assert [call for call in calls if call not in READS] == ["TransactWriteItems"] * 2
    with counted() as calls:
        booked(appointment.patient, "2026-12-04T09:30")
    assert [call for call in calls if call not in READS] == ["TransactWriteItems"]


def test_somebody_new_becomes_a_patient_of_that_name_and_number() -> None:
    appointment = booked(Person("  Maria   Silva ", "+55 11 8765-4321", "en"))
    patient = patients.get("boavista", appointment.patient)
    assert (patient.name, patient.language, patient.kind) == ("Maria Silva", "en", "patient")
    assert patient.contact_points == (POINT,)
    assert appointment.language == "en"


@pytest.mark.parametrize("name", ["maria silva", "Maria", "Maria da Silva", "MARÍA"])
def test_a_patient_of_a_name_that_fits_is_the_same_one(name: str) -> None:
    first = booked()
    assert booked(Person(name, MARIA.phone), start="2026-12-03T10:00").patient == first.patient
    assert len(view().links) == 1


def test_another_name_at_a_patients_number_is_another_patient() -> None:
    mother, son = booked(), booked(Person("João Pereira", MARIA.phone))
    assert mother.patient != son.patient
    assert [link.name for link in view().links] == ["Maria Silva", "João Pereira"]
    assert {one.patient for one in view().upcoming} == {mother.patient, son.patient}


def test_who_has_only_written_before_under_another_persons_name_is_not_who_the_visit_is_for() -> None:
    record("boavista", received(name="Mari 🌸"), NOW)
    (mother,) = view().links
    child = booked(Person("Pedro Dias", MARIA.phone))
    assert [one.patient for one in view().links] == [mother.patient, child.patient]
    assert patients.get("boavista", mother.patient).name == "Mari 🌸"


def test_who_has_only_written_before_is_a_lead_whose_own_name_gives_way() -> None:
    record("boavista", received(name="🌸✨🌸"), NOW)
    (lead,) = view().links
    appointment = booked(Person("Ana Clara Dias", MARIA.phone))
    assert appointment.patient == lead.patient
    patient = patients.get("boavista", lead.patient)
    assert (patient.kind, patient.name) == ("patient", "Ana Clara Dias")
    assert [link.name for link in view().links] == ["Ana Clara Dias"]


def test_a_patient_who_has_written_is_answered_at_the_address_that_the_provider_gave() -> None:
    record("boavista", received(sender="551187654321"), NOW)
    assert booked().address == "551187654321"


def test_a_known_patient_is_booked_by_id() -> None:
    first = booked()
    second = booked(first.patient, "2026-12-01T10:00")
    assert (second.patient, second.patient_name, second.address) == (
        first.patient,
        "Maria Silva",
        POINT.value,
    )
    assert len(view().upcoming) == 2


def test_a_lead_is_booked_by_id_too() -> None:
    record("boavista", received(), NOW)
    (lead,) = view().links
    assert booked(lead.patient).patient == lead.patient
    assert patients.get("boavista", lead.patient).kind == "patient"


def test_another_clinics_patient_is_not_found() -> None:
    patient = booked().patient
    with pytest.raises(NotFound):
        book("delsol", patient, VISIT, NOW, author="agent:lucia")


@pytest.mark.parametrize(
    ("points", "name"),
    [
        ((), "Maria"),
        ((ContactPoint(system="unverified_email", value="m@example.org"),), "Maria"),
        ((POINT,), None),
    ],
)
def test_a_patient_whom_we_could_not_write_to_by_name_is_refused(
    points: tuple[ContactPoint, ...], name: str | None
) -> None:
    patients.put("boavista", Patient(id="p1", name=name, contact_points=points, created_at=NOW))
    with pytest.raises(Invalid) as refused:
        booked("p1")
    assert refused.value.field == "patient"


@pytest.mark.parametrize(
    ("person", "visit", "field"),
    [
        (MARIA, VISIT._replace(start="2026-11-23T10:59"), "start"),
        (MARIA, VISIT._replace(start="2026-11-23T14:00Z"), "start"),
        (MARIA, VISIT._replace(start="2032-01-01T10:00"), "start"),
        (MARIA, VISIT._replace(start="next week"), "start"),
        (MARIA, VISIT._replace(practitioner=" "), "practitioner"),
        (MARIA, VISIT._replace(practitioner="x" * 101), "practitioner"),
        (MARIA, VISIT._replace(type="\x00"), "type"),
        (MARIA, VISIT._replace(minutes=0), "minutes"),
        (MARIA, VISIT._replace(minutes=1441), "minutes"),
        (MARIA._replace(name=""), VISIT, "name"),
        (MARIA._replace(name="\ud83d"), VISIT, "name"),
        (MARIA._replace(phone="12"), VISIT, "phone"),
        (MARIA._replace(language="fr"), VISIT, "language"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_stored(
    clinic: Cloud, person: Person, visit: Visit, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        book("boavista", person, visit, NOW, author="agent:ana")
    assert refused.value.field == field
    assert clinic.items("appointments") == clinic.items("patients") == clinic.items("contacts") == []


def pause_whatsapp() -> None:
    on = tenants.account("boavista", "whatsapp", WHATSAPP["boavista"])
    tenants.save_account("boavista", on.model_copy(update={"state": "paused"}))
    tenants.forget()


def also_by(channel: str, number: str = "551130000001") -> None:
    """Boa Vista takes up a channel."""
    tenants.save_account("boavista", Account(tenant="boavista", channel=channel, id=number))
    tenants.forget()


def test_a_clinic_without_an_account_to_write_by_is_not_set_up_to_book() -> None:
    pause_whatsapp()
    with pytest.raises(Misconfigured):
        booked()


def test_a_clinic_with_nothing_but_sms_books_and_says_so_by_sms() -> None:
    pause_whatsapp()
    also_by("twilio_sms")
    visit = booked()
    assert (visit.channel, visit.account, visit.address) == ("twilio_sms", "551130000001", POINT.value)
    (message,) = written(visit.patient)
    assert (message.channel, message.kind, message.address) == ("twilio_sms", "text", POINT.value)


def test_what_the_patient_prefers_is_how_they_hear_of_their_visit() -> None:
    also_by("twilio_sms")
    patient = patients.get("boavista", booked().patient)
    patients.put("boavista", patient.model_copy(update={"channels": ("sms",)}))
    assert booked(start="2026-12-01T10:00").channel == "twilio_sms"


def test_a_patient_whom_none_of_the_clinics_channels_reaches_is_told_to_the_front_desk() -> None:
    chat = ContactPoint(system="webchat", value="visitor")
    patients.put("boavista", Patient(id="p1", name="Maria", contact_points=(chat,), created_at=NOW))
    with pytest.raises(Invalid) as refused:
        booked("p1")
    assert refused.value.field == "patient"


def test_a_reminder_takes_another_account_when_the_one_of_the_booking_is_paused() -> None:
    visit = booked()
    also_by("twilio_sms")
    pause_whatsapp()
    assert reminded() == ["72h"]
    (reminder,) = written(visit.patient, "reminder")
    assert (reminder.channel, reminder.kind) == ("twilio_sms", "text")
    assert [button.payload.partition(":")[0] for button in reminder.buttons] == ["confirm", "cancel"]


def test_whoever_opted_out_is_booked_and_not_told() -> None:
    first = booked()
    opted_out(first.patient)
    second = booked(start="2026-12-01T10:00")
    assert second.patient == first.patient
    assert len(written(first.patient)) == 1


def test_an_opt_out_while_we_book_is_heeded() -> None:
    patient = booked().patient
    with overtaken(lambda: opted_out(patient)):
        booked(start="2026-12-01T10:00")
    assert len(written(patient)) == 1


def test_two_who_book_for_a_new_patient_at_once_make_one_patient() -> None:
    with overtaken(lambda: booked(start="2026-12-01T10:00")):
        booked()
    assert len(view().links) == 1
    assert len(view().upcoming) == 2


def test_a_start_shown_twice_is_the_first_and_an_offset_means_the_second() -> None:
    autumn = later(days=300)
    marta = Person("Marta Ruiz", "600 111 222")
    shown, meant = "2027-10-31T02:30", "2027-10-31T02:30+01:00"
    first = book("delsol", marta, VISIT._replace(start=shown), autumn, author="agent:lucia")
    second = book("delsol", first.patient, VISIT._replace(start=meant), autumn, author="agent:lucia")
    assert second.start - first.start == timedelta(hours=1)
    assert first.local_start == second.local_start == "2027-10-31T02:30"
    assert first.start == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_errors_never_repeat_what_was_typed() -> None:
    with pytest.raises(RecadoError) as refused:
        booked(MARIA._replace(phone="11 4444"))
    assert "4444" not in str(refused.value)


def test_the_same_request_again_finds_the_visit_that_it_booked() -> None:
    made = [
        book("boavista", MARIA, VISIT, NOW + timedelta(minutes=n), author="agent:ana", once="key")
        for n in range(2)
    ]
    assert made[0].id == made[1].id
    assert len(appointments.of_day("boavista", made[0].local_start[:10])) == 1


def test_another_agents_key_is_another_request() -> None:
    starts = {"ana": "2026-12-03T10:00", "bruno": "2026-12-03T11:00"}
    made = {
        book("boavista", MARIA, VISIT._replace(start=at), NOW, author=f"agent:{who}", once="key").id
        for who, at in starts.items()
    }
    assert len(made) == 2


def test_the_same_visit_sent_twice_without_a_name_of_its_own_is_refused() -> None:
    booked()
    with pytest.raises(Conflict):
        booked()


def test_a_new_name_at_a_number_that_said_stop_is_not_written_to(clinic: Cloud) -> None:
    first = booked()
    opted_out(first.patient)
    other = booked(Person("Beatriz Souza", MARIA.phone), start="2026-12-03T10:00")
    assert other.patient != first.patient
    assert written(other.patient) == []
