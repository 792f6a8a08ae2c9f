"""What was asked about the visits of a period, what arrived, and what was answered?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.survey import Survey
from recado.model.tenant import Tenant
from recado.rules import times
from recado.rules.kpi_surveys import Asked
from recado.rules.periods import Period, period
from recado.store import contacts, surveys, tenants

PAGE: Final = 100
DAY: Final = timedelta(days=1)
MOMENT: Final = timedelta(seconds=1)
TAKEN: Final = frozenset({"sent", "delivered", "read"})
ARRIVED: Final = frozenset({"delivered", "read"})


class SurveyReport(NamedTuple):
    """On all channels, and on each by which they were asked, or have answered."""

    clinic: Tenant
    period: Period
    whole: Asked
    channels: Mapping[str, Asked]


def report_surveys(tenant: str, start: str | None, end: str | None, now: datetime) -> SurveyReport:
    """The surveys of the days that a period touches (see `rules.periods`): a query for each day, and a read
    for each hundred. Raises Invalid that names `from` or `to`, Unavailable."""
    clinic = tenants.get(tenant)
    span = period(start, end, clinic.timezone, now)
    day = times.wall(span.start, clinic.timezone).date()
    last = times.wall(span.end - MOMENT, clinic.timezone).date()
    found: list[Survey] = []
    while day <= last:
        found += surveys.of_day(tenant, day.isoformat())
        day += DAY
    states = _states(tenant, [one.id for one in found])
    channels = {
        name: _asked([one for one in found if one.channel == name], states)
        for name in sorted({one.channel for one in found})
    }
    return SurveyReport(clinic, span, _asked(found, states), channels)


def _asked(found: Sequence[Survey], states: Mapping[str, str]) -> Asked:
    own = [(one.id, states.get(one.id)) for one in found]
    taken = frozenset(own_id for own_id, state in own if state in TAKEN)
    return Asked(found, taken, frozenset(own_id for own_id, state in own if state in ARRIVED))


def _states(tenant: str, ids: Sequence[str]) -> dict[str, str]:
    """Of each survey's message, or of the last that went in its stead."""
    waiting = [(one, one) for one in ids]
    states: dict[str, str] = {}
    while waiting:
        these, waiting = waiting[:PAGE], waiting[PAGE:]
        messages = {one.id: one for one in contacts.some_communications(tenant, [own for _, own in these])}
        for survey, own in these:
            message = messages.get(own)
            if message and message.replaced_by:
                waiting.append((survey, message.replaced_by))
            elif message:
                states[survey] = message.state
    return states
