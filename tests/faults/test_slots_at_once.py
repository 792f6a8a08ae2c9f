"""Takers of one practitioner's time at once, in every order of their calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from recado.actions.admit import Person
from recado.actions.again import again
from recado.actions.book import book
from recado.actions.keep_visit import keep_visit
from recado.errors import Conflict, Stale
from recado.model.appointment import Appointment
from recado.rules import appointments as rules
from recado.rules import times
from recado.store import appointments
from recado.store.rows import transaction

from tests.faults.interleave import every_order
from tests.faults.stage import Stage
from tests.faults.worlds_slots import disagreements
from tests.practice import SLOT, opened
from tests.visits import MARIA

Act = Callable[[], object]

JOAO = Person("João Souza", "(11) 98765-0002")
RUI = Person("Rui Lima", "(11) 98765-0003")
STARTS = ("2026-12-03T09:00", "2026-12-03T09:30", "2026-12-03T10:00")


def refused(act: Act) -> Act:
    """The same, for whom it is no failure to hear that the time is taken."""

    def asked() -> None:
        try:
            act()
        except Stale:
            raise
        except Conflict:
            """They hear of other times."""

    return asked


def orders(stage: Stage, *workers: Act, wanted: int) -> tuple[int, list[str]]:
    """How many orders there are, and what did not hold after them; who gave up asks again.

    `wanted`: so many booked visits are to be on the 30th at half past nine.
    """
    saved, found, runs = stage.save(), [], 0
    for run in every_order(stage, lambda: stage.restore(saved), *map(refused, workers)):
        runs += 1
        for worker, succeeded in zip(workers, run.succeeded, strict=True):
            if not succeeded:
                refused(worker)()
        held = list(disagreements(stage))
        held += [f"{takers()} have it"] if takers() != wanted else []
        found += [f"{run.order}: {one}" for one in held]
    return runs, found


def takers() -> int:
    """How many have the slot."""
    found = appointments.of_day("boavista", SLOT.start[:10])
    return sum(one.local_start == SLOT.start and one.status == "booked" for one in found)


def ready(stage: Stage) -> list[Appointment]:
    """A clinic with schedules, and three patients with a visit each in the week after."""
    stage.fresh()
    opened()
    visits = [
        book("boavista", who, SLOT._replace(start=start), stage.now, author="agent:ana")
        for who, start in zip((MARIA, JOAO, RUI), STARTS, strict=True)
    ]
    stage.carry()
    return visits


def moves(stage: Stage, visit: Appointment) -> Act:
    """Takes the slot with this visit, and gives back its own."""
    start = times.start_of(SLOT.start, visit.timezone)
    return lambda: _put(stage.now, visit.id, {"start": start, "local_start": SLOT.start})


def cancels(stage: Stage, visit: Appointment) -> Act:
    """Calls this visit off."""
    return lambda: _put(stage.now, visit.id, {"status": "cancelled"})


@again
def _put(now: datetime, visit_id: str, changes: dict[str, object]) -> None:
    before = appointments.get("boavista", visit_id)
    after = rules.touched(before.model_copy(update=changes), "moved", now, "agent:ana")
    with transaction() as work:
        keep_visit("boavista", before, after, now, work)


def test_two_who_book_one_slot_make_one_booking(stage: Stage) -> None:
    people = [one.patient for one in ready(stage)[:2]]
    workers = [lambda who=who: book("boavista", who, SLOT, stage.now, author="agent:ana") for who in people]
    runs, found = orders(stage, *workers, wanted=1)
    assert runs >= 8
    assert found == []


def test_two_who_move_to_one_slot_make_one_that_is_there_and_one_that_has_stayed(stage: Stage) -> None:
    workers = [moves(stage, one) for one in ready(stage)[:2]]
    runs, found = orders(stage, *workers, wanted=1)
    assert runs >= 8
    assert found == []


def test_who_gives_a_slot_back_while_another_takes_it_leaves_one_or_none_there(stage: Stage) -> None:
    first, second, _ = ready(stage)
    moves(stage, first)()
    saved, seen = stage.save(), set()
    workers = [refused(cancels(stage, first)), refused(moves(stage, second))]
    for _ in every_order(stage, lambda: stage.restore(saved), *workers):
        assert list(disagreements(stage)) == []
        seen.add(takers())
    assert seen == {0, 1}


def test_a_visit_that_is_moved_and_cancelled_at_once_keeps_no_time_that_is_not_its_own(stage: Stage) -> None:
    visit, *_ = ready(stage)
    saved = stage.save()
    for _ in every_order(stage, lambda: stage.restore(saved), cancels(stage, visit), moves(stage, visit)):
        assert list(disagreements(stage)) == []


def test_a_taker_that_looks_and_then_writes_apart_is_caught(stage: Stage) -> None:
    """The agenda in one write, the visit in another: the enumeration must be able to fail."""
    visits = ready(stage)

    def apart(visit: Appointment) -> Act:
        def act() -> None:
            moved = {"start": visit.start - timedelta(days=3), "local_start": SLOT.start}
            if takers() == 0:
                before = appointments.get("boavista", visit.id)
                appointments.save_appointment("boavista", before.model_copy(update=moved))

        return act

    _, found = orders(stage, *map(apart, visits[:2]), wanted=1)
    assert any("2 have it" in one for one in found)
