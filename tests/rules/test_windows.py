"""How long after a person's last message free text may go."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.windows import allowance, open_until

from tests.samples import NOW

DAY = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


def test_a_channel_without_a_window_takes_text_at_any_time() -> None:
    assert allowance(None, NOW, hours=0) == "open"


def test_who_has_never_written_gets_no_free_text() -> None:
    assert allowance(None, NOW, hours=24, staff_hours=168, by_person=True) == "shut"


@pytest.mark.parametrize(("age", "said"), [(DAY - MINUTE, "open"), (DAY, "shut"), (DAY + MINUTE, "shut")])
def test_the_window_shuts_so_many_hours_after_their_last_word(age: timedelta, said: str) -> None:
    assert allowance(NOW - age, NOW, hours=24) == said


def test_a_person_of_the_clinic_may_write_for_longer_where_the_provider_says_so() -> None:
    heard = NOW - 3 * DAY
    assert allowance(heard, NOW, hours=24, staff_hours=168, by_person=True) == "person"
    assert allowance(heard, NOW, hours=24, staff_hours=168, by_person=False) == "shut"
    assert allowance(heard, NOW, hours=24, staff_hours=0, by_person=True) == "shut"


def test_inside_the_window_a_person_needs_no_allowance() -> None:
    assert allowance(NOW, NOW, hours=24, staff_hours=168, by_person=True) == "open"


def test_an_agent_is_told_when_it_shuts() -> None:
    assert open_until(NOW, 24) == NOW + DAY
    assert open_until(None, 24) is None


@given(age=st.timedeltas(timedelta(0), timedelta(days=10)), by_person=st.booleans())
def test_it_never_opens_again_by_itself(age: timedelta, by_person: bool) -> None:
    order = ["open", "person", "shut"]
    now, later = (
        allowance(NOW, NOW + one, hours=24, staff_hours=168, by_person=by_person) for one in (age, 2 * age)
    )
    assert order.index(now) <= order.index(later)
