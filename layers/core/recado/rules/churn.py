"""Who may be leaving the clinic (R97), by what the clinic can still make good. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from recado.model.appointment import Appointment
from recado.model.outcomes import Pursuit
from recado.model.survey import Survey
from recado.rules.surveys import is_low

Reason = Literal["unanswered", "waited_long", "low_score"]

LONG: Final = timedelta(hours=24)
"""Whoever was missed is called within an hour, and never later than this (R42)."""


class Sign(NamedTuple):
    """One reason, and when it came to be."""

    reason: Reason
    at: datetime


def signs(
    pursuits: Iterable[Pursuit], surveys: Iterable[Survey], people: Mapping[str, str], now: datetime
) -> dict[str, tuple[Sign, ...]]:
    """By person, as they are joined now: nobody got back to them; only after more than a day; they gave a low
    score. The latest first."""
    found: defaultdict[str, set[Sign]] = defaultdict(set)
    for one in pursuits:
        reason = _missed(one, now)
        if reason:
            found[people.get(one.patient, one.patient)].add(Sign(reason, one.since))
    for survey in surveys:
        if is_low(survey) and survey.patient:
            at = survey.answered_at or survey.asked_at
            found[people.get(survey.patient, survey.patient)].add(Sign("low_score", at))
    return {
        person: tuple(sorted(own, key=lambda sign: sign.at, reverse=True)) for person, own in found.items()
    }


def _missed(one: Pursuit, now: datetime) -> Reason | None:
    """Why somebody whom the clinic missed may not come again: whom it could not reach in time."""
    answers = [attempt.at for attempt in one.attempts] + ([one.answered_at] if one.answered_at else [])
    if one.ended == "unreachable" or (not answers and not one.ended and now - one.since > LONG):
        return "unanswered"
    return "waited_long" if answers and min(answers) - one.since > LONG else None


def worst_first(found: Mapping[str, Sequence[Sign]]) -> list[str]:
    """These people: who has most reasons first, and of them whose last sign is the latest."""
    return sorted(
        found, key=lambda one: (len({sign.reason for sign in found[one]}), found[one][0].at), reverse=True
    )


def stays(own: Sequence[Sign], visits: Iterable[Appointment], now: datetime) -> bool:
    """Whether somebody has come since the last sign, or has a visit to come."""
    return any(
        (one.status == "booked" and one.start > now)
        or (one.status in ("arrived", "fulfilled") and one.start > own[0].at)
        for one in visits
    )
