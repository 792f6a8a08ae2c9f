"""Who may be leaving the clinic (R97), by what the clinic can still make good. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from recado.model.appointment import Appointment
from recado.model.outcomes import Pursuit
from recado.model.patient import Kind, Patient
from recado.model.survey import Survey
from recado.rules.surveys import is_low

Reason = Literal["unanswered", "unreachable", "waited_long", "low_score"]

LONG: Final = timedelta(hours=24)
"""Whoever was missed is called within an hour, and never later than this (R42)."""
THEMSELVES: Final[frozenset[Kind]] = frozenset({"lead", "patient", "member"})
"""Of these it is known whether they come; a caregiver calls for others, a household is nobody."""


class Sign(NamedTuple):
    """One reason, when it came to be, and in which contact, where that is known."""

    at: datetime
    reason: Reason
    contact: str | None = None


def signs(pursuits: Iterable[Pursuit], surveys: Iterable[Survey], now: datetime) -> dict[str, set[Sign]]:
    """By record: nobody got back to them; nobody reached them, or only after more than a day; they gave a low
    score."""
    found: defaultdict[str, set[Sign]] = defaultdict(set)
    for one in pursuits:
        reason = _missed(one, now)
        if reason:
            found[one.patient].add(Sign(one.since, reason))
    for survey in surveys:
        if is_low(survey) and survey.patient:
            at = survey.answered_at or survey.asked_at
            found[survey.patient].add(Sign(at, "low_score", survey.contact))
    return dict(found)


def _missed(one: Pursuit, now: datetime) -> Reason | None:
    """Why somebody whom the clinic missed may not come again; who said that they want nothing is let be."""
    if one.ended in ("declined", "unreachable"):
        return "unreachable" if one.ended == "unreachable" else None
    seen_to = [*(attempt.at for attempt in one.attempts), one.answered_at, one.ended_at]
    times = [at for at in seen_to if at is not None and at >= one.since]
    if times:
        return "waited_long" if min(times) - one.since > LONG else None
    return "unanswered" if not one.ended and now - one.since > LONG else None


def gathered(found: Mapping[str, Iterable[Sign]], keepers: Mapping[str, str]) -> dict[str, tuple[Sign, ...]]:
    """The signs of each person, the latest first; `keepers`: of the records that there are, whose they are,
    once somebody has confirmed it. Nobody is called for what only the machine takes for theirs."""
    together: defaultdict[str, set[Sign]] = defaultdict(set)
    for record, own in found.items():
        if record in keepers:
            together[keepers[record]].update(own)
    return {person: tuple(sorted(own, key=_latest, reverse=True)) for person, own in together.items()}


def _latest(sign: Sign) -> tuple[datetime, str]:
    return sign.at, sign.reason


def worst_first(found: Mapping[str, Sequence[Sign]]) -> list[str]:
    """These people: who has most reasons first, and of them whose last sign is the latest."""
    return sorted(
        found, key=lambda one: (len({sign.reason for sign in found[one]}), found[one][0].at), reverse=True
    )


def may_be_asked(patient: Patient) -> bool:
    """Whether somebody is one whom the clinic may try to win back: who wants no messages is let be."""
    return patient.kind in THEMSELVES and not patient.opted_out


def stays(own: Sequence[Sign], visits: Iterable[Appointment]) -> bool:
    """Whether somebody has come since the last sign, or has a visit to come. Of one that has begun it may not
    be noted what came of it: they are taken to have come."""
    comes = ("booked", "arrived", "fulfilled")
    return any(one.status in comes and one.start > own[0].at for one in visits)
