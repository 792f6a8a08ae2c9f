"""A provider says that somebody stopped, or takes again, what we send."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from recado.actions.admit import Person
from recado.actions.deliver import deliver
from recado.actions.note_consent import note_consent
from recado.actions.record import record
from recado.actions.record_consent import note_refusal
from recado.channels import Received
from recado.model.contact_point import ContactPoint
from recado.model.record import iso
from recado.store import contacts, patients
from recado.store.rows import transaction

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.provider import Provider, Refusal
from tests.samples import NOW, PHONE, later, received
from tests.visits import MARIA, POINT, booked, opted_out, overtaken, view, written

pytestmark = pytest.mark.usefixtures("clinic")


def told(
    action: str = "stop", purposes: tuple[str, ...] = ("care", "marketing"), key: str = "k1", minute: int = 0
) -> Received:
    """A provider's word about Maria's number."""
    event = {"action": action, "purposes": list(purposes), "evidence": "OptOutType"}
    return received()._replace(kind="consent", key=key, at=iso(later(minutes=minute)), event=event)


def takes(patient: str) -> set[str]:
    return {"care", "marketing"} - set(patients.get("boavista", patient).opted_out)


def test_a_stop_holds_on_every_channel_before_the_next_claim(provider: Provider) -> None:
    visit = booked()
    (message,) = written(visit.patient, "confirmation")
    record("boavista", told(), later(minutes=1))
    deliver("boavista", message.id, later(minutes=1))
    assert written(visit.patient, "confirmation")[0].state == "withdrawn"
    assert provider.taken == []


def test_it_keeps_what_the_provider_said() -> None:
    patient = booked().patient
    record("boavista", told(key="twilio_sms/1/consent/SM1"), later(minutes=1))
    (kept,) = patients.consents("boavista", patient)
    assert (kept.source, kept.evidence) == ("event:twilio_sms/1/consent/SM1", "OptOutType")


def test_a_stop_of_marketing_stops_nothing_else() -> None:
    patient = booked().patient
    record("boavista", told(purposes=("marketing",)), later(minutes=1))
    assert takes(patient) == {"care"}


def test_the_same_event_again_changes_nothing_however_late(clinic: Cloud) -> None:
    booked()
    record("boavista", told(), NOW)
    before = clinic.items("patients")
    for days in (0, 1, 8):
        record("boavista", told(), NOW + timedelta(days=days))
    assert clinic.items("patients") == before


def test_an_event_without_a_time_is_stored_once(clinic: Cloud) -> None:
    patient = booked().patient
    for days in (0, 1, 8):
        record("boavista", told()._replace(at=""), NOW + timedelta(days=days))
    assert len(patients.consents("boavista", patient)) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_events_out_of_order_lead_where_they_would_have_in_order(order: tuple[int, ...]) -> None:
    patient = booked().patient
    stories = [told(key="1"), told("start", key="2", minute=1), told(purposes=("care",), key="3", minute=2)]
    for number in order:
        record("boavista", stories[number], later(hours=1))
    assert takes(patient) == {"marketing"}


def test_a_time_in_the_future_does_not_bar_what_is_said_later() -> None:
    patient = booked().patient
    record("boavista", told(minute=60 * 24 * 365), NOW)
    record("boavista", told("start", key="k2", minute=5), later(minutes=5))
    assert takes(patient) == {"care", "marketing"}


def test_a_stop_of_a_number_that_nobody_has_holds_for_whoever_is_booked_at_it() -> None:
    record("boavista", told(), NOW)
    (link,) = view().links
    assert takes(link.patient) == set()
    visit = booked()
    assert takes(visit.patient) == set()
    assert written(visit.patient) == []


def test_who_is_booked_at_a_stopped_number_has_it_on_record_from_whom() -> None:
    mother = booked().patient
    record("boavista", told(), later(minutes=1))
    son = booked(Person("João Souza", MARIA.phone), "2026-11-30T15:00").patient
    (kept,) = patients.consents("boavista", son)
    assert (kept.source, set(kept.purposes)) == (f"patient:{mother}", {"care", "marketing"})


@pytest.mark.parametrize("system", ["telegram", "messenger", "webchat", "bsuid"])
def test_a_stop_of_a_messengers_id_that_nobody_has_leaves_nothing(system: str, clinic: Cloud) -> None:
    record("boavista", told()._replace(identities=[(system, "123")]), NOW)
    assert clinic.items("patients") == []


def test_a_start_of_a_number_that_nobody_has_leaves_nothing(clinic: Cloud) -> None:
    record("boavista", told("start"), NOW)
    assert clinic.items("patients") == []


def test_somebody_is_introduced_at_the_very_number_meanwhile() -> None:
    with overtaken(lambda: record("boavista", received("Oi"), NOW)):
        record("boavista", told(), NOW)
    (link,) = view().links
    assert takes(link.patient) == set()


def test_an_agent_notes_something_meanwhile() -> None:
    patient = booked().patient
    with overtaken(lambda: opted_out(patient)):
        record("boavista", told(purposes=("marketing",)), NOW)
    assert takes(patient) == set()


def test_another_clinics_patients_are_theirs() -> None:
    patient = booked().patient
    record("delsol", told(), NOW)
    assert takes(patient) == {"care", "marketing"}


def test_what_an_agent_noted_of_another_outlives_a_start_from_their_number() -> None:
    patient = booked().patient
    son = booked(Person("João Souza", MARIA.phone), "2026-11-30T15:00").patient
    note_consent(
        "boavista", "ana", son, later(minutes=1), action="stop", purposes=["care"], note="por telefone"
    )
    record("boavista", told("start", minute=5), later(minutes=5))
    assert (takes(patient), takes(son)) == ({"care", "marketing"}, {"marketing"})


def test_an_agents_note_made_twice_with_one_key_is_kept_once() -> None:
    patient = booked().patient
    for minute in (1, 2):
        note_consent(
            "boavista",
            "ana",
            patient,
            later(minutes=minute),
            action="stop",
            purposes=["care"],
            note="",
            once="k",
        )
    assert len(patients.consents("boavista", patient)) == 1


@pytest.mark.parametrize(
    ("channel", "code", "left"),
    [
        ("twilio_sms", "21610", set()),
        ("whatsapp", 131050, {"care"}),
        ("whatsapp", 368, {"care", "marketing"}),
    ],
)
def test_a_refusal_because_they_had_stopped_is_a_stop(channel: str, code: object, left: set[str]) -> None:
    patient = booked().patient
    message = outbound(patient=patient, channel=channel)
    for tries in range(2):
        with transaction() as work:
            other = message.model_copy(update={"id": f"other{tries}"})
            contacts.save_communication("boavista", other, work)
            note_refusal("boavista", message, code, NOW, work)
    assert takes(patient) == left


def test_a_refusal_for_a_patient_who_is_gone_stops_nobody() -> None:
    with transaction() as work:
        note_refusal("boavista", outbound(patient="p9", channel="twilio_sms"), "21610", NOW, work)
        contacts.save_communication("boavista", outbound(id="other").model_copy(update={"id": "third"}), work)


def test_an_unverified_address_is_nobody() -> None:
    point = ContactPoint(system="unverified_email", value="a@b.example")
    record("boavista", told()._replace(identities=[("unverified_email", "a@b.example")]), NOW)
    assert patients.view("boavista", point).links == ()


def test_a_stop_by_hidden_number_and_number_together_is_one_persons() -> None:
    record("boavista", told()._replace(identities=[("phone", f"+{PHONE}"), ("bsuid", "BR.1")]), NOW)
    (link,) = patients.view("boavista", POINT).links
    assert len(patients.get("boavista", link.patient).contact_points) == 2


@pytest.mark.parametrize(("code", "left"), [(131050, {"care"}), (368, {"care", "marketing"})])
def test_a_send_that_is_refused_as_unwanted_stops_it(code: int, left: set[str], provider: Provider) -> None:
    visit = booked()
    (message,) = written(visit.patient, "confirmation")
    provider.script.append(Refusal(code))
    deliver("boavista", message.id, later(minutes=1))
    assert written(visit.patient, "confirmation")[0].error == "opted_out"
    assert takes(visit.patient) == left


def test_a_receipt_that_says_so_stops_it_once() -> None:
    visit = booked()
    (message,) = written(visit.patient, "confirmation")
    error = {"code": 131050, "outcome": "opted_out"}
    event = {"provider_id": "wamid.1", "status": "failed", "reference": message.id, "error": error}
    for minute in range(3):
        record("boavista", received()._replace(kind="receipt", event=event), later(minutes=minute))
    assert takes(visit.patient) == {"care"}
    assert [one.source for one in patients.consents("boavista", visit.patient)] == [f"refusal:{message.id}"]


def test_marketing_goes_to_whoever_takes_marketing(provider: Provider) -> None:
    patient = booked().patient
    record("boavista", received("Oi"), NOW)
    record("boavista", told(purposes=("marketing",)), NOW)
    outbound(id="advert", patient=patient, state="queued", purpose="marketing", text="…")
    deliver("boavista", "advert", later(minutes=1))
    stored = contacts.find_communication("boavista", "advert")
    assert stored is not None
    assert (stored.state, stored.error, provider.taken) == ("withdrawn", "opted_out", [])
