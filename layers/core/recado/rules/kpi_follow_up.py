"""Missed calls and forms, and what was done to reach whoever had left them (K12-K19). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.outcomes import Outcomes, Pursuit
from recado.model.tenant import Tenant
from recado.rules.figures import Figure, Measure, Part, count, part, percentile, share
from recado.rules.follow_ups import SPOKEN
from recado.rules.hours import time_open

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(hours=24)
RECOVERED_WITHIN: Final = timedelta(hours=48)

SETTLED_CALLS: Final = frozenset({"answered", "self_served", "callback_requested"})
"""How a call ends that was not missed (K12)."""


class Pursued(NamedTuple):
    """What came of a period, as it is known now, at this clinic."""

    outcomes: Outcomes
    clinic: Tenant
    now: datetime


def missed_call_rate(given: Pursued) -> Figure:
    """Calls neither answered nor settled by self-service nor ended with a call-back asked for, of all; in the
    clinic's hours (`open`) and out of them (`closed`)."""
    calls = given.outcomes.calls
    parts = {hours: _missed(calls, hours) for hours in ("open", "closed")}
    of = sum(one.n for one in parts.values())
    missed = sum(number for name, number in calls.items() if _ending(name) not in SETTLED_CALLS)
    return share(missed, of, parts)


def _missed(calls: dict[str, int], hours: str) -> Part:
    then = {name: number for name, number in calls.items() if name.endswith(f"/{hours}")}
    missed = sum(number for name, number in then.items() if _ending(name) not in SETTLED_CALLS)
    return part(missed, sum(then.values()))


def _ending(name: str) -> str:
    return name.partition("/")[0]


def recovered_missed(given: Pursued) -> Figure:
    """People whose call was missed and who were spoken to, or booked, within 48 hours of it, of all whose
    call was missed; whom less time has passed for may still be."""
    calls = [one for one in given.outcomes.pursuits if one.kind == "call"]
    recovered = {one.patient for one in calls if _is_recovered(one)}
    return share(len(recovered), len({one.patient for one in calls}))


def _is_recovered(one: Pursuit) -> bool:
    until = one.since + RECOVERED_WITHIN
    spoken = any(each.outcome in SPOKEN and each.at <= until for each in one.attempts)
    ended = one.ended in ("reached", "booked") and one.ended_at is not None and one.ended_at <= until
    return spoken or ended


def time_to_first_callback(given: Pursued) -> Figure:
    """Seconds from when they were missed to the first attempt to reach them: half of them waited no longer
    (p50); `p90`, and the same of the time in which the clinic was open (`open_p50`, `open_p90`). Whom nobody
    has tried to reach yet is in K16."""
    tried = [(one.since, at) for one in given.outcomes.pursuits if (at := first_attempt(one))]
    wall = [(at - since).total_seconds() for since, at in tried]
    at_work = [time_open(given.clinic, since, at).total_seconds() for since, at in tried]
    parts = {
        "p90": percentile(wall, 0.9),
        "open_p50": percentile(at_work, 0.5),
        "open_p90": percentile(at_work, 0.9),
    }
    return Figure(*percentile(wall, 0.5), parts)


def first_attempt(one: Pursuit) -> datetime | None:
    """When a person first tried to reach them: by a call; whoever had written, by an answer, too."""
    called = one.attempts[0].at if one.attempts else None
    wrote = one.answered_at if one.kind != "call" else None
    return min((at for at in (called, wrote) if at), default=None)


def within_1h_rate(given: Pursued) -> Figure:
    """Missed calls and forms with a first attempt within an hour by the clock, of all that are an hour old;
    `open`: within an hour in which the clinic was open. Whoever came back, or was settled, in that hour with
    no attempt needed none."""
    pursuits = [one for one in given.outcomes.pursuits if one.kind != "message"]
    judged = [one for one in pursuits if _is_due(one, HOUR, given.now)]
    wall = sum(_tried_within(one, HOUR) for one in judged)
    at_work = sum(_tried_within_open(one, given.clinic) for one in judged)
    return share(wall, len(judged), {"open": part(at_work, len(judged))})


