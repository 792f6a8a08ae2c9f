"""Surveys: who is asked, what an answer makes of one, and what all answers come to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.outreach import Outreach
from recado.model.patient import Expects, Question
from recado.model.survey import Survey, SurveyKind
from recado.rules.experiments import score_interval
from recado.rules.times import wall

KINDS: Final[dict[str, SurveyKind]] = {"survey_nps": "nps", "survey_csat": "csat", "survey_contact": "csat"}
"""By the text that asks."""
LOW: Final[dict[SurveyKind, int]] = {"nps": 6, "csat": 2}
"""So much or less, and a person of the clinic gets in touch (R89)."""
ENOUGH: Final = 30
"""Answers; of fewer no NPS is shown as one (K38)."""
STANDS: Final = timedelta(days=7)
"""So long a number answers the question."""
WHY_STANDS: Final = timedelta(days=1)
"""So long words answer why."""
LONGEST: Final = 1000
"""Characters of a comment that are kept; the whole of it is on the timeline."""

_Z: Final = NormalDist().inv_cdf(0.975)


class Nps(NamedTuple):
    """From -100 to 100, with its interval (95 %); none of them without an answer."""

    answers: int
    promoters: int
    detractors: int
    score: float | None
    low: float | None
    high: float | None

    @property
    def enough(self) -> bool:
        """Whether there are answers enough to go by it."""
        return self.answers >= ENOUGH


class Csat(NamedTuple):
    """The share of those who gave 4 or 5, with its interval (95 %)."""

    answers: int
    content: int
    share: float | None
    low: float | None
    high: float | None


def lately(surveys: Iterable[Survey], days: int, now: datetime) -> bool:
    """Whether somebody was asked within so many days (R88)."""
    return any(now - one.asked_at < timedelta(days=days) for one in surveys)


def asked(visit: Appointment, message: Communication, now: datetime) -> Survey:
    """The survey that this message about a visit asks for."""
    return Survey(
        id=message.id,
        kind=KINDS[message.template.name if message.template else ""],
        patient=visit.patient,
        appointment=visit.id,
        practitioner=visit.practitioner,
        practitioner_id=visit.practitioner_id,
        type_id=visit.type_id,
        language=visit.language,
        day=visit.local_start[:10],
        channel=message.channel,
        contact_point=visit.contact_point,
        asked_at=now,
    )


def asked_after(matter: Outreach, message: Communication, now: datetime) -> Survey:
    """The survey that this message about a contact asks for."""
    return Survey(
        id=message.id,
        kind=KINDS[message.template.name if message.template else ""],
        patient=matter.patient,
        about_contact=matter.contact,
        language=matter.language,
        day=wall(now, matter.timezone).date().isoformat(),
        channel=message.channel,
        contact_point=matter.contact_point,
        asked_at=now,
    )


def question(survey: Survey, now: datetime) -> Question:
    """What the survey's message asks: a number."""
    return _question(survey, survey.kind, survey.id, now)


def why(survey: Survey, communication: str, now: datetime) -> Question:
    """What the message that thanks for the number asks."""
    return _question(survey, "why", communication, now)


def _question(survey: Survey, expects: Expects, communication: str, now: datetime) -> Question:
    return Question(
        about="survey",
        subject=survey.id,
        version=1,
        patient=survey.patient,
        communication=communication,
        asked_at=now,
        until=now + (WHY_STANDS if expects == "why" else STANDS),
        expects=expects,
    )


def scored(survey: Survey, score: int, said: Communication, contact: str, now: datetime) -> Survey:
    """The survey with its answer: the first one counts, and a second one changes nothing."""
    if survey.score is not None:
        return survey
    known = {"score": score, "answered_at": now, "channel": said.channel, "contact": contact}
    return survey.model_copy(update=known)


def commented(survey: Survey, words: str) -> Survey:
    """The survey with why, as they put it first."""
    if survey.comment is not None or not words.strip():
        return survey
    return survey.model_copy(update={"comment": words.strip()[:LONGEST]})


def is_low(survey: Survey) -> bool:
    """Whether a person of the clinic is to get in touch."""
    return survey.score is not None and survey.score <= LOW[survey.kind]


def erased(survey: Survey, now: datetime) -> Survey:
    """That there was one, and its score: nobody is found by it."""
    gone = {"patient": "", "contact_point": "", "comment": None, "contact": None, "erased_at": now}
    return survey.model_copy(update={**gone, "about_contact": None})


def nps(surveys: Iterable[Survey]) -> Nps:
    """K38: the share of 9 and 10 less that of 0 to 6, in points.

    Its interval is that of a difference of two shares of one sample (multinomial).
    """
    scores = [one.score for one in surveys if one.kind == "nps" and one.score is not None]
    number = len(scores)
    high, low = sum(one >= 9 for one in scores), sum(one <= LOW["nps"] for one in scores)
    if not number:
        return Nps(0, 0, 0, None, None, None)
    difference = (high - low) / number
    reach = _Z * sqrt(max(0.0, (high + low) / number - difference**2) / number)
    ends = (max(-1.0, difference - reach), min(1.0, difference + reach))
    points = [round(100 * one, 1) for one in (difference, *ends)]
    return Nps(number, high, low, points[0], points[1], points[2])


def csat(surveys: Iterable[Survey]) -> Csat:
    """Whoever gave 4 or 5, of all who answered."""
    scores = [one.score for one in surveys if one.kind == "csat" and one.score is not None]
    content = sum(one >= 4 for one in scores)
    if not scores:
        return Csat(0, 0, None, None, None)
    low, high = score_interval(content, len(scores))
    return Csat(len(scores), content, content / len(scores), low, high)
