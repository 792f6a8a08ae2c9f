"""What a visit's risk is reckoned from was known on the night before."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from recado.rules.risk.features import features
from recado.rules.risk.learning import learn
from recado.rules.risk.shares import Shares
from recado.rules.risk.visits import Visit

from tests.rules.risk.histories import MONDAY, NOW, history, visit

TODAY = MONDAY.toordinal()

others = st.lists(
    st.builds(
        lambda number, days, lead, came: visit(
            number=number, day=MONDAY + timedelta(days=days), lead=lead, came=came
        ),
        st.integers(1, 99),
        st.integers(-40, 10),
        st.integers(0, 60),
        st.sampled_from([True, False, None]),
    ),
    max_size=6,
)


@given(others, st.integers(0, 30))
def test_what_comes_of_the_day_itself_and_of_later_ones_changes_nothing(
    those: list[Visit], lead: int
) -> None:
    own = visit(lead=lead)
    turned = [one if one.day < own.day else one._replace(came=not one.came) for one in those]
    assert features(own, those, Shares({}, TODAY)) == features(own, turned, Shares({}, TODAY))


@given(others, st.integers(0, 30))
def test_what_is_booked_after_the_prediction_changes_nothing(those: list[Visit], lead: int) -> None:
    own = visit(lead=lead)
    known = [one for one in those if one.booked_at <= own.known_at]
    assert features(own, those, Shares({}, TODAY)) == features(own, known, Shares({}, TODAY))


@given(st.integers(1, 20))
def test_a_model_does_not_know_of_the_day_on_which_it_is_learned(day: int) -> None:
    visits, today = history(20, 10), MONDAY - timedelta(days=day)
    turned = [one if one.day < today else one._replace(came=not one.came) for one in visits]
    assert learn(visits, today, NOW) == learn(turned, today, NOW)


def test_whoever_missed_a_visit_is_above_the_clinics_share_and_who_came_below() -> None:
    before = MONDAY - timedelta(days=10)
    missed, kept = (visit(number=1, day=before, came=came) for came in (False, True))
    own = visit()
    up, down = (features(own, [one], Shares({}, TODAY)).shares for one in (missed, kept))
    assert up["patient"] > 0 > down["patient"]
    assert features(own, [], Shares({}, TODAY)).shares["patient"] == 0


def test_what_is_long_ago_counts_less() -> None:
    lately, once = (visit(number=1, day=MONDAY - timedelta(days=days), came=False) for days in (10, 370))
    recent, old = (features(visit(), [one], Shares({}, TODAY)).shares["patient"] for one in (lately, once))
    assert recent > old > 0


def test_a_place_is_as_the_clinic_until_it_has_visits_of_its_own() -> None:
    shares = Shares({}, TODAY)
    for number in range(40):
        shares.add(visit(number=number, day=MONDAY - timedelta(days=9), came=number % 2 == 0))
    own, new = visit(), visit(place="Dra. Lima")
    assert features(own, [], shares).shares["place"] > features(new, [], shares).shares["place"] == 0


def test_visits_booked_since_and_held_since_are_counted() -> None:
    own = visit(lead=20)
    held = visit(number=1, day=MONDAY - timedelta(days=3), lead=2, came=True)
    again = visit(number=2, day=MONDAY + timedelta(days=30), lead=31)
    assert features(own, [held, again], Shares({}, TODAY)).bins["since"] == "4/2/1"
    assert features(own, [], Shares({}, TODAY)).bins["since"] == "4/0/0"


def test_shares_that_are_kept_are_as_they_were() -> None:
    shares = Shares({}, TODAY)
    for one in history(20, 10):
        shares.add(one)
    again = Shares(shares.kept(TODAY), TODAY)
    for place in ("Dr. Souza", "nobody"):
        own = visit(place=place)
        first, second = shares.moves(own), again.moves(own)
        assert all(abs(first[kind] - second[kind]) < 0.01 for kind in first)
