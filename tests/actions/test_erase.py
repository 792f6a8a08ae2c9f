"""A person is erased: gone at once for everybody, and then, page by page, from every row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.close import close
from recado.actions.erase import erase
from recado.actions.identify import identify
from recado.actions.join_records import join_records
from recado.actions.list_closed import list_closed
from recado.actions.note_consent import note_consent
from recado.actions.part_records import part_records
from recado.actions.record import record
from recado.actions.relate import Relation, relate
from recado.actions.sweep import sweep
from recado.errors import Conflict, NotFound
from recado.model.erasure import Erasure
from recado.model.patient import ANONYMOUS, Patient
from recado.rules.communications import communication_id
from recado.rules.erasure import KNOWN, SETTLED
from recado.rules.households import Heard
from recado.store import appointments, contacts, erasures, patients, tenants

from tests.cloud import Cloud
from tests.people import believed, known_as
from tests.samples import NOW, PHONE, later, received
from tests.visits import MARIA, POINT, START, VISIT, booked, overtaken, view

pytestmark = pytest.mark.usefixtures("clinic")

AFTER = START + timedelta(hours=1)
OTHER = "5511900000002"


def wrote(
    text: str = "Oi", message_id: str = "wamid.1", sender: str = PHONE, name: str = "Maria Silva"
) -> str:
    """Somebody wrote; their record."""
    record("boavista", received(text, message_id, sender, name=name), NOW)
    found = contacts.find_communication("boavista", _id(message_id))
    assert found
    return found.patient


def _id(message_id: str) -> str:
    return communication_id("boavista", "whatsapp", received().account, message_id)


def erased(patient: str) -> Erasure:
    return erase("boavista", patient, NOW, by="role:admin", reason="requested")


def swept() -> None:
    """All minutes until it is settled."""
    for minute in range(1, 13):
        sweep("boavista", later(minutes=minute))


def test_whoever_is_erased_is_found_by_nobody_from_then_on() -> None:
    who = wrote()
    erased(who)
    with pytest.raises(NotFound):
        patients.get("boavista", who)
    with pytest.raises(NotFound):
        contacts.get_contact("boavista", f"{who}.1")
    assert view().links == ()
    assert contacts.open_contacts("boavista")[0] == []
    assert list_closed("boavista", NOW)[0] == []


def test_the_agent_who_had_them_has_free_hands() -> None:
    who = wrote()
    sweep("boavista", later(minutes=2))
    assert tenants.agent("boavista", "ana").assigned == {f"{who}.1"}
    erased(who)
    assert tenants.agent("boavista", "ana").assigned == frozenset()


def test_somebody_with_a_visit_to_come_is_not_erased(clinic: Cloud) -> None:
    visit = booked()
    before = [clinic.items(table) for table in ("patients", "contacts", "appointments")]
    with pytest.raises(Conflict, match="visits to come"):
        erased(visit.patient)
    assert [clinic.items(table) for table in ("patients", "contacts", "appointments")] == before


def test_nobody_is_erased_because_recado_takes_them_for_somebody() -> None:
    mine, strangers = known_as("p1", age=timedelta(days=1)), known_as("p2")
    believed("p2", "p1")
    for one in (mine, strangers):
        with pytest.raises(Conflict, match="one person's") as refused:
            erased(one.id)
        assert refused.value.field == "records"
    part_records("boavista", "p2", "agent:ana", NOW)
    assert erased("p2").records == ("p2",)
    assert patients.get("boavista", "p1").name == mine.name


def test_whom_recado_takes_for_somebody_about_to_be_erased_stays() -> None:
    known_as("p1", age=timedelta(days=1), opted_out=frozenset({"care"}))
    known_as("p2", age=timedelta(days=1))
    join_records("boavista", "p2", "p1", "agent:ana", NOW)
    known_as("p3")
    assert erased("p1").due_at == NOW + KNOWN
    believed("p3", "p1")
    sweep("boavista", NOW + KNOWN)
    assert patients.get("boavista", "p3").person is None
    for one in ("p1", "p2"):
        with pytest.raises(NotFound):
            patients.get("boavista", one)


def test_a_visit_that_was_stays_as_a_number_and_as_no_ones() -> None:
    visit = booked()
    erase("boavista", visit.patient, AFTER, by="role:admin", reason="retention")
    sweep("boavista", AFTER)
    kept = appointments.find("boavista", visit.id)
    assert kept
    assert (kept.status, kept.start) == ("booked", visit.start)
    assert (kept.patient_name, kept.practitioner, kept.type, kept.address) == (None, "", "", "")
    assert appointments.of_day("boavista", VISIT.start[:10]) == []
    with pytest.raises(NotFound):
        appointments.get("boavista", visit.id)


def test_a_visit_that_was_booked_just_then_goes_too() -> None:
    who = wrote()
    late = booked(Person("João Souza", "+5511933334444"))
    erased(who)
    moved = late.model_copy(update={"patient": who})
    appointments.save_appointment("boavista", moved)
    sweep("boavista", later(minutes=1))
    kept = appointments.find("boavista", late.id)
    assert kept
    assert (kept.status, kept.patient_name) == ("cancelled", None)


def test_all_records_of_a_person_are_erased_whichever_is_named() -> None:
    one, other = wrote(), wrote("Oi", "wamid.2", OTHER, "Mia")
    join_records("boavista", other, one, "agent:ana", NOW)
    assert set(erased(other).records) == {one, other}
    for gone in (one, other):
        with pytest.raises(NotFound):
            patients.get("boavista", gone)
        assert erased(gone).id == one


def test_asked_again_it_says_how_far_it_is(clinic: Cloud) -> None:
    who = wrote()
    assert erased(who).state == "erasing"
    before = clinic.items("contacts")
    assert erased(who).state == "erasing"
    assert clinic.items("contacts") == before
    swept()
    done = erased(who)
    assert (done.state, done.people, done.reason, done.by) == ("erased", (), "requested", "role:admin")
    assert done.due_at is None


def test_it_is_finished_only_when_nobody_can_have_anything_of_it_in_hand_any_more() -> None:
    who = wrote()
    erased(who)
    for minute in range(int(SETTLED.total_seconds() // 60)):
        sweep("boavista", later(minutes=minute))
    known = erasures.find("boavista", who)
    assert known
    assert known.state == "erasing"
    sweep("boavista", NOW + SETTLED + timedelta(minutes=1))
    known = erasures.find("boavista", who)
    assert known
    assert known.state == "erased"


def test_a_message_that_is_recorded_at_that_moment_is_somebody_new_s() -> None:
    who = wrote()
    with overtaken(lambda: erased(who)):
        new = wrote("Ainda aqui?", "wamid.2")
    assert new != who
    swept()
    (contact,), _ = contacts.open_contacts("boavista")
    assert (contact.patient, contact.last_text) == (new, "Ainda aqui?")


def test_neither_does_one_that_was_about_to_open_a_contact_belong_to_who_is_gone() -> None:
    who = wrote()
    close("boavista", f"{who}.1", "resolved", NOW)
    with overtaken(lambda: erased(who)):
        assert wrote("Ainda aqui?", "wamid.2") != who


def test_who_shares_the_number_stays_behind_it_and_no_place_is_given_twice() -> None:
    maria, joao = booked(), booked(Person("João Pereira", MARIA.phone), "2026-11-30T15:00")
    erase("boavista", maria.patient, AFTER + timedelta(days=1), by="role:admin", reason="requested")
    assert [(link.patient, link.place) for link in view().links] == [(joao.patient, 2)]
    assert view().introduced == 2
    new = book(
        "boavista",
        Person("Lia Pereira", MARIA.phone),
        VISIT._replace(start="2026-12-08T15:00"),
        AFTER + timedelta(days=2),
        author="agent:ana",
    )
    assert {link.patient: link.place for link in view().links} == {joao.patient: 2, new.patient: 3}


def test_the_last_one_leaves_nothing_behind_at_a_number(clinic: Cloud) -> None:
    who = wrote()
    erased(who)
    assert [row for row in clinic.items("patients") if PHONE in str(row)] == []


def test_with_the_last_of_a_household_goes_what_was_never_known_to_be_whose(clinic: Cloud) -> None:
    maria, joao = booked(), booked(Person("João Pereira", MARIA.phone), "2026-11-30T15:00")
    house = wrote("Bom dia", name="")
    assert patients.get("boavista", house).kind == "household"
    late = START + timedelta(days=1)
    erase("boavista", maria.patient, late, by="role:admin", reason="requested")
    assert patients.get("boavista", house)
    assert erase("boavista", joao.patient, late, by="role:admin", reason="requested").records[1:] == (house,)
    for minute in range(1, 13):
        sweep("boavista", late + timedelta(minutes=minute))
    rows = [row for table in ("patients", "contacts", "appointments") for row in clinic.items(table)]
    assert [row for row in rows if PHONE in str(row)] == []


def test_who_stood_by_them_does_so_no_more() -> None:
    mother, child = wrote(), wrote("Oi", "wamid.2", OTHER, "Ari")
    relate("boavista", "ana", child, Relation(mother, "guardian"), NOW)
    erased(child)
    assert patients.get("boavista", mother).stands_by == ()
    assert view().links[0].wards == ()


@pytest.fixture
def with_key(clinic: Cloud) -> None:
    """Somebody who had stopped something was erased here before."""
    tenants.make_hash_key("boavista", NOW - timedelta(days=1))


def test_the_first_of_a_clinic_who_had_stopped_something_waits_until_all_functions_know_its_key() -> None:
    who = wrote()
    note_consent("boavista", "ana", who, NOW, action="stop", purposes=["care"], note="pediu")
    assert erased(who).state == "erasing"
    assert patients.get("boavista", who)
    sweep("boavista", NOW + KNOWN - timedelta(seconds=1))
    assert patients.get("boavista", who)
    sweep("boavista", NOW + KNOWN)
    with pytest.raises(NotFound):
        patients.get("boavista", who)
    assert patients.get("boavista", wrote("Oi", "wamid.2")).opted_out == {"care"}


@pytest.mark.usefixtures("with_key")
def test_what_they_had_stopped_is_stopped_for_who_is_booked_with_their_number() -> None:
    who = wrote()
    note_consent("boavista", "ana", who, NOW, action="stop", purposes=["care"], note="pediu")
    erased(who)
    again = booked()
    assert again.patient != who
    assert patients.get("boavista", again.patient).opted_out == {"care"}


@pytest.mark.usefixtures("with_key")
def test_what_is_remembered_is_given_back_once_and_may_be_taken_back() -> None:
    who = wrote()
    note_consent("boavista", "ana", who, NOW, action="stop", purposes=["care"], note="pediu")
    erased(who)
    again = wrote("Oi", "wamid.2")
    note_consent("boavista", "ana", again, later(minutes=1), action="start", purposes=["care"], note="quer")
    erased(again)
    assert patients.get("boavista", wrote("Oi", "wamid.3")).opted_out == frozenset()


@pytest.mark.usefixtures("with_key")
def test_of_what_was_stopped_no_number_is_kept(clinic: Cloud) -> None:
    who = wrote()
    note_consent("boavista", "ana", who, NOW, action="stop", purposes=["care"], note="pediu")
    erased(who)
    swept()
    rows = [row for table in ("patients", "contacts", "tenants") for row in clinic.items(table)]
    assert [row for row in rows if PHONE in str(row)] == []


def test_withheld_numbers_are_no_one_person() -> None:
    patients.put("boavista", Patient(id=ANONYMOUS, created_at=NOW))
    with pytest.raises(Conflict):
        erased(ANONYMOUS)


def test_nobody_is_erased_whom_the_clinic_does_not_have() -> None:
    who = wrote()
    with pytest.raises(NotFound):
        erase("delsol", who, NOW, by="role:admin", reason="requested")
    assert patients.get("boavista", who)


def test_who_comes_back_is_new_to_whoever_looks() -> None:
    who = wrote()
    erased(who)
    sender = identify("boavista", [POINT], Heard(), NOW)
    assert sender.new is not None
    assert sender.patient != who
