"""How soon somebody is seen who asks now, and who was helped while nobody was there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.actions.find_slots import LONGEST, taken
from recado.actions.report_outcomes import Outcome, report_outcomes
from recado.rules.kpi_access import Access, Wait, wait
from recado.rules.practitioners import does
from recado.store import schedules


class AccessReport(NamedTuple):
    """On all channels, and on each: the waits are the same, they are nobody's channel."""

    outcome: Outcome
    whole: Access
    channels: Mapping[str, Access]


def report_access(tenant: str, start: str | None, end: str | None, now: datetime) -> AccessReport:
    """The waits as they are now, and what came of a period (see `rules.periods`). Raises Invalid that names
    `from` or `to`."""
    outcome = report_outcomes(tenant, start, end, now)
    waits = list(_waits(tenant, outcome, now))
    channels = {name: Access(waits, one) for name, one in outcome.channels.items()}
    return AccessReport(outcome, Access(waits, outcome.whole), channels)


def _waits(tenant: str, outcome: Outcome, now: datetime) -> Iterator[Wait]:
    """One read of an agenda for each practitioner who has a schedule."""
    practice, until = schedules.recent(tenant), now + LONGEST
    kinds = [one for one in practice.types.values() if one.active]
    longest = max((one.minutes + one.buffer for one in kinds), default=0)
    for who in practice.practitioners.values():
        schedule = practice.schedules.get(who.id)
        if schedule is not None and who.active:
            busy = taken(tenant, who.id, now, until + timedelta(minutes=longest))
            for kind in kinds:
                if does(who, kind):
                    yield wait(outcome.clinic, schedule, kind, busy, (now, until))
