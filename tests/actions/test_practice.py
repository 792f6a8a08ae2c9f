"""The clinic enters who sees patients, for what and when."""

from __future__ import annotations

from datetime import date

import pytest
from recado.actions.book import book
from recado.actions.set_practitioner import Wanted as Person
from recado.actions.set_practitioner import set_practitioner
from recado.actions.set_schedule import set_schedule
from recado.actions.set_type import Wanted as Kind
from recado.actions.set_type import set_type
from recado.errors import Conflict, Invalid, NotFound, SlotTaken, Stale
from recado.model.schedule import SpecialDay, WeeklySpan
from recado.store import agendas, schedules

from tests.counter import counted
from tests.practice import CONSULTA, HELENA, SLOT, morning
from tests.samples import NOW
from tests.visits import MARIA, VISIT, booked, now_is, written

pytestmark = pytest.mark.usefixtures("clinic")


@pytest.fixture
def helena(clinic: object) -> None:
    schedules.save_practitioner("boavista", HELENA)
    schedules.save_type("boavista", CONSULTA)


def test_a_practitioner_is_entered_changed_and_retired() -> None:
    made = set_practitioner("boavista", "d1", Person("Dra.  Nunes", languages=("es",)), version=0)
    assert (made.name, made.version) == ("Dra. Nunes", 1)
    after = set_practitioner("boavista", "d1", Person(active=False), version=1)
    assert (after.name, after.languages, after.active, after.version) == ("Dra. Nunes", ("es",), False, 2)
    assert schedules.practitioner("boavista", "d1") == after


def test_two_active_ones_are_not_called_the_same() -> None:
    set_practitioner("boavista", "d1", Person("Dra. Nunes"), version=0)
    with pytest.raises(Conflict) as caught:
        set_practitioner("boavista", "d2", Person("dra nunes"), version=0)
    assert caught.value.field == "name"
    set_practitioner("boavista", "d1", Person(active=False))
    set_practitioner("boavista", "d2", Person("dra nunes"), version=0)


def test_who_saw_an_older_version_is_told_and_who_asks_for_nobody_finds_nobody() -> None:
    set_practitioner("boavista", "d1", Person("Dra. Nunes"), version=0)
    with pytest.raises(Stale):
        set_practitioner("boavista", "d1", Person("Dra. Lima"), version=7)
    with pytest.raises(NotFound):
        set_practitioner("delsol", "d1", Person("Dra. Lima"))


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Kind(minutes=0), "minutes"),
        (Kind(buffer=-5), "buffer"),
        (Kind(name=" "), "name"),
        (Kind(practitioners=("nobody",)), "practitioners"),
        (Kind(preparation={"es": " "}), "preparation"),
    ],
)
def test_a_type_of_visit_says_what_is_wrong_with_it(wanted: Kind, field: str) -> None:
    set_type("boavista", "y1", Kind("Consulta", 30, preparation={"es": "Venga en ayunas."}), version=0)
    with pytest.raises(Invalid) as caught:
        set_type("boavista", "y1", wanted)
    assert caught.value.field == field
    assert schedules.appointment_type("boavista", "y1").version == 1


SPAN = WeeklySpan(weekday=0, begins="09:00", ends="12:00", types=("nothing",))


@pytest.mark.usefixtures("helena")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"timezone": "Europe/Nowhere"}, "timezone"),
        ({"weekly": (SPAN,)}, "weekly"),
        ({"special": (SpecialDay(day=date(2026, 12, 8)),) * 2}, "special"),
        ({"special": (SpecialDay(day=date(2026, 12, 8), spans=(SPAN,)),)}, "special"),
        ({"valid_from": date(2026, 12, 8), "valid_until": date(2026, 12, 7)}, "valid_until"),
    ],
)
def test_a_schedule_says_what_is_wrong_with_it(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        set_schedule("boavista", morning("helena").model_copy(update=wrong), NOW)
    assert caught.value.field == field
    assert schedules.schedule("boavista", "helena") is None


@pytest.mark.usefixtures("helena")
def test_a_schedule_is_kept_and_the_same_again_changes_nothing() -> None:
    first = set_schedule("boavista", morning("helena"), NOW, version=0)
    assert schedules.schedule("boavista", "helena") == first
    assert set_schedule("boavista", morning("helena"), NOW, version=first.version) == first
    with pytest.raises(Stale):
        set_schedule("boavista", morning("helena", grid=15), NOW, version=0)
    with pytest.raises(NotFound):
        set_schedule("boavista", morning("nobody"), NOW)


BY_NAME = VISIT._replace(practitioner="Dra. Helena Prado")
LAST = date(2027, 1, 1)


@pytest.mark.usefixtures("helena")
def test_what_was_booked_before_there_was_a_schedule_is_not_booked_over() -> None:
    visit = book("boavista", MARIA, BY_NAME, NOW, author="agent:ana")
    assert agendas.some("boavista", "helena", NOW.date(), LAST) == []
    with counted() as calls:
        set_schedule("boavista", morning("helena", entered=False), NOW)
    assert calls.count("Query") <= 20, "a month is a query, not a day"
    (agenda,) = agendas.some("boavista", "helena", NOW.date(), LAST)
    assert [one.by for one in agenda.taken] == [visit.id]
    over = SLOT._replace(start="2026-11-30T09:00", minutes=45)
    with pytest.raises(SlotTaken):
        book("boavista", visit.patient, over, NOW, author="agent:ana")
    assert len(written(visit.patient)) == 1


def test_a_visit_by_name_from_before_she_was_entered_is_hers() -> None:
    visit = booked()
    set_practitioner("boavista", "d9", Person("Dra. Costa"), version=0)
    set_schedule("boavista", morning("d9", entered=False), NOW)
    assert now_is(visit).practitioner_id == "d9"
    (agenda,) = agendas.some("boavista", "d9", NOW.date(), LAST)
    assert [one.by for one in agenda.taken] == [visit.id]


@pytest.mark.usefixtures("helena")
def test_cut_short_the_schedule_enters_the_rest_when_it_is_stored_again() -> None:
    visit = book("boavista", MARIA, BY_NAME, NOW, author="agent:ana")
    schedules.save_schedule("boavista", morning("helena", entered=False))
    after = set_schedule("boavista", morning("helena"), NOW)
    assert after.entered
    assert [one.by for one in agendas.get("boavista", "helena", date(2026, 11, 30)).taken] == [visit.id]
    assert set_schedule("boavista", morning("helena"), NOW) == after
