"""After an outage: nothing stale goes out, the clinic has the list, and is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recado.actions.list_missed import list_missed
from recado.actions.remind import remind
from recado.actions.see_missed import see_missed
from recado.errors import Conflict
from recado.model.missed import Missed
from recado.rules.plans import MISSED
from recado.store import appointments, missed, patients
from recado.store.rows import transaction

from tests.cloud import Cloud
from tests.samples import NOW, seed
from tests.visits import FIRST, SECOND, booked, now_is, opted_out, overtaken, written

pytestmark = pytest.mark.usefixtures("clinic")
FROZEN = timedelta(hours=15)


def swept(now: object) -> None:
    """Every page."""
    page = remind("boavista", now)  # type: ignore[arg-type]
    while page.next:
        page = remind("boavista", now, page.next)  # type: ignore[arg-type]


def patient_of(visit: str) -> str:
    """Whose it is."""
    return appointments.get("boavista", visit).patient


def listed() -> list[tuple[str, str]]:
    return [(one.visit.id, one.missed.step) for one in list_missed("boavista", NOW).listed]


def many(number: int) -> list[str]:
    """So many visits of as many people, ten minutes apart; only the first of them is on the books."""
    first = booked()
    ids = []
    for place in range(number):
        shift = timedelta(minutes=10 * place)
        reminders = [one.model_copy(update={"due_at": one.due_at + shift}) for one in first.reminders]
        changes = {
            "id": f"a{place}",
            "version": 0,
            "start": first.start + shift,
            "reminders": tuple(reminders),
            "due_at": reminders[0].due_at,
        }
        appointments.save_appointment("boavista", first.model_copy(update=changes))
        ids.append(f"a{place}")
    return [first.id, *ids]


def test_after_fifteen_hours_nothing_stale_goes_out_and_the_clinic_has_the_whole_list() -> None:
    visits = many(47)
    swept(FIRST + timedelta(minutes=10 * 47) + FROZEN)
    assert written(patient_of(visits[0]), "reminder") == []
    assert sorted(listed()) == sorted((one, "72h") for one in visits)
    assert all(one.missed.reason == "late" for one in list_missed("boavista", NOW).listed)


def test_two_steps_of_one_visit_are_on_the_list_with_whom_to_call() -> None:
    visit = booked()
    with transaction() as work:
        for step in ("72h", "24h"):
            known = {"appointment": visit.id, "schedule": 1, "step": step, "reason": "late"}
            missed.note("boavista", Missed(**known, due_at=FIRST, at=NOW), work)
    found = list_missed("boavista", NOW).listed
    phone = patients.get("boavista", visit.patient).phone
    assert [(one.missed.step, one.phone) for one in found] == [("24h", phone), ("72h", phone)]


def test_the_list_is_there_once_however_often_it_is_looked_for() -> None:
    visits = many(3)
    for minutes in (0, 1, 2):
        swept(SECOND - timedelta(hours=5) + timedelta(minutes=minutes))
    assert len(listed()) == len(visits)


def test_two_sweeps_at_once_note_it_once() -> None:
    visit = booked()
    with overtaken(lambda: remind("boavista", FIRST + FROZEN)):
        remind("boavista", FIRST + FROZEN)
    assert listed() == [(visit.id, "72h")]


def test_an_outage_is_one_notice_whatever_it_concerned() -> None:
    many(20)
    swept(FIRST + FROZEN)
    outage = missed.outage("boavista")
    assert outage is not None
    assert (outage.began_at, outage.found_at, outage.version) == (FIRST, FIRST + FROZEN, 1)
    swept(FIRST + FROZEN + timedelta(minutes=30))
    later = missed.outage("boavista")
    assert later is not None
    assert later.found_at == outage.found_at


def test_the_next_outage_is_another_notice() -> None:
    visit = booked()
    swept(FIRST + FROZEN)
    see_missed("boavista", FIRST + FROZEN, FIRST + FROZEN, by="agent:ana")
    swept(SECOND + FROZEN)
    outage = missed.outage("boavista")
    assert outage is not None
    assert (outage.found_at, outage.seen_by) == (SECOND + FROZEN, "")
    assert listed() == [(visit.id, "72h"), (visit.id, "24h")]


def test_who_has_seen_an_older_list_has_not_seen_this_one() -> None:
    with pytest.raises(Conflict):
        see_missed("boavista", FIRST, FIRST, by="agent:ana")
    booked()
    swept(FIRST + FROZEN)
    with pytest.raises(Conflict):
        see_missed("boavista", FIRST, FIRST, by="agent:ana")
    seen = see_missed("boavista", FIRST + FROZEN, FIRST + FROZEN, by="agent:ana")
    assert seen.seen_by == "agent:ana"
    assert see_missed("boavista", FIRST + FROZEN, SECOND, by="agent:eva").seen_by == "agent:ana"


def test_what_is_skipped_for_another_reason_is_on_no_list() -> None:
    opted_out(booked().patient)
    swept(FIRST)
    assert listed() == []
    assert missed.outage("boavista") is None


def test_a_long_list_comes_in_pages_without_a_gap() -> None:
    many(7)
    swept(FIRST + timedelta(hours=2) + FROZEN)
    found, after = [], None
    for _ in range(10):
        page, after = missed.since("boavista", NOW, 3, after)
        found += [one.appointment for one in page]
        if after is None:
            break
    assert len(found) == len(set(found)) == 8


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ticks=st.lists(st.integers(-60, 80 * 60), min_size=1, max_size=12))
def test_whatever_fires_and_in_whatever_order_each_step_goes_once_or_is_listed(
    clinic: Cloud, ticks: list[int]
) -> None:
    clinic.fresh()
    seed()
    visit = booked()
    for minutes in ticks:
        remind("boavista", FIRST + timedelta(minutes=minutes))
    sent = [one.step for one in now_is(visit).reminders if one.state == "sent"]
    messages = [one.at for one in written(visit.patient, "reminder")]
    assert len(messages) == len([one for one in sent if one != "call"])
    skipped = {one.step for one in now_is(visit).reminders if one.reason in MISSED}
    assert {step for _, step in listed()} == skipped
