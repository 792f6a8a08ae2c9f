"""Figures: of visits, following up, self-service, messages, access, surveys. Each says of how many it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, TypeVar

from pydantic import Field
from recado.actions.report_access import report_access
from recado.actions.report_authorisations import report_authorisations
from recado.actions.report_outcomes import report_outcomes
from recado.actions.report_retention import report_retention
from recado.actions.report_reviews import report_reviews
from recado.actions.report_surveys import report_surveys
from recado.actions.report_visits import report_visits
from recado.model.record import iso
from recado.model.tenant import Tenant
from recado.rules import (
    kpi_access,
    kpi_authorisations,
    kpi_bot,
    kpi_follow_up,
    kpi_messages,
    kpi_retention,
    kpi_reviews,
    kpi_surveys,
    kpi_visits,
)
from recado.rules.figures import Measure, Unit
from recado.rules.kpi_bot import SETTLED_FOR, Served
from recado.rules.kpi_follow_up import Pursued
from recado.rules.periods import Period as Span
from typing_extensions import TypedDict

from api.answers import Moment
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)

T = TypeVar("T")


class Part(TypedDict):
    """A number, and of how many it is; null: of nobody, there is none."""

    value: float | None
    n: int


class Figure(Part):
    """`id` and `version` say which definition it is, `source` what in the project's requirements asks for it.
    A share is from 0 to 1 (K27's may be more); points, -100 to 100. `parts`: what it is made of, by name."""

    id: str
    version: int
    name: str
    source: str
    unit: Unit
    parts: dict[str, Part]


class Figures(TypedDict):
    """Of a period, half open: of all channels, and the same of each."""

    timezone: str
    since: Moment
    until: Moment
    total: list[Figure]
    channels: dict[str, list[Figure]]


class Period(Asked):
    """From when until when: dates of the clinic's calendar, or moments with an offset; by default today; 31
    days at most."""

    since: Annotated[str | None, Field(alias="from", max_length=40)] = None
    until: Annotated[str | None, Field(alias="to", max_length=40)] = None


@resource.route("GET", "/metrics/appointments", "read_visit_figures", Figures, query=Period)
def read_visits(call: Call, query: Period) -> Figures:
    """Visits that were to begin in a period, and have: who was reminded, who came, what was called off, and
    whose time was filled again (K20-K23). A channel is the one by which the patient hears of the visit."""
    made = report_visits(call.tenant, query.since, query.until, call.now)
    return _figures(made.clinic, made.period, kpi_visits.KPIS, made.whole, made.channels)


@resource.route("GET", "/metrics/retention", "read_retention_figures", Figures, query=Period)
def read_retention(call: Call, query: Period) -> Figures:
    """People who were seen in a period and came back within a year (K26); some seconds for an old period."""
    made = report_retention(call.tenant, query.since, query.until, call.now)
    return _figures(made.clinic, made.period, kpi_retention.KPIS, made.whole, made.channels)


@resource.route("GET", "/metrics/follow-up", "read_follow_up_figures", Figures, query=Period)
def read_follow_up(call: Call, query: Period) -> Figures:
    """Missed calls and forms of a period, and what was done to reach whoever left them (K12-K19)."""
    made = report_outcomes(call.tenant, query.since, query.until, call.now)
    whole = Pursued(made.whole, made.clinic, call.now)
    channels = {name: whole._replace(outcomes=one) for name, one in made.channels.items()}
    return _figures(made.clinic, made.period, kpi_follow_up.KPIS, whole, channels)


@resource.route("GET", "/metrics/bot", "read_bot_figures", Figures, query=Period)
def read_bot(call: Call, query: Period) -> Figures:
    """Conversations with self-service that began in a period: settled, handed over, broken off (K30)."""
    made = report_outcomes(call.tenant, query.since, query.until, call.now, after=SETTLED_FOR)
    whole = Served(made.whole.talks, made.returns, call.now)
    channels = {name: whole._replace(talks=one.talks) for name, one in made.channels.items()}
    return _figures(made.clinic, made.period, kpi_bot.KPIS, whole, channels)


@resource.route("GET", "/metrics/messages", "read_message_figures", Figures, query=Period)
def read_messages(call: Call, query: Period) -> Figures:
    """What became of what was written in a period: what arrived, and who wants no more (K40, K41)."""
    made = report_outcomes(call.tenant, query.since, query.until, call.now)
    return _figures(made.clinic, made.period, kpi_messages.KPIS, made.whole, made.channels)


@resource.route("GET", "/metrics/authorisations", "read_authorisation_figures", Figures, query=Period)
def read_authorisations(call: Call, query: Period) -> Figures:
    """Authorisations that we were told of in a period: whether a visit was booked, and how soon (K24)."""
    made = report_authorisations(call.tenant, query.since, query.until, call.now)
    return _figures(made.clinic, made.period, kpi_authorisations.KPIS, made.whole, made.channels)


@resource.route("GET", "/metrics/access", "read_access_figures", Figures, query=Period)
def read_access(call: Call, query: Period) -> Figures:
    """How many days away a free time is now, whatever the period; and who, in the period, was helped while
    the clinic was closed (K29)."""
    made = report_access(call.tenant, query.since, query.until, call.now)
    outcome = made.outcome
    return _figures(outcome.clinic, outcome.period, kpi_access.KPIS, made.whole, made.channels)


@resource.route("GET", "/metrics/surveys", "read_survey_figures", Figures, query=Period)
def read_surveys(call: Call, query: Period) -> Figures:
    """What patients said of the visits of a period's days (K36, K38), and how many of those who were asked
    did (K39)."""
    made = report_surveys(call.tenant, query.since, query.until, call.now)
    return _figures(made.clinic, made.period, kpi_surveys.KPIS, made.whole, made.channels)


@resource.route("GET", "/metrics/reviews", "read_review_figures", Figures, query=Period)
def read_reviews(call: Call, query: Period) -> Figures:
    """Reviews of the clinic between the first and the last note, of a period or the week before it, of what
    the review site shows, for each person who was invited between them; and how it is rated (K27)."""
    made = report_reviews(call.tenant, query.since, query.until, call.now)
    return _figures(made.clinic, made.period, kpi_reviews.KPIS, made.whole, {})


def _figures(
    clinic: Tenant, span: Span, kpis: Iterable[Measure[T]], whole: T, channels: Mapping[str, T]
) -> Figures:
    known = list(kpis)
    return {
        "timezone": clinic.timezone,
        "since": iso(span.start),
        "until": iso(span.end),
        "total": [shown(one, whole) for one in known],
        "channels": {name: [shown(one, given) for one in known] for name, given in channels.items()},
    }


def shown(one: Measure[T], given: T) -> Figure:
    """A measure of this."""
    found = one.formula(given)
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "source": one.source,
        "unit": one.unit,
        "value": found.value,
        "n": found.n,
        "parts": {name: {"value": part.value, "n": part.n} for name, part in found.parts.items()},
    }