def _is_due(one: Pursuit, span: timedelta, now: datetime) -> bool:
    """Whether an attempt was made, or owed for longer than this."""
    return first_attempt(one) is not None or (one.ended_at or now) - one.since > span


def _tried_within(one: Pursuit, span: timedelta) -> bool:
    at = first_attempt(one)
    return at is not None and at - one.since <= span


def _tried_within_open(one: Pursuit, clinic: Tenant) -> bool:
    at = first_attempt(one)
    return at is not None and time_open(clinic, one.since, at) <= HOUR


def over_24h(given: Pursued) -> Figure:
    """Missed calls and forms for which nobody had tried anything after 24 hours by the clock: none, it
    should be."""
    pursuits = [one for one in given.outcomes.pursuits if one.kind != "message"]
    return count(sum(_is_late(one, given.now) for one in pursuits), len(pursuits))


def _is_late(one: Pursuit, now: datetime) -> bool:
    return (first_attempt(one) or one.ended_at or now) - one.since > DAY


def attempts_per_contact(given: Pursued) -> Figure:
    """Calls of ours for each one who was reached by them, and for each who was `never_reached`."""
    reached, not_reached = _by_success(given.outcomes.pursuits)
    never = part(sum(len(one.attempts) for one in not_reached), len(not_reached))
    return share(sum(len(one.attempts) for one in reached), len(reached), {"never_reached": never})


def _by_success(pursuits: Sequence[Pursuit]) -> tuple[list[Pursuit], list[Pursuit]]:
    tried = [one for one in pursuits if one.attempts]
    return [one for one in tried if _reached_at(one)], [one for one in tried if not _reached_at(one)]


def _reached_at(one: Pursuit) -> int:
    """By which attempt they were first reached, from 1 on; 0: by none."""
    spoken = (number for number, each in enumerate(one.attempts, 1) if each.outcome in SPOKEN)
    return next(spoken, 0)


def contact_rate(given: Pursued) -> Figure:
    """Who was reached by an attempt, of all whom anybody tried to reach; by the attempt's number, of those
    for whom there were so many and who had not been reached before."""
    tried = [one for one in given.outcomes.pursuits if one.attempts]
    longest = max((len(one.attempts) for one in tried), default=0)
    parts = {str(number): _reached_by(tried, number) for number in range(1, longest + 1)}
    return share(sum(bool(_reached_at(one)) for one in tried), len(tried), parts)


def _reached_by(tried: Sequence[Pursuit], number: int) -> Part:
    left = [one for one in tried if _reached_at(one) not in range(1, number)]
    so_many = [one for one in left if len(one.attempts) >= number]
    return part(sum(_reached_at(one) == number for one in so_many), len(so_many))


def voicemail_rate(given: Pursued) -> Figure:
    """Calls of ours that ended at an answering machine, of all."""
    outcomes = [each.outcome for one in given.outcomes.pursuits for each in one.attempts]
    return share(outcomes.count("voicemail"), len(outcomes))


KPIS: Final[tuple[Measure[Pursued], ...]] = (
    Measure("K12", 1, "missed_call_rate", "R40, K12", "share", missed_call_rate),
    Measure("K13", 1, "recovered_missed", "R41, K13", "share", recovered_missed),
    Measure("K14", 1, "time_to_first_callback", "R42, K14", "seconds", time_to_first_callback),
    Measure("K15", 1, "within_1h_rate", "R42, K15", "share", within_1h_rate),
    Measure("K16", 1, "over_24h", "R42, K16", "count", over_24h),
    Measure("K17", 1, "attempts_per_contact", "R43, K17", "times", attempts_per_contact),
    Measure("K18", 1, "contact_rate", "R43, K18", "share", contact_rate),
    Measure("K19", 1, "voicemail_rate", "R43, K19", "share", voicemail_rate),
)
