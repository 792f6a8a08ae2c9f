"""The clinic in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from recado.actions.report import report
from recado.model.interval import IntervalTotal, Messages
from recado.model.record import iso
from recado.rules import kpi
from typing_extensions import TypedDict

from api.answers import Moment
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)

Directions = TypedDict("Directions", {"in": int, "out": int})
"""How many came in, and how many went out."""


class Zone(TypedDict):
    """Whose calendar the report goes by."""

    timezone: str


class Now(TypedDict):
    """How the desk stands; `oldest_wait_s` is none when nobody waits."""

    waiting: int
    assigned: int
    oldest_wait_s: int | None


class Counts(TypedDict):
    """Contacts count in the interval in which they were opened, messages in the one in which they were."""

    offered: int
    handled: int
    waiting: int
    answered: int
    answered_in_target: int
    wait_s_total: int
    abandoned: int
    unique_records: int
    messages: dict[str, Directions]


class Interval(Counts):
    """Fifteen minutes; those in which nothing happened are left out."""

    start: Moment


class Total(Counts):
    """The whole period. `unique_records` is a union; where nothing was answered, rates are null."""

    average_wait_s: float | None
    service_level: float | None


class Kpi(TypedDict):
    """Which definition of a number was used; its source is among the project's requirements."""

    id: str
    version: int
    name: str
    source: str


class Metrics(TypedDict):
    """The report of a period."""

    clinic: Zone
    now: Now
    intervals: list[Interval]
    total: Total
    kpis: list[Kpi]


class Period(Asked):
    """From when until when: dates of the clinic's calendar, or moments with an offset; by default today."""

    since: Annotated[str | None, Field(alias="from", max_length=40)] = None
    until: Annotated[str | None, Field(alias="to", max_length=40)] = None


@resource.route("GET", "/metrics", "read_metrics", Metrics, query=Period)
def read_metrics(call: Call, query: Period) -> Metrics:
    """The desk as it stands, and what happened in a period, by fifteen minutes and as a whole."""
    made = report(call.tenant, query.since, query.until, call.now)
    return {
        "clinic": {"timezone": made.timezone},
        "now": {
            "waiting": made.now.waiting,
            "assigned": made.now.assigned,
            "oldest_wait_s": made.now.oldest_wait_s,
        },
        "intervals": [_interval(one) for one in made.intervals],
        "total": _total(made.intervals),
        "kpis": [{"id": k.id, "version": k.version, "name": k.name, "source": k.source} for k in kpi.KPIS],
    }


def _interval(one: IntervalTotal) -> Interval:
    return {"start": iso(one.start), **_counts([one])}


def _total(intervals: Sequence[IntervalTotal]) -> Total:
    return {
        **_counts(intervals),
        "average_wait_s": kpi.average_wait_s(intervals),
        "service_level": kpi.service_level(intervals),
    }


def _counts(intervals: Sequence[IntervalTotal]) -> Counts:
    return {
        "offered": kpi.offered(intervals),
        "handled": kpi.handled(intervals),
        "waiting": kpi.waiting(intervals),
        "answered": kpi.answered(intervals),
        "answered_in_target": kpi.answered_in_target(intervals),
        "wait_s_total": kpi.wait_s_total(intervals),
        "abandoned": kpi.abandoned(intervals),
        "unique_records": kpi.unique_records(intervals),
        "messages": {channel: _directions(count) for channel, count in kpi.messages(intervals).items()},
    }


def _directions(count: Messages) -> Directions:
    return {"in": count.inbound, "out": count.outbound}
