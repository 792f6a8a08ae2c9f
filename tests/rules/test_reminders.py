from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.appointment import Appointment, Reminder
from recado.model.patient import Quiet
from recado.model.policy import Policy, Step
from recado.rules import quiet, times
from recado.rules import reminders as rules

LADDER = Policy()
POLICY = Policy(steps=LADDER.steps[:2])
"""Its first two steps: what everybody gets."""
MADRID = "Europe/Madrid"


def local(text: str, timezone: str = MADRID) -> datetime:
    return times.start_of(text, timezone)


def shown(reminder: Reminder, timezone: str = MADRID) -> str:
    return times.shown(times.wall(reminder.due_at, timezone))


def visit(start: datetime, timezone: str = MADRID, policy: Policy = POLICY, **booked: int) -> Appointment:
    """A visit booked so long before (ten days unless told)."""
    now = start - timedelta(**(booked or {"days": 10}))
    blank = Appointment(
        id="a1",
        patient="p1",
        patient_name="Maria Silva",
        language="es",
        practitioner="Dra. Costa",
        type="consulta",
        minutes=30,
        start=start,
        local_start=times.shown(times.wall(start, timezone)),
        timezone=timezone,
        tz_version="2026f",
        channel="whatsapp",
        account="1",
        address="34600111222",
        contact_point="phone#+34600111222",
        created_at=now,
        created_by="agent:ana",
    )
    return rules.with_reminders(blank, rules.plan(policy, start, timezone, now))


def test_reminders_are_due_72_and_24_hours_before_by_the_clock_on_the_wall() -> None:
    planned = visit(local("2026-11-24T09:30")).reminders
    assert [(one.step, shown(one), one.state) for one in planned] == [
        ("72h", "2026-11-21T09:30", "planned"),
        ("24h", "2026-11-23T09:30", "planned"),
    ]


def test_a_change_of_clocks_in_between_does_not_move_the_hour_on_the_wall() -> None:
    planned = visit(local("2027-03-29T09:30")).reminders
    assert [shown(one) for one in planned] == ["2027-03-26T09:30", "2027-03-28T09:30"]
    assert planned[1].due_at - planned[0].due_at == timedelta(hours=47)


def test_the_row_is_due_when_its_next_planned_reminder_is() -> None:
    appointment = visit(local("2026-11-24T09:30"))
    assert appointment.due_at == appointment.reminders[0].due_at


def test_steps_already_past_are_skipped() -> None:
    appointment = visit(local("2026-11-24T09:30"), hours=30)
    assert [(one.state, one.reason) for one in appointment.reminders] == [
        ("skipped", "past"),
        ("planned", None),
    ]
    assert visit(local("2026-11-24T09:30"), hours=2).due_at is None


@pytest.mark.parametrize(
    ("start", "hours_before", "due"),
    [
        ("2026-11-24T07:00", 24, "2026-11-23T08:00"),  # their end is the nearest
        ("2026-11-24T22:00", 24, "2026-11-23T20:00"),  # an hour before they begin is
        ("2026-11-24T07:30", 2, "2026-11-23T20:00"),  # their end would be after the start
        ("2026-11-24T08:00", 1, "2026-11-23T20:00"),  # or just then
        ("2026-11-24T08:01", 1, "2026-11-24T08:00"),
    ],
)
def test_a_reminder_due_in_quiet_hours_moves_to_their_nearest_end_before_the_start(
    start: str, hours_before: int, due: str
) -> None:
    policy = Policy(steps=(Step(name="one", minutes=-60 * hours_before),))
    assert shown(visit(local(start), policy=policy).reminders[0]) == due


def test_a_visit_booked_at_night_is_reminded_of_in_the_morning_though_the_evening_was_nearer() -> None:
    planned = visit(local("2026-11-24T01:00"), hours=24, minutes=1).reminders
    assert [(one.state, shown(one)) for one in planned][1] == ("planned", "2026-11-23T08:00")


def test_two_steps_that_quiet_hours_move_together_are_one_reminder() -> None:
    steps = (Step(name="2h", minutes=-60 * 2), Step(name="1h", minutes=-60 * 1))
    planned = visit(local("2026-11-24T08:30"), policy=Policy(steps=steps)).reminders
    assert [(one.step, one.state, one.reason) for one in planned] == [
        ("2h", "skipped", "next_step"),
        ("1h", "planned", None),
    ]


