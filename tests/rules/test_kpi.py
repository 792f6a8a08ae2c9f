"""Numbers with a name, as functions of what was counted."""

from datetime import timedelta

import pytest
from recado.model.contact import Contact
from recado.model.interval import Counts, Now
from recado.rules import kpi

from tests.rules.test_contacts import new_contact
from tests.samples import NOW


def test_the_average_wait_is_over_those_who_were_answered() -> None:
    assert kpi.average_wait_s(Counts(offered=3, waits_s=(10, 25))) == 17.5


@pytest.mark.parametrize(("waits_s", "half"), [((10,), 10), ((1, 5, 900), 5), ((10, 25), 17.5)])
def test_the_median_wait_is_that_of_who_stands_in_the_middle(waits_s: tuple[int, ...], half: float) -> None:
    assert kpi.median_wait_s(Counts(waits_s=waits_s)) == half


def test_the_service_level_counts_whoever_gave_up_against_the_clinic() -> None:
    assert kpi.service_level(Counts(answered_in_target=1, waits_s=(10, 400), abandoned=1)) == 0.3333


def test_with_nothing_to_divide_by_there_is_no_number() -> None:
    nobody = Counts(offered=1)
    assert (kpi.average_wait_s(nobody), kpi.median_wait_s(nobody), kpi.service_level(nobody)) == (None,) * 3
    assert kpi.origins(nobody) == {}


def test_an_origin_has_its_share_of_new_people_and_of_contacts() -> None:
    found = kpi.origins(Counts(offered=4, first_touch={"ad": 1}, last_touch={"ad": 1, "form": 3}))
    assert found == {
        "ad": kpi.Origin(kpi.Touch(1, 1.0), kpi.Touch(1, 0.25)),
        "form": kpi.Origin(kpi.Touch(0, 0.0), kpi.Touch(3, 0.75)),
    }


def test_where_nobody_is_new_there_is_no_share_of_the_new() -> None:
    assert kpi.origins(Counts(last_touch={"ad": 1}))["ad"].first_touch == kpi.Touch(0, None)


def test_a_channel_has_its_share_of_new_patients() -> None:
    booked = Counts(
        contacted={"voice": 5, "email": 1}, missed={"voice": 3}, booked={"voice": 2, "webform": 1}
    )
    assert kpi.new_patient_share(booked) == {"voice": 0.6667, "webform": 0.3333}
    assert kpi.new_people(booked) == {
        "email": kpi.Lead(1, 0, 0, 0, 0.0),
        "voice": kpi.Lead(5, 3, 0, 2, 0.6667),
        "webform": kpi.Lead(0, 0, 0, 1, 0.3333),
    }


def test_where_nobody_booked_there_is_no_share_of_new_patients() -> None:
    assert kpi.new_people(Counts(contacted={"voice": 1}))["voice"].share is None
    assert kpi.new_patient_share(Counts()) == {}


def test_every_kpi_has_its_own_id_a_version_and_a_source() -> None:
    assert len({one.id for one in kpi.KPIS}) == len(kpi.KPIS)
    assert all(one.version >= 1 and one.source and one.formula.__doc__ for one in kpi.KPIS)


def waits(number: int, minutes: int | None, state: str = "waiting") -> Contact:
    since = NOW - timedelta(minutes=minutes or 0)
    return new_contact().model_copy(update={"number": number, "state": state, "waiting_since": since})


def test_the_desk_now_is_who_waits_since_when_and_who_is_looked_after() -> None:
    standing = kpi.standing([waits(1, 3), waits(2, 7, "new"), waits(3, 90, "assigned")], NOW)
    assert standing == Now(waiting=2, assigned=1, oldest_wait_s=420)


def test_when_nobody_waits_there_is_no_longest_wait() -> None:
    assert kpi.standing([waits(1, 3, "assigned")], NOW).oldest_wait_s is None
