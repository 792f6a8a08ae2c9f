"""What a demo clinic has behind it says something: who booked long before missed more."""

from __future__ import annotations

from infra.local.histories import DAYS, LEADS, Past, pasts, people


def share(visits: list[Past]) -> float:
    return sum(one.was_missed for one in visits) / len(visits)


def test_about_a_fifth_was_missed_and_none_of_what_was_booked_the_day_before() -> None:
    visits = [visit for who, _ in enumerate(people()) for visit in pasts(who)]
    assert 0.15 < share(visits) < 0.25
    by_lead = [share([one for one in visits if one.lead == lead]) for lead in LEADS]
    assert by_lead == sorted(by_lead)
    assert (by_lead[0], by_lead[-1] > 0.3) == (0, True)
    assert all(0 < one.ago <= DAYS for one in visits)


def test_nobody_has_the_name_or_the_number_of_another() -> None:
    assert len({one.name for one in people()}) == len({one.phone for one in people()}) == len(people())