def test_a_short_day_between_quiet_hours_is_used() -> None:
    policy = Policy(steps=POLICY.steps[1:], quiet_from="10:00", quiet_until="09:45")
    planned = visit(local("2026-11-24T09:30"), policy=policy).reminders
    assert shown(planned[0]) == "2026-11-23T09:45"
    policy = Policy(steps=(Step(name="1h", minutes=-60 * 1),), quiet_from="10:00", quiet_until="09:45")
    assert shown(visit(local("2026-11-24T09:30"), policy=policy).reminders[0]) == "2026-11-23T09:45"


def test_where_the_clocks_leave_out_all_that_is_not_quiet_the_day_before_is_used() -> None:
    policy = POLICY.model_copy(update={"quiet_from": "02:15", "quiet_until": "02:00"})
    planned = visit(local("2027-03-29T02:10"), policy=policy).reminders
    assert shown(planned[1]) == "2027-03-27T02:00"


def test_quiet_hours_that_end_where_they_begin_are_none() -> None:
    policy = POLICY.model_copy(update={"quiet_from": "08:00", "quiet_until": "08:00"})
    appointment = visit(local("2026-11-24T03:00"), policy=policy)
    assert [shown(one) for one in appointment.reminders] == ["2026-11-21T03:00", "2026-11-23T03:00"]
    due = appointment.reminders[0].due_at
    assert rules.decide(appointment, policy, due).send


def test_nothing_is_decided_before_it_is_due() -> None:
    appointment = visit(local("2026-11-24T09:30"))
    verdict = rules.decide(appointment, POLICY, local("2026-11-21T09:29:59"))
    assert (verdict.appointment, verdict.send) == (appointment, None)


def test_what_is_due_is_sent_once_and_the_row_waits_for_the_next_step() -> None:
    appointment = visit(local("2026-11-24T09:30"))
    now = appointment.reminders[0].due_at
    first = rules.decide(appointment, POLICY, now)
    assert first.send is not None
    assert first.send.step == "72h"
    assert [one.state for one in first.appointment.reminders] == ["sent", "planned"]
    assert first.appointment.due_at == appointment.reminders[1].due_at
    again = rules.decide(first.appointment, POLICY, now)
    assert (again.appointment, again.send) == (first.appointment, None)


def test_after_a_long_outage_only_the_last_step_goes_out() -> None:
    appointment = visit(local("2026-11-24T09:30"))
    verdict = rules.decide(appointment, POLICY, local("2026-11-23T10:00"))
    assert verdict.send is not None
    assert verdict.send.step == "24h"
    assert [(one.state, one.reason) for one in verdict.appointment.reminders] == [
        ("skipped", "late"),
        ("sent", None),
    ]


def test_a_step_whose_follower_is_due_as_well_is_skipped() -> None:
    steps = (Step(name="4h", minutes=-60 * 4), Step(name="3h", minutes=-60 * 3))
    policy = Policy(steps=steps)
    verdict = rules.decide(visit(local("2026-11-24T16:00"), policy=policy), policy, local("2026-11-24T13:10"))
    assert [(one.state, one.reason) for one in verdict.appointment.reminders] == [
        ("skipped", "next_step"),
        ("sent", None),
    ]


@pytest.mark.parametrize(
    ("now", "state", "reason"),
    [
        ("2026-11-21T20:59", "sent", None),
        ("2026-11-21T22:29", "skipped", "quiet_hours"),  # the morning is too far away
        ("2026-11-21T22:30", "skipped", "late"),
        ("2026-11-22T12:00", "skipped", "late"),
    ],
)
def test_a_reminder_over_thirteen_hours_late_is_skipped(now: str, state: str, reason: str | None) -> None:
    verdict = rules.decide(visit(local("2026-11-24T09:30")), POLICY, local(now))
    assert (verdict.appointment.reminders[0].state, verdict.appointment.reminders[0].reason) == (
        state,
        reason,
    )


def test_a_visit_that_has_begun_is_not_reminded_of() -> None:
    start = local("2026-11-24T09:30")
    verdict = rules.decide(visit(start), POLICY, start)
    assert verdict.send is None
    assert verdict.appointment.due_at is None


