"""What came of a stretch of days' surveys?"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.rules import surveys as rules
from recado.store import surveys

MOST: Final = 92
"""Days: a query for each of them."""


class Weighed(NamedTuple):
    """Of the surveys about visits of these days: how many were asked and answered, and what they come to."""

    asked: int
    answered: int
    nps: rules.Nps
    csat: rules.Csat


def weigh_surveys(tenant: str, since: date, until: date) -> Weighed:
    """Both days included. Raises Invalid that names `until`, Unavailable."""
    days = (until - since).days + 1
    if not 1 <= days <= MOST:
        raise Invalid("until", f"From the first day on, {MOST} days at most.")
    found = surveys.of_days(tenant, since, until)
    answered = sum(one.score is not None for one in found)
    return Weighed(len(found), answered, rules.nps(found), rules.csat(found))
