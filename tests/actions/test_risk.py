"""A clinic that wants it learns from its visits who does not come, and sees whom to call first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from recado.actions.describe import Description, describe
from recado.actions.erase import erase
from recado.actions.foresee import foresee
from recado.actions.learn_risk import learn_risk
from recado.actions.list_risks import list_risks
from recado.actions.set_risk import set_risk
from recado.actions.sweep import sweep
from recado.model.appointment import Appointment
from recado.store import appointments, risks, tenants

from tests.samples import NOW
from tests.visits import START, VISIT, booked

pytestmark = pytest.mark.usefixtures("clinic", "provider")

NIGHT_BEFORE = NOW + timedelta(days=6)
"""VISIT is seven days after NOW."""


def hour(now: Any = NIGHT_BEFORE) -> None:
    """The clinic's hour, to its last page."""
    page = foresee("boavista", now)
    after: Mapping[str, Any] | None = page.next
    while after:
        after = foresee("boavista", now, after).next


def past(visit: Appointment, number: int, *, status: str) -> None:
    """A visit like this one, so many days before."""
    start = visit.start - timedelta(days=number)
    local = (start - timedelta(hours=3)).isoformat(timespec="minutes")[:16]
    like = {
        "id": f"a{number:020}",
        "start": start,
        "local_start": local,
        "created_at": start - timedelta(days=5),
        "status": status,
        "due_at": None,
        "version": 0,
    }
    appointments.save_appointment("boavista", visit.model_copy(update=like))


def test_it_is_off_until_a_clinic_switches_it_on() -> None:
    booked()
    assert foresee("boavista", NIGHT_BEFORE).next is None
    assert risks.model("boavista") is None


def test_the_visits_of_the_next_days_are_judged_once_a_day() -> None:
    visit = booked()
    set_risk("boavista", "on")
    hour(NOW)
    assert risks.risks("boavista", [visit.id]) == {}, "it is still far"
    hour()
    first = risks.risks("boavista", [visit.id])[visit.id]
    hour(NIGHT_BEFORE + timedelta(hours=1))
    assert risks.risks("boavista", [visit.id])[visit.id] == first
    hour(NIGHT_BEFORE + timedelta(days=1))
    assert risks.risks("boavista", [visit.id])[visit.id].at > first.at


def test_whoever_missed_their_visits_is_at_risk_and_called_first() -> None:
    visit = booked()
    for number in range(8, 60, 7):
        past(visit, number, status="noshow")
    set_risk("boavista", "on")
    hour()
    told = risks.risks("boavista", [visit.id])[visit.id]
    assert told.high
    assert appointments.get("boavista", visit.id).at_risk
    assert any(one.feature.startswith("patient") for one in told.reasons)


def test_a_week_later_it_is_learned_anew_and_says_from_how_many_visits() -> None:
    visit = booked()
    set_risk("boavista", "on")
    hour(NOW)
    first = risks.model("boavista")
    for number in range(7, 27):
        past(visit, number, status="fulfilled" if number % 4 else "noshow")
    hour(NOW + timedelta(days=6))
    assert risks.model("boavista") == first
    hour(NOW + timedelta(days=7))
    model = risks.model("boavista")
    assert model is not None
    assert (model.visits, model.missed, model.version) == (20, 5, 2)


def test_learning_twice_the_same_night_gives_the_same() -> None:
    visit = booked()
    for number in range(7, 27):
        past(visit, number, status="fulfilled")
    first, second = (learn_risk("boavista", NOW) for _ in range(2))
    assert second == first.model_copy(update={"version": 2})


def test_the_patients_age_is_known_where_they_told_it() -> None:
    visit = booked()
    told = Description({"birth_date": "1984-03-25"}, "agent:ana", NOW)
    describe("boavista", visit.patient, told, NOW)
    set_risk("boavista", "on")
    hour()
    risk = risks.risks("boavista", [visit.id])[visit.id]
    assert risk.age == 42
    assert risk.features["age"].startswith("ahead/")


def test_the_list_holds_what_is_booked_the_likeliest_missed_first() -> None:
    late, early = booked(), booked(start="2026-11-30T08:30")
    set_risk("boavista", "on")
    hour()
    first = risks.risks("boavista", [late.id])[late.id]
    risks.put_risk("boavista", late.id, first.model_copy(update={"probability": 0.9}))
    listed = list_risks("boavista", NIGHT_BEFORE, day=VISIT.start[:10])
    assert [one.id for one, _ in listed] == [late.id, early.id]


def test_switching_it_twice_changes_nothing_more() -> None:
    set_risk("boavista", "on")
    version = tenants.fresh("boavista").version
    set_risk("boavista", "on")
    assert tenants.fresh("boavista").version == version


def test_a_visit_whose_judgement_was_half_stored_is_judged_again() -> None:
    visit = appointments.get("boavista", booked().id)
    appointments.save_appointment("boavista", visit.model_copy(update={"at_risk": True}))
    set_risk("boavista", "on")
    hour()
    told = risks.risks("boavista", [visit.id])[visit.id]
    assert appointments.get("boavista", visit.id).at_risk is told.high is False


def test_what_was_predicted_of_who_is_erased_is_gone() -> None:
    visit, after = booked(), START + timedelta(hours=1)
    set_risk("boavista", "on")
    hour()
    assert risks.risks("boavista", [visit.id])
    erase("boavista", visit.patient, after, by="role:admin", reason="retention")
    sweep("boavista", after)
    assert risks.risks("boavista", [visit.id]) == {}
