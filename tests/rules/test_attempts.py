"""When somebody whom we did not reach is called again."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.follow_up import Attempt, AttemptOutcome, FollowUp
from recado.model.interval import Counts, IntervalTotal
from recado.model.policy import Policy
from recado.model.reachability import Reachability, SlotCount
from recado.model.tenant import OpeningHours, Tenant
from recado.rules import attempts, hours, quiet, times
from recado.rules.attempts import Chosen
from recado.rules.day_parts import PARTS, Slot, slot_of

from tests.samples import BOAVISTA, NOW, later

WEEKDAYS = tuple(OpeningHours(weekday=day, opens="08:00", closes="20:00") for day in range(5))
OFFICE = BOAVISTA.model_copy(update={"hours": WEEKDAYS})
NOTHING = Reachability()


def attempt(
    at: datetime = NOW, outcome: AttemptOutcome = "no_answer", own_id: str = "a1", **told: str
) -> Attempt:
    return Attempt(id=own_id, at=at, outcome=outcome, **{"by": "agent:ana", **told})


def followed(*tried: Attempt) -> FollowUp:
    return FollowUp(since=NOW, phone="+5511987654321", attempts=tried)


def ladder(clinic: Tenant, counted: Reachability, number: int, now: datetime = NOW) -> list[Chosen]:
    """So many attempts, each made when it is due."""
    found: list[Chosen] = []
    tried = followed(attempt(now, own_id="first"))
    for n in range(number):
        chosen = attempts.next_attempt(clinic, tried, counted, clinic.reminders, now)
        if chosen is None:
            break
        found.append(chosen)
        now = chosen.at
        tried = attempts.added(tried, attempt(now, own_id=f"a{n}"))
    return found


def worked(**slots: tuple[int, int]) -> Reachability:
    """What was tried and reached, by `d0_morning`."""
    named = {name[1:].replace("_", "/"): counts for name, counts in slots.items()}
    return Reachability(slots={name: SlotCount(tried=t, reached=r) for name, (t, r) in named.items()})


def test_before_anything_is_known_the_evening_of_the_same_day_is_next() -> None:
    chosen = attempts.next_attempt(OFFICE, followed(attempt()), NOTHING, OFFICE.reminders, NOW)
    assert chosen is not None
    assert times.wall(chosen.at, OFFICE.timezone) == datetime(2026, 11, 23, 18)  # noqa: DTZ001
    assert (chosen.why.kind, chosen.why.weekday, chosen.why.part) == ("ladder", 0, "evening")
    assert (chosen.why.rate, chosen.why.tried) == (0.45, 0)


def test_what_worked_at_this_clinic_goes_before_what_is_usual() -> None:
    counted = worked(d1_midday=(40, 36), d0_evening=(40, 1))
    chosen = attempts.next_attempt(OFFICE, followed(attempt()), counted, OFFICE.reminders, NOW)
    assert chosen is not None
    assert (chosen.why.kind, chosen.why.weekday, chosen.why.part) == ("learnt", 1, "midday")
    assert (chosen.why.tried, chosen.why.reached, chosen.why.rate) == (40, 36, 0.78)


def test_a_slot_that_is_a_little_better_and_much_later_is_not_waited_for() -> None:
    counted = worked(d4_evening=(10, 6))
    chosen = attempts.next_attempt(OFFICE, followed(attempt()), counted, OFFICE.reminders, NOW)
    assert chosen is not None
    assert chosen.why.weekday == 0


def test_a_few_attempts_weigh_less_than_many() -> None:
    slot = Slot(0, "evening")
    few, many = worked(d0_evening=(1, 0)), worked(d0_evening=(100, 0))
    assert attempts.rate(slot, NOTHING) > attempts.rate(slot, few) > attempts.rate(slot, many)
    assert attempts.rate(slot, many) == pytest.approx(4.5 / 110)


def test_nobody_is_called_again_at_once() -> None:
    (first, *_) = ladder(BOAVISTA, NOTHING, 1)
    assert first.at - NOW >= attempts.GAP


def test_a_clinic_that_opens_in_two_slots_only_tries_no_third_time() -> None:
    spans = (OpeningHours(weekday=0, opens="09:00", closes="13:00"),)
    assert len(ladder(BOAVISTA.model_copy(update={"hours": spans}), NOTHING, 9)) == 1


def test_where_it_is_always_quiet_nobody_is_called() -> None:
    policy = Policy(quiet_from="00:00", quiet_until="23:59")
    assert attempts.next_attempt(OFFICE, followed(attempt()), NOTHING, policy, NOW) is None


counts = st.integers(0, 50).flatmap(lambda tried: st.tuples(st.just(tried), st.integers(0, tried)))
histories = st.dictionaries(
    st.tuples(st.integers(0, 6), st.sampled_from(sorted(PARTS))).map(lambda one: f"{one[0]}/{one[1]}"), counts
).map(lambda told: Reachability(slots={k: SlotCount(tried=t, reached=r) for k, (t, r) in told.items()}))
spans = st.lists(
    st.builds(
        lambda day, begin, long: OpeningHours(
            weekday=day, opens=f"{begin:02}:00", closes=f"{min(begin + long, 24):02}:00"
        ),
        st.integers(0, 6),
        st.integers(6, 20),
        st.integers(1, 12),
    ),
    max_size=8,
)
zones = st.sampled_from(["America/Sao_Paulo", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu"])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda naive: NOW + (naive - datetime(2026, 11, 23, 14))  # noqa: DTZ001
)


@given(histories, spans, zones, moments, st.integers(1, 12))
def test_no_two_attempts_share_both_weekday_and_part_of_the_day(
    counted: Reachability, open_at: list[OpeningHours], zone: str, now: datetime, number: int
) -> None:
    clinic = BOAVISTA.model_copy(update={"hours": tuple(open_at), "timezone": zone})
    found = ladder(clinic, counted, number, now)
    slots = [slot_of(now, zone), *(slot_of(one.at, zone) for one in found)]
    assert len(set(slots)) == len(slots)
    for before, one in zip([now, *(it.at for it in found)], found, strict=False):
        assert one.at >= before + attempts.GAP
        assert hours.is_open(clinic, one.at)
        assert quiet.permits(clinic.reminders, one.at, zone)
        assert slot_of(one.at, zone) == (one.why.weekday, one.why.part)
    assert found == ladder(clinic, counted, number, now)


def test_a_slot_is_by_the_clinics_own_clock() -> None:
    assert slot_of(NOW, "America/Sao_Paulo") == (0, "morning")
    assert slot_of(NOW, "Europe/Madrid") == (0, "afternoon")
    assert slot_of(NOW, "Asia/Tokyo") == (0, "evening")
    early = times.instant(datetime.combine(NOW.date(), time(5)), "Europe/Madrid")
    assert slot_of(early, "Europe/Madrid").part == "morning"


def test_what_is_counted_is_a_fold_of_the_intervals_on_all_channels() -> None:
    one = IntervalTotal(
        start=NOW, channels={"voice": Counts(tried={"0/morning": 3}, reached={"0/morning": 1})}
    )
    two = IntervalTotal(start=NOW, channels={"whatsapp": Counts(tried={"0/morning": 1, "1/evening": 1})})
    assert attempts.counted([one, two]) == worked(d0_morning=(4, 1), d1_evening=(1, 0))


def test_the_same_attempt_told_again_is_the_same() -> None:
    known = followed(attempt())
    assert attempts.added(known, attempt(later(hours=1), "reached")) == known


@pytest.mark.parametrize("word_first", [True, False])
def test_a_call_of_which_both_tell_is_one_and_the_agents_word_counts(word_first: bool) -> None:
    call = attempt(NOW, "reached", "c1", call="c1", by="voice")
    word = attempt(later(minutes=3), "voicemail", "a1")
    found = followed()
    for one in (word, call) if word_first else (call, word):
        found = attempts.added(found, one)
    assert [(one.id, one.outcome, one.call, one.at) for one in found.attempts] == [
        ("a1", "voicemail", "c1", NOW)
    ]
    assert attempts.added(found, call) == found


def test_two_calls_are_two_though_only_one_of_them_was_told_by_an_agent() -> None:
    calls = [
        attempt(NOW, "busy", "c1", call="c1", by="voice"),
        attempt(later(hours=2), "busy", "c2", call="c2", by="voice"),
    ]
    found = followed()
    for one in (*calls, attempt(later(hours=2, minutes=1), "voicemail", "a1")):
        found = attempts.added(found, one)
    assert [(one.call, one.outcome) for one in found.attempts] == [("c1", "busy"), ("c2", "voicemail")]


def test_a_late_word_of_a_call_stands_where_the_call_was() -> None:
    first = attempt(later(days=2), own_id="a2")
    found = attempts.added(followed(first), attempt(NOW, "busy", "c1", call="c1", by="voice"))
    assert [one.id for one in found.attempts] == ["c1", "a2"]
    assert found.attempts[1].at - found.attempts[0].at == timedelta(days=2)