def test_a_reminder_found_late_in_the_night_waits_for_the_morning() -> None:
    appointment = visit(local("2026-11-24T20:00"))
    verdict = rules.decide(appointment, POLICY, local("2026-11-21T21:00"))
    assert verdict.send is None
    assert verdict.appointment.due_at == local("2026-11-22T08:00")


def test_a_reminder_is_skipped_when_the_morning_would_be_too_late() -> None:
    policy = Policy(steps=(Step(name="3h", minutes=-60 * 3),), quiet_from="20:00")
    appointment = visit(local("2026-11-24T22:00"), policy=policy)
    verdict = rules.decide(appointment, policy, local("2026-11-24T20:15"))
    assert verdict.send is None
    assert verdict.appointment.reminders[0].reason == "quiet_hours"


def test_a_patient_who_opted_out_is_not_reminded() -> None:
    appointment = visit(local("2026-11-24T09:30"))
    verdict = rules.decide(appointment, POLICY, appointment.reminders[0].due_at, unwanted={"care"})
    assert verdict.send is None
    assert (verdict.appointment.reminders[0].state, verdict.appointment.reminders[0].reason) == (
        "skipped",
        "opted_out",
    )
    assert verdict.appointment.reminders[1].state == "planned"


def test_a_visit_that_is_not_booked_any_more_has_its_reminders_cancelled() -> None:
    appointment = visit(local("2026-11-24T09:30")).model_copy(update={"status": "arrived"})
    verdict = rules.decide(appointment, POLICY, appointment.reminders[1].due_at)
    assert verdict.send is None
    assert {one.state for one in verdict.appointment.reminders} == {"cancelled"}


@pytest.mark.parametrize(
    ("start", "now", "not_after"),
    [
        ("2026-11-24T09:30", "2026-11-21T09:30", "2026-11-21T20:59:59"),  # quiet hours begin
        ("2026-11-24T14:00", "2026-11-23T14:00", "2026-11-23T20:59:59"),
    ],
)
def test_what_goes_out_is_not_sent_after_quiet_hours_begin(start: str, now: str, not_after: str) -> None:
    verdict = rules.decide(visit(local(start)), POLICY, local(now))
    assert times.shown(times.wall(verdict.not_after, MADRID)) == not_after


def test_what_goes_out_is_not_sent_after_the_next_step_is_due_nor_after_the_start() -> None:
    steps = (Step(name="4h", minutes=-60 * 4), Step(name="3h", minutes=-60 * 3))
    policy = Policy(steps=steps)
    appointment = visit(local("2026-11-24T16:00"), policy=policy)
    first = rules.decide(appointment, policy, local("2026-11-24T12:00"))
    assert first.not_after < appointment.reminders[1].due_at
    second = rules.decide(first.appointment, policy, local("2026-11-24T13:00"))
    assert second.not_after < appointment.start


HOURS_OF_DAY = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@given(HOURS_OF_DAY, HOURS_OF_DAY, HOURS_OF_DAY, HOURS_OF_DAY, st.times())
def test_a_patient_s_quiet_hours_only_ever_add_to_the_clinic_s(
    opens: str, closes: str, begins: str, ends: str, moment: time
) -> None:
    policy = Policy(quiet_from=closes, quiet_until=opens)
    both = quiet.narrower(policy, Quiet(begins=begins, ends=ends))
    own = Policy(quiet_from=begins, quiet_until=ends)
    wall = datetime.combine(date(2026, 11, 24), moment)
    if quiet.is_quiet(own, wall):
        assert quiet.is_quiet(both, wall)
    leaves_none = both == own
    if quiet.is_quiet(policy, wall) and not leaves_none:
        assert quiet.is_quiet(both, wall)


@pytest.mark.parametrize(
    ("begins", "ends", "both"),
    [
        ("22:00", "11:00", ("21:00", "11:00")),
        ("19:00", "07:00", ("19:00", "08:00")),
        ("13:00", "15:00", ("21:00", "15:00")),
        ("12:00", "12:00", ("21:00", "08:00")),
        ("07:00", "22:00", ("07:00", "22:00")),
    ],
)
def test_of_two_quiet_hours_the_longest_stretch_that_both_leave_remains(
    begins: str, ends: str, both: tuple[str, str]
) -> None:
    left = quiet.narrower(Policy(), Quiet(begins=begins, ends=ends))
    assert (left.quiet_from, left.quiet_until) == both
