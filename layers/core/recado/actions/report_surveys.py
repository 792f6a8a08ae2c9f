"""What was asked about the visits of a period, what arrived, and what was answered?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.actions.load_last import load_last
from recado.model.survey import Survey
from recado.model.tenant import Tenant
from recado.rules import times
from recado.rules.kpi_surveys import Asked
from recado.rules.periods import Period, period
from recado.store import surveys, tenants

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
    first, last = (times.wall(at, clinic.timezone).date() for at in (span.start, span.end - MOMENT))
    found = surveys.of_days(tenant, first, last)
    messages = load_last(tenant, [one.id for one in found])
    states = {own: message.state for own, message in messages.items()}
    channels = {
        name: _asked([one for one in found if one.channel == name], states)
        for name in sorted({one.channel for one in found})
    }
    return SurveyReport(clinic, span, _asked(found, states), channels)


def _asked(found: Sequence[Survey], states: Mapping[str, str]) -> Asked:
    own = [(one.id, states.get(one.id)) for one in found]
    taken = frozenset(own_id for own_id, state in own if state in TAKEN)
    return Asked(found, taken, frozenset(own_id for own_id, state in own if state in ARRIVED))
