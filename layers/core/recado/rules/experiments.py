"""Who gets which policy, how many patients it takes, and what came of it. Pure.

Patients are compared as they were assigned, whatever they were sent in the end (intention to treat), each by
the first visit that was booked for them while it ran: their visits are not independent of each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import asin, ceil, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from recado.errors import Conflict, Invalid
from recado.model.appointment import Appointment
from recado.model.experiment import Arm, Estimate, Experiment
from recado.model.policy import Policy

ALPHA: Final = 0.05
"""How often a difference is seen where there is none, two-sided."""
POWER: Final = 0.8
"""How often one is seen that is as large as the smallest worth finding."""
LONGEST: Final = 104
"""Weeks; what takes longer is not started."""
WINDOW: Final = 8
"""Weeks of the past from which it is estimated how many patients come."""

_Z: Final = NormalDist().inv_cdf(1 - ALPHA / 2)


class Shares(NamedTuple):
    """What became of an arm's patients: of all of them, those whose visit took place, and who missed it; the
    others called it off."""

    patients: int
    kept: int
    missed: int


class Difference(NamedTuple):
    """`tried` less `usual`, as a share of the patients, with its interval (95 %)."""

    of: float
    low: float
    high: float


class Results(NamedTuple):
    """`enough`: as many patients as were planned; before, looking often finds differences that are none."""

    usual: Shares
    tried: Shares
    kept: Difference | None
    missed: Difference | None
    enough: bool


MOST: Final = 50
"""Experiments of a clinic, those included that are over."""


def refuse_many(known: Sequence[Experiment]) -> None:
    """Raises Conflict where the clinic has had enough of them."""
    if len(known) >= MOST:
        raise Conflict(f"{MOST} experiments at most.")


def arm_of(tenant: str, experiment: str, patient: str) -> Arm:
    """By lot, and always the same: half of the patients, independent of any other experiment."""
    lot = hashlib.sha256("\0".join((tenant, experiment, patient)).encode()).digest()
    return "tried" if lot[0] & 1 else "usual"


def policy_for(tenant: str, usual: Policy, experiments: Iterable[Experiment], visit: Appointment) -> Policy:
    """The policy by which this visit is reminded of: by the experiment that ran when it was booked, also once
    that is over, since its steps are planned by then.

    Its quiet hours, closed days, language and caps are the usual ones in both arms.
    """
    one = next((each for each in experiments if is_in(each, visit)), None)
    if one is None or arm_of(tenant, one.id, visit.patient) == "usual":
        return usual
    return usual.model_copy(update={"steps": one.policy.steps, "words": one.policy.words})


def is_in(one: Experiment, visit: Appointment) -> bool:
    """Whether a visit was booked while the experiment ran, and is of a type that it is about."""
    since, until = one.started_at, one.stopped_at
    ran = since is not None and since <= visit.created_at and (until is None or visit.created_at < until)
    return ran and one.type_id in (None, visit.type_id)


def needed(usual: float, difference: float) -> int:
    """Patients for each arm to see this difference of two shares (Cohen 1988: by the arcsine of their roots).

    Raises Invalid that names `difference` where more than all would keep their visits.
    """
    tried = usual + difference
    if not 0 < usual < 1 or not tried < 1:
        raise Invalid("difference", "More patients would come than there are.")
    effect = 2 * asin(sqrt(tried)) - 2 * asin(sqrt(usual))
    z = _Z + NormalDist().inv_cdf(POWER)
    return ceil(2 * (z / effect) ** 2)


def estimate(visits: Iterable[Appointment], difference: float) -> Estimate:
    """What it takes at a clinic that had these visits in the last WINDOW weeks. Raises Invalid."""
    ended = [one for one in visits if one.status in ("fulfilled", "arrived", "noshow")]
    kept = sum(one.status != "noshow" for one in ended)
    patients = len({one.patient for one in ended})
    # As if there had been one more of each: with no visits it is half, with many it is as it is.
    share = (kept + 1) / (len(ended) + 2)
    both = 2 * needed(share, difference)
    weeks = ceil(both * WINDOW / patients) if patients else None
    return Estimate(
        kept=round(share, 4),
        a_week=round(patients / WINDOW, 1),
        patients=both,
        weeks=weeks if weeks is not None and weeks <= LONGEST else None,
    )


def started(one: Experiment, now: datetime, by: str, *, another: bool) -> Experiment:
    """It runs. Raises Conflict for one that ran before, while another runs, and for what would take years."""
    if one.state != "draft":
        raise Conflict("This experiment has been started before.", field="state")
    if another:
        raise Conflict("Another experiment is running.", field="state")
    if one.estimate.weeks is None:
        raise Conflict("With so few patients this would take years.", field="difference")
    return one.model_copy(update={"state": "running", "started_at": now, "started_by": by})


def stopped(one: Experiment, now: datetime, by: str) -> Experiment:
    """Everybody gets the usual policy again. Raises Conflict unless it runs."""
    if one.state != "running":
        raise Conflict("This experiment is not running.", field="state")
    return one.model_copy(update={"state": "stopped", "stopped_at": now, "stopped_by": by})


def results(tenant: str, one: Experiment, visits: Iterable[Appointment]) -> Results:
    """What came of it by now; `visits`: with all that were booked while it ran."""
    firsts = _firsts(one, visits)
    arms: dict[Arm, list[Appointment]] = {"usual": [], "tried": []}
    for visit in firsts:
        arms[arm_of(tenant, one.id, visit.patient)].append(visit)
    usual, tried = _shares(arms["usual"]), _shares(arms["tried"])
    return Results(
        usual=usual,
        tried=tried,
        kept=difference(tried.kept, tried.patients, usual.kept, usual.patients),
        missed=difference(tried.missed, tried.patients, usual.missed, usual.patients),
        enough=len(firsts) >= one.estimate.patients,
    )


def _firsts(one: Experiment, visits: Iterable[Appointment]) -> list[Appointment]:
    """Each patient's first visit that was booked while it ran; those that are still to come are left out."""
    firsts: dict[str, Appointment] = {}
    for visit in sorted(visits, key=lambda visit: (visit.created_at, visit.id)):
        if is_in(one, visit) and visit.erased_at is None:
            firsts.setdefault(visit.patient, visit)
    return [visit for visit in firsts.values() if visit.status != "booked"]


def _shares(visits: Sequence[Appointment]) -> Shares:
    kept = sum(one.status in ("fulfilled", "arrived") for one in visits)
    return Shares(len(visits), kept, sum(one.status == "noshow" for one in visits))


def difference(ones: int, of: int, others: int, of_others: int) -> Difference | None:
    """The difference of two shares with Newcombe's hybrid score interval (Newcombe 1998, method 10), which
    holds for small numbers and for none; None where an arm is empty."""
    if not of or not of_others:
        return None
    first, second = ones / of, others / of_others
    (low, high), (low_other, high_other) = score_interval(ones, of), score_interval(others, of_others)
    return Difference(
        of=first - second,
        low=first - second - sqrt((first - low) ** 2 + (high_other - second) ** 2),
        high=first - second + sqrt((high - first) ** 2 + (second - low_other) ** 2),
    )


def score_interval(ones: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share (1927)."""
    share, square = ones / of, _Z * _Z
    middle = (ones + square / 2) / (of + square)
    reach = _Z / (of + square) * sqrt(of * share * (1 - share) + square / 4)
    return max(0.0, middle - reach), min(1.0, middle + reach)
