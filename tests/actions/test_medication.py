"""Reminders of medication: at the patient's own times, in neutral words, until the last day or a word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from recado.actions.remind import remind
from recado.actions.respond import respond
from recado.actions.set_medication import Times, set_medication
from recado.actions.stop_medication import stop_medication
from recado.errors import Invalid
from recado.model.communication import Communication
from recado.model.outreach import Outreach
from recado.rules.times import wall
from recado.store import contacts, outreach, patients, tenants

from tests.visits import booked, said, written

pytestmark = pytest.mark.usefixtures("clinic")
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""11:00 in Sao Paulo: of 09:00 and 18:00 the first is past."""
ZONE = "America/Sao_Paulo"
DAY = timedelta(days=1)


def noted(*at: str, until: str = "2026-11-25") -> Outreach:
    patient = booked(start="2027-03-01T09:30").patient
    return set_medication(
        "boavista", patient, Times(at or ("18:00", "09:00"), until), NOW, author="agent:ana"
    )


def plan(matter: Outreach) -> Outreach:
    return outreach.get_outreach("boavista", matter.id)


def goes_on(matter: Outreach, until: datetime) -> list[Communication]:
    """What is written when each thing that is due is seen to at once."""
    while (due := plan(matter).due_at) and due < until:
        remind("boavista", due)
        remind("boavista", due)
    return written(matter.patient, "medication")


def test_it_goes_at_these_times_each_day_until_the_last_and_is_over() -> None:
    matter = noted()
    messages = goes_on(matter, NOW + 10 * DAY)
    assert [f"{wall(one.at, ZONE):%d %H:%M}" for one in messages] == [
        "23 18:00", "24 09:00", "24 18:00", "25 09:00", "25 18:00",
    ]  # fmt: skip
    assert {one.template.name for one in messages if one.template} == {"medication"}
    assert (plan(matter).state, plan(matter).due_at) == ("done", None)


def test_who_answers_2_is_told_and_reminded_no_more() -> None:
    matter = noted()
    (first,) = goes_on(matter, NOW + timedelta(hours=8))
    contact, _ = said("2", "wamid.2", first.at + timedelta(minutes=5))
    respond("boavista", contact.id, first.at + timedelta(minutes=5))
    assert (plan(matter).state, plan(matter).answer, plan(matter).due_at) == ("answered", "no", None)
    assert len(written(matter.patient, "self_service")) == 1
    assert contacts.get_contact("boavista", contact.id).state == "closed"


def test_who_says_all_right_is_reminded_on_and_no_person_is_called() -> None:
    matter = noted()
    (first,) = goes_on(matter, NOW + timedelta(hours=8))
    contact, _ = said("ok", "wamid.2", first.at + timedelta(minutes=5))
    respond("boavista", contact.id, first.at + timedelta(minutes=5))
    assert (plan(matter).state, contacts.get_contact("boavista", contact.id).state) == ("open", "closed")


def test_who_stops_all_messages_has_no_plan_any_more() -> None:
    matter = noted()
    contact, _ = said("PARAR", "wamid.2", NOW)
    respond("boavista", contact.id, NOW)
    assert goes_on(matter, NOW + 10 * DAY) == []
    assert plan(matter).state == "stopped"


def test_what_was_missed_for_more_than_an_hour_is_not_made_up_for() -> None:
    matter = noted()
    due = plan(matter).due_at
    assert due is not None
    remind("boavista", due + timedelta(hours=2))
    assert written(matter.patient, "medication") == []
    assert f"{wall(plan(matter).due_at or NOW, ZONE):%d %H:%M}" == "24 09:00"


def test_a_holiday_is_no_reason_not_to_take_it_and_no_cap_holds_it_back() -> None:
    clinic = tenants.fresh("boavista")
    holiday = clinic.model_copy(update={"closed_days": (wall(NOW + DAY, ZONE).date(),)})
    tenants.save_tenant("boavista", holiday)
    tenants.forget()
    matter = noted("09:00", "12:00", "15:00", "18:00", until="2026-11-24")
    assert len(goes_on(matter, NOW + 10 * DAY)) == 7


def test_the_clinic_changes_and_stops_it() -> None:
    matter = noted()
    wanted = Times(("10:00",), "2026-11-25")
    changed = set_medication("boavista", matter.patient, wanted, NOW, author="agent:ana")
    assert (changed.id, changed.version) == (matter.id, matter.version + 1)
    assert [step.name for step in plan(matter).steps] == ["t1000"]
    assert stop_medication("boavista", matter.patient, NOW).state == "stopped"
    assert goes_on(matter, NOW + 10 * DAY) == []


@pytest.mark.parametrize(
    ("at", "until", "field"),
    [
        (("22:00",), "2026-11-25", "times"),
        (("09:00", "09:30"), "2026-11-25", "times"),
        (("09:00",), "2026-11-22", "until"),
        (("09:00",), "2027-11-22", "until"),
    ],
    ids=["quiet hours", "too near", "past", "too long"],
)
def test_what_cannot_be_is_refused(at: tuple[str, ...], until: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        noted(*at, until=until)
    assert caught.value.field == field


def test_it_goes_by_the_clocks_where_the_patient_is() -> None:
    patient = booked(start="2027-03-01T09:30").patient
    kept = patients.get("boavista", patient).model_copy(update={"timezone": "Europe/Madrid"})
    patients.put("boavista", kept)
    wanted = Times(("19:00",), "2026-11-23")
    matter = set_medication("boavista", patient, wanted, NOW, author="agent:ana")
    assert f"{wall(plan(matter).due_at or NOW, 'Europe/Madrid'):%H:%M}" == "19:00"
