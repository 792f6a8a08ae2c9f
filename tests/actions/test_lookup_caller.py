"""Who is calling, and what is next for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow, spoken_name
from recado.errors import NotFound
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link, Upcoming
from recado.model.tenant import Language
from recado.store import patients
from recado.store.calls import find as find_call
from recado.store.rows import transaction

from tests import calls
from tests.calls import CALL, CALLER
from tests.counter import counted
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("clinic")

PHONE = ContactPoint(system="phone", value=CALLER)
TUESDAY = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def known(
    name: str | None = "Maria Silva",
    place: int = 1,
    tenant: str = "boavista",
    language: Language | None = None,
    care_team: str | None = None,
) -> str:
    patient = f"p{place}"
    link = Link(patient=patient, name=name, language=language, care_team=care_team)
    with transaction() as work:
        patients.link(tenant, PHONE, link, place, work)
        patients.note_seen(tenant, PHONE, patient, NOW, work)
    return patient


def booked(patient: str, start: datetime = TUESDAY, appointment: str = "a1") -> None:
    visit = Upcoming(
        appointment=appointment,
        patient=patient,
        start=start,
        timezone="America/Sao_Paulo",
        practitioner="Dra. Costa",
    )
    with transaction() as work:
        patients.note_upcoming("boavista", f"phone#{CALLER}", visit, work)


def test_a_known_caller_is_greeted_by_first_name_and_told_what_is_next() -> None:
    booked(known())
    answer = answer_flow(calls.flow(), NOW)
    assert (answer["status"], answer["known"], answer["patient"]) == ("ok", "true", "p1")
    assert answer["greeting"].startswith("Clínica Boa Vista, olá, Maria.")
    assert answer["next"] == "Sua próxima consulta é terça-feira, 24 de novembro, às 09:30."
    assert answer["has_next"] == "true"


def test_the_first_of_several_visits_is_next_and_the_past_is_past() -> None:
    patient = known()
    booked(patient, TUESDAY + timedelta(days=7), "later")
    booked(patient, TUESDAY, "next")
    booked(patient, NOW - timedelta(days=1), "past")
    assert "24 de novembro" in answer_flow(calls.flow(), NOW)["next"]


def test_an_unknown_caller_is_greeted_by_the_clinic_alone() -> None:
    answer = answer_flow(calls.flow(), NOW)
    assert (answer["known"], answer["has_next"], answer["next"], answer["patient"]) == (
        "false",
        "false",
        "",
        "",
    )
    assert answer["greeting"].startswith("Clínica Boa Vista, olá.")


def test_a_shared_number_discloses_nothing() -> None:
    booked(known())
    known("João Silva", place=2)
    answer = answer_flow(calls.flow(), NOW)
    stranger = answer_flow(calls.flow(caller="+5511900000000", call="other"), NOW)
    assert answer == stranger


def test_a_withheld_number_discloses_nothing() -> None:
    booked(known())
    answer = answer_flow(calls.flow(caller=None), NOW)
    assert answer["known"] == "false"
    assert "Maria" not in json.dumps(answer)


def test_whom_a_team_looks_after_comes_to_a_person_without_a_menu() -> None:
    booked(known(care_team="reception"))
    answer = answer_flow(calls.flow(), NOW)
    assert (answer["known"], answer["has_next"], answer["next"]) == ("true", "false", "")


def test_somebody_elses_visit_at_the_same_number_is_not_told() -> None:
    known()
    booked("p9")
    assert answer_flow(calls.flow(), NOW)["has_next"] == "false"


def test_the_caller_is_spoken_to_in_their_language() -> None:
    booked(known(language="it"))
    answer = answer_flow(calls.flow(), NOW)
    assert (answer["language"], answer["voice"]) == ("it", "Bianca")
    assert "buongiorno, Maria" in answer["greeting"]
    assert "24 novembre" in answer["next"]


def test_another_clinics_patient_is_nobody_here() -> None:
    known(tenant="delsol")
    assert answer_flow(calls.flow(), NOW)["known"] == "false"


def test_the_clinic_follows_from_the_dialled_number_and_from_nothing_else() -> None:
    known(tenant="delsol")
    wishes = {"tenant": "delsol", "SystemEndpoint": "+34910000000"}
    event = calls.flow(Attributes=wishes)
    event["Details"]["Parameters"] |= wishes
    assert answer_flow(event, NOW)["known"] == "false"
    assert find_call("delsol", CALL) is None
    with pytest.raises(NotFound):
        answer_flow(calls.flow(SystemEndpoint={"Address": "+5511999999999"}), NOW)


def test_the_answer_is_flat_and_all_strings_and_small() -> None:
    booked(known("x" * 500))
    answer = answer_flow(calls.flow(), NOW)
    assert all(isinstance(value, str) and len(value) < 1000 for value in answer.values())
    assert len(json.dumps(answer)) < 32_000


def test_the_call_is_noted_so_that_events_without_a_number_find_the_caller() -> None:
    answer_flow(calls.flow(), NOW)
    call = find_call("boavista", CALL)
    assert call is not None
    assert (call.caller, call.dialled) == (CALLER, "+551130000000")


def test_it_costs_one_read_and_one_conditional_write() -> None:
    answer_flow(calls.flow(call="warm"), NOW)
    with counted() as operations:
        answer_flow(calls.flow(), NOW)
    assert operations == ["Query", "PutItem"]


def test_the_same_step_again_changes_nothing_and_answers_the_same() -> None:
    first = answer_flow(calls.flow(), NOW)
    before = find_call("boavista", CALL)
    assert answer_flow(calls.flow(), NOW + timedelta(seconds=5)) == first
    assert find_call("boavista", CALL) == before


def test_an_event_that_was_faster_than_the_flow_loses_nothing() -> None:
    hear_call(json.dumps(calls.event("INITIATED", {})).encode(), NOW)
    assert answer_flow(calls.flow(), NOW)["status"] == "ok"
    call = find_call("boavista", CALL)
    assert call is not None
    assert call.caller == CALLER
    assert call.legs[0].initiated_at == NOW


@pytest.mark.parametrize("step", ["callback", "self_served"])
def test_what_the_caller_chose_is_noted(step: str) -> None:
    answer_flow(calls.flow(), NOW)
    assert answer_flow(calls.flow(step), NOW)["status"] == "ok"
    call = find_call("boavista", CALL)
    assert call is not None
    assert (call.callback_requested, call.self_served) == (step == "callback", step == "self_served")


def test_after_a_choice_the_caller_is_answered_in_their_language() -> None:
    wish = calls.flow("callback")
    wish["Details"]["Parameters"]["language"] = "it"
    assert "richiam" in answer_flow(wish, NOW)["say"]
    wish["Details"]["Parameters"]["language"] = ""
    assert "ligamos de volta" in answer_flow(wish, NOW)["say"]


def test_nobody_promises_to_call_a_withheld_number() -> None:
    answer = answer_flow(calls.flow("callback", caller=None), NOW)
    assert answer == {"status": "error", "say": "Obrigado por ligar. Até logo."}
    assert find_call("boavista", CALL) is None


def test_a_step_that_we_do_not_know_goes_to_a_person() -> None:
    assert answer_flow(calls.flow("dance"), NOW) == {"status": "error"}


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Maria Silva", "Maria"),
        ("🌸 Núria ✨", "Núria"),
        ("D'Angelo Rossi", "D'Angelo"),
        ("<speak>Bea", "speak"),
        ("Anna-Maria", "Anna-Maria"),
        ("+55 11 98765", None),
        ("…", None),
        ("", None),
        (None, None),
    ],
)
def test_a_profile_name_is_said_as_far_as_it_is_a_name(name: str | None, spoken: str | None) -> None:
    assert spoken_name(name) == spoken


def test_a_caller_who_was_not_there_of_late_may_be_who_has_the_number_now() -> None:
    booked(known(), NOW + timedelta(days=60))
    answer = answer_flow(calls.flow(), NOW + timedelta(days=45))
    assert (answer["known"], answer["patient"], answer["has_next"]) == ("false", "", "false")
    assert "Maria" not in "".join(answer.values())


def test_a_number_of_two_records_that_only_the_rules_take_for_one_person_s_tells_nothing() -> None:
    booked(known())
    joined = Link(patient="p2", name="Maria S.", person="p1")
    with transaction() as work:
        patients.link("boavista", PHONE, joined, 2, work)
    assert answer_flow(calls.flow(), NOW)["known"] == "false"
    with transaction() as work:
        patients.relink("boavista", PHONE, joined.model_copy(update={"confirmed": True}), 2, work)
    assert answer_flow(calls.flow(), NOW)["has_next"] == "true"
