"""How visits were: what patients answered, and what it comes to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.weigh_surveys import weigh_surveys
from recado.model.record import iso
from recado.model.survey import Survey as StoredSurvey
from recado.model.survey import SurveyKind
from recado.rules import surveys as rules
from recado.store import surveys
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.names import names_of
from api.reading import Asked, day_of
from api.resource import Call, Resource

resource = Resource(__name__)

Day = Annotated[str, Field(pattern="^[0-9]{4}-[01][0-9]-[0-3][0-9]$")]


class OfDay(Asked):
    """A day of the clinic's calendar."""

    day: Day


class Stretch(Asked):
    """The days of the visits, both included; 92 at most."""

    since: Day
    until: Day


class Survey(TypedDict):
    """One question about one visit, or one contact (`about_contact`). `nps`: 0 to 10; `csat`: 1 to 5; `score`
    null: not answered yet. `low`: a person of the clinic gets in touch, in `contact`. Of somebody who was
    erased only the score is left."""

    id: str
    kind: SurveyKind
    patient: str | None
    patient_name: str | None
    appointment: str | None
    about_contact: str | None
    practitioner: str
    type_id: str | None
    channel: str
    asked_at: Moment
    answered_at: Moment | None
    score: int | None
    low: bool
    comment: str | None
    contact: str | None


class Nps(TypedDict):
    """From -100 to 100, and its interval (95 %). Not `enough`: under 30 answers, which say little."""

    answers: int
    promoters: int
    detractors: int
    score: float | None
    low: float | None
    high: float | None
    enough: bool


class Csat(TypedDict):
    """The share of 4 and 5, with its interval (95 %)."""

    answers: int
    content: int
    share: float | None
    low: float | None
    high: float | None


class Results(TypedDict):
    """Of the visits of these days."""

    asked: int
    answered: int
    nps: Nps
    csat: Csat


@resource.route("GET", "/surveys", "list_surveys", Page[Survey], query=OfDay)
def list_all(call: Call, query: OfDay) -> Page[Survey]:
    """What was asked about the visits of a day, in order."""
    found = surveys.of_day(call.tenant, query.day)
    names = names_of(call.tenant, (one.patient for one in found if one.patient))
    return page([_shown(one, names) for one in found])


@resource.route("GET", "/surveys/results", "read_survey_results", Results, query=Stretch)
def results(call: Call, query: Stretch) -> Results:
    """What it comes to. All who were asked may answer, and all who answer count."""
    found = weigh_surveys(call.tenant, day_of("since", query.since), day_of("until", query.until))
    nps, csat = found.nps, found.csat
    return {
        "asked": found.asked,
        "answered": found.answered,
        "nps": {
            "answers": nps.answers,
            "promoters": nps.promoters,
            "detractors": nps.detractors,
            "score": nps.score,
            "low": nps.low,
            "high": nps.high,
            "enough": nps.enough,
        },
        "csat": {
            "answers": csat.answers,
            "content": csat.content,
            "share": csat.share,
            "low": csat.low,
            "high": csat.high,
        },
    }


def _shown(one: StoredSurvey, names: dict[str, str | None]) -> Survey:
    return {
        "id": one.id,
        "kind": one.kind,
        "patient": one.patient or None,
        "patient_name": names.get(one.patient or ""),
        "appointment": one.appointment,
        "about_contact": one.about_contact,
        "practitioner": one.practitioner,
        "type_id": one.type_id,
        "channel": one.channel,
        "asked_at": iso(one.asked_at),
        "answered_at": moment(one.answered_at),
        "score": one.score,
        "low": rules.is_low(one),
        "comment": one.comment,
        "contact": one.contact,
    }
