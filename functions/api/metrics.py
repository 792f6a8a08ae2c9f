"""The clinic in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from recado.model.interval import Counts as Counted
from recado.model.interval import IntervalTotal
from recado.model.patient import Kind
from recado.model.record import iso
from recado.rules import folds, kpi
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


class Touch(TypedDict):
    """How many an origin brought, and its share of all; null where there are none."""

    count: int
    share: float | None


class OriginShare(TypedDict):
    """`first_touch`: people who came for the first time ever. `last_touch`: contacts, by what brought the
    patient that time."""

    first_touch: Touch
    last_touch: Touch


class NewPeople(TypedDict):
    """Of new people who first came by a channel: how many, whom nobody answered, whom somebody reached all
    the same, and who booked a visit; `share`: of all new patients, null where there are none."""

    contacted: int
    missed: int
    recovered: int
    booked: int
    share: float | None


class Total(Counts):
    """The whole period. Over intervals and channels numbers add up, but for `unique_records`, which is a
    union: people are counted as they are joined now; `dup_rate` is the share of duplicates among those as
    whom sources know them. Where nothing was answered, or heard, rates and waits are null. `origins` are by
    type of origin."""

    dup_rate: float | None

    average_wait_s: float | None
    median_wait_s: float | None
    service_level: float | None
    origins: dict[str, OriginShare]


class Kpi(TypedDict):
    """Which definition of a number was used; its source is among the project's requirements."""

    id: str
    version: int
    name: str
    source: str


class Metrics(TypedDict):
    """The report of a period. `channels` is the same as `total`, for each channel of its own; `new_people`
    are by the channel on which they first came, whichever they used since."""

    clinic: Zone
    now: Now
    intervals: list[Interval]
    total: Total
    channels: dict[str, Total]
    new_people: dict[str, NewPeople]
    kpis: list[Kpi]


class Period(Asked):
    """From when until when: dates of the clinic's calendar, or moments with an offset; by default today."""

    since: Annotated[str | None, Field(alias="from", max_length=40)] = None
    until: Annotated[str | None, Field(alias="to", max_length=40)] = None
    channel: Annotated[
        str | None, Field(max_length=40, description="Count this channel alone; all, where it is left out.")
    ] = None
    kind: Annotated[
        Literal[Kind, "unknown"] | None,
        Field(description="Count people of this kind alone, as they were when they came."),
    ] = None


@resource.route("GET", "/metrics", "read_metrics", Metrics, query=Period)
def read_metrics(call: Call, query: Period) -> Metrics:
    """The desk as it stands, and what happened in a period: by fifteen minutes, by channel, as a whole."""
    from recado.actions.report import report  # noqa: PLC0415 - of all routes only this one needs it

    made = report(call.tenant, query.since, query.until, call.now, channel=query.channel, kind=query.kind)
    names = [name for name in folds.channels(made.intervals) if query.channel in (None, name)]
    happened = [one for one in made.intervals if set(names) & set(one.channels)]
    return {
        "clinic": {"timezone": made.timezone},
        "now": {
            "waiting": made.now.waiting,
            "assigned": made.now.assigned,
            "oldest_wait_s": made.now.oldest_wait_s,
        },
        "intervals": [{"start": iso(one.start), **_counts([one], names)} for one in happened],
        "total": _total(happened, names),
        "channels": {name: _total(happened, [name]) for name in names},
        "new_people": _new_people(made.intervals, query.channel),
        "kpis": [{"id": k.id, "version": k.version, "name": k.name, "source": k.source} for k in kpi.KPIS],
    }


def _new_people(intervals: Sequence[IntervalTotal], channel: str | None) -> dict[str, NewPeople]:
    """They may have booked by another channel than the one on which they came."""
    counted = folds.whole(intervals, folds.channels(intervals))
    return {
        name: {
            "contacted": one.contacted,
            "missed": one.missed,
            "recovered": one.recovered,
            "booked": one.booked,
            "share": one.share,
        }
        for name, one in kpi.new_people(counted).items()
        if channel in (None, name)
    }


def _total(intervals: Sequence[IntervalTotal], names: Sequence[str]) -> Total:
    counted = folds.whole(intervals, names)
    return {
        **_counts(intervals, names),
        "dup_rate": kpi.dup_rate(counted),
        "average_wait_s": kpi.average_wait_s(counted),
        "median_wait_s": kpi.median_wait_s(counted),
        "service_level": kpi.service_level(counted),
        "origins": {name: _origin(one) for name, one in kpi.origins(counted).items()},
    }


def _origin(one: kpi.Origin) -> OriginShare:
    return {
        "first_touch": {"count": one.first_touch.number, "share": one.first_touch.share},
        "last_touch": {"count": one.last_touch.number, "share": one.last_touch.share},
    }


def _counts(intervals: Sequence[IntervalTotal], names: Sequence[str]) -> Counts:
    counted = folds.whole(intervals, names)
    by_channel = {name: folds.whole(intervals, [name]) for name in names}
    return {
        "offered": kpi.offered(counted),
        "handled": kpi.handled(counted),
        "waiting": kpi.waiting(counted),
        "answered": kpi.answered(counted),
        "answered_in_target": kpi.answered_in_target(counted),
        "wait_s_total": kpi.wait_s_total(counted),
        "abandoned": kpi.abandoned(counted),
        "unique_records": kpi.unique_records(counted),
        "messages": {name: _directions(one) for name, one in by_channel.items() if kpi.messages(one)},
    }


def _directions(one: Counted) -> Directions:
    return {"in": one.inbound, "out": one.outbound}
