"""A visit's changes as facts of its days."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.appointment import Appointment, Reminder, Touch
from recado.model.visit_fact import VisitFact
from recado.rules.visit_facts import visit_facts

from tests.samples import NOW, later

START = later(days=7)


def visit(version: int = 1, **more: Any) -> Appointment:
    return Appointment.model_validate(
        {
            "id": "v1",
            "version": version,
            "patient": "p1",
            "language": "pt-BR",
            "practitioner": "Dra. Costa",
            "practitioner_id": "costa",
            "type": "consulta",
            "minutes": 30,
            "start": START,
            "local_start": "2026-11-30T11:00",
            "timezone": "America/Sao_Paulo",
            "tz_version": "2026a",
            "channel": "whatsapp",
            "account": "1",
            "address": "5511987654321",
            "contact_point": "phone#+5511987654321",
            "created_at": NOW,
            "created_by": "agent:ana",
            "history": (touch("booked", NOW),),
            **more,
        }
    )


def touch(what: str, at: datetime) -> dict[str, Any]:
    return {"what": what, "at": at, "by": "agent:ana"}


def changed(before: Appointment, **more: Any) -> Appointment:
    return before.model_copy(update={"version": before.version + 1, **more})


def touched(before: Appointment, what: str, at: datetime, **more: Any) -> Appointment:
    history = (*before.history, Touch.model_validate(touch(what, at)))
    return changed(before, history=history, **more)


def moved(before: Appointment, days: int, at: datetime) -> Appointment:
    start = before.start + timedelta(days=days)
    wall = (start - timedelta(hours=3)).isoformat()[:16]
    return touched(before, "moved", at, start=start, local_start=wall, schedule=before.schedule + 1)


def test_a_visit_is_a_fact_of_the_day_that_it_is_on() -> None:
    (fact,) = visit_facts(visit(), None)
    assert (fact.day, fact.status, fact.put_at, fact.off_at) == ("2026-11-30", "booked", NOW, None)


def test_a_fact_holds_ids_and_nobodys_name_or_number() -> None:
    (fact,) = visit_facts(visit(patient_name="Maria Silva"), None)
    told = fact.model_dump_json()
    assert not any(word in told for word in ("Maria", "5511987654321", "Costa", "consulta"))


@pytest.mark.parametrize(
    "settings", [{"confirmation": "confirmed"}, {"patient_name": "Maria"}, {"task": None}]
)
def test_a_change_that_changes_no_number_is_none(settings: dict[str, Any]) -> None:
    assert visit_facts(changed(visit(), **settings), visit()) == []


def test_the_first_reminder_that_went_is_remembered() -> None:
    steps = [
        Reminder(step="72h", due_at=later(days=4), state="skipped"),
        Reminder(step="24h", due_at=later(days=6), state="sent"),
        Reminder(step="3h", due_at=later(days=7), state="planned"),
    ]
    (fact,) = visit_facts(changed(visit(), reminders=tuple(steps)), visit())
    assert fact.reminded_from == later(days=6)


def test_who_calls_off_frees_the_time_from_then_on() -> None:
    (fact,) = visit_facts(touched(visit(), "cancelled", later(days=1), status="cancelled"), visit())
    assert (fact.status, fact.off_at, fact.moved) == ("cancelled", later(days=1), False)


def test_a_visit_that_is_moved_leaves_its_old_time_behind() -> None:
    here, there = visit_facts(moved(visit(), 2, later(days=1)), visit())
    assert (here.day, here.schedule, here.put_at, here.off_at) == ("2026-12-02", 2, later(days=1), None)
    assert (there.day, there.schedule, there.moved, there.off_at) == ("2026-11-30", 1, True, later(days=1))
    assert there.version == here.version == 2


def test_whoever_is_erased_counts_as_they_did() -> None:
    assert visit_facts(changed(visit(), erased_at=NOW, reminders=()), visit()) == []


STEPS = st.lists(st.sampled_from(["move", "remind", "confirm"]), max_size=5)


@given(STEPS, st.sampled_from(["noshow", "fulfilled", "cancelled", "booked"]), st.randoms())
def test_in_whatever_order_and_however_often_they_are_told_the_facts_are_the_same(
    steps: list[str], end: str, order: random.Random
) -> None:
    images = lived(steps, end)
    told = list(zip(images, [None, *images[:-1]], strict=True))
    again = [*told, *(one for one in told if order.random() < 0.5)]
    order.shuffle(again)
    assert stored(again) == stored(told)
    kept = [one for one in stored(told).values() if not one.moved]
    assert [(one.start, one.status) for one in kept] == [(images[-1].start, images[-1].status)]


def lived(steps: list[str], end: str) -> list[Appointment]:
    """All versions of a visit to which this happened, one after the other."""
    images = [visit()]
    for number, step in enumerate(steps, 1):
        now = images[-1]
        at = later(hours=number)
        if step == "move":
            images.append(moved(now, 1, at))
        elif step == "remind":
            images.append(changed(now, reminders=(Reminder(step="24h", due_at=at, state="sent"),)))
        else:
            images.append(changed(now, confirmation="confirmed"))
    return [*images, touched(images[-1], end, later(days=1), status=end)]


def stored(told: list[tuple[Appointment, Appointment | None]]) -> dict[tuple[str, int], VisitFact]:
    """As the store keeps them: an older image never overwrites a newer one."""
    kept: dict[tuple[str, int], VisitFact] = {}
    for after, before in told:
        for fact in visit_facts(after, before):
            name = fact.day, fact.schedule
            if name not in kept or kept[name].version < fact.version:
                kept[name] = fact
    return kept
