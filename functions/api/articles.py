"""What the clinic answers to frequent questions, what was not found, and whether results are there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from recado.actions.note_result import note_result
from recado.actions.write_article import Text, write_article
from recado.model.article import Article as StoredArticle
from recado.model.record import iso
from recado.model.result import Result as StoredResult
from recado.model.result import Results as StoredResults
from recado.model.tenant import Language
from recado.rules import knowledge
from recado.rules.times import wall
from recado.store import articles, patients, results, tenants
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.reading import Asked, Version, day_of
from api.resource import Call, Resource

resource = Resource(__name__)

Way = Annotated[str, Field(min_length=2, max_length=200)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="`2026-11-24`")]


class Article(TypedDict):
    """An answer in one language. `stale`: the day is past by which somebody wanted to look at it; until they
    do, patients do not get it. `score`: how well it answers what was searched (0 to 1); `answers`: a patient
    who asks that gets it."""

    id: str
    language: Language
    version: int
    questions: list[str]
    answer: str
    source: str
    review_by: str
    stale: bool
    at: Moment
    by: str
    score: float | None
    answers: bool | None


class Searched(Asked):
    """Which articles: those of a language, or the ones that have to do with a question."""

    language: Language | None = None
    q: Annotated[str | None, Field(min_length=2, max_length=300)] = None


class NewArticle(Asked):
    """An answer, and the ways in which people ask for it. `id`: of the same answer in another language."""

    id: Annotated[str | None, Field(pattern=r"^[a-z0-9-]{1,40}$")] = None
    language: Language
    questions: Annotated[tuple[Way, ...], Field(min_length=1, max_length=40, strict=False)]
    answer: Annotated[str, Field(min_length=1, max_length=700)]
    source: Annotated[str, Field(min_length=1, max_length=80)]
    review_by: Day
    version: Version = None


class Question(TypedDict):
    """What was asked and not found: its words, and how often within 90 days; not who asked."""

    text: str
    language: Language
    times: int
    last_at: Moment


class NewResult(Asked):
    """Whether it is there, and where its owner sees it. Nothing says of what."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
    ready: bool
    link: Annotated[str | None, Field(pattern=r"^https://[^\s<>\"']{4,290}$")] = None


class Result(TypedDict):
    """One, by its id in the clinic's own system."""

    id: str
    ready: bool
    link: str | None
    at: Moment
    by: str


class Look(TypedDict):
    """That somebody asked, and whether they had shown who they are."""

    at: Moment
    what: Literal["verified", "refused", "locked"]
    channel: str
    contact: str


class Results(TypedDict):
    """All of a patient's, and who asked for them."""

    items: list[Result]
    looks: list[Look]
    locked_until: Moment | None


@resource.route("GET", "/articles", "list_articles", Page[Article], query=Searched)
def list_articles(call: Call, query: Searched) -> Page[Article]:
    """What is written, in order of the day by which it is to be looked at. With a question: what has to do
    with it, the best first."""
    today = _today(call)
    kept = [one for one in articles.everything(call.tenant) if query.language in (None, one.language)]
    if query.q is None:
        return page([_article(one, today) for one in sorted(kept, key=lambda one: (one.review_by, one.id))])
    found = knowledge.search(query.q, kept)
    best = knowledge.answer_to(query.q, kept, query.language, today) if query.language else None
    return page([_article(one.article, today, one.score, best is not None and one == best) for one in found])


@resource.route("POST", "/articles", "write_article", Article, status=201, body=NewArticle, keyed=True)
def add_article(call: Call, body: NewArticle) -> Article:
    """Write an answer, or change the one of this id and language; it is given within a minute."""

    def write() -> Article:
        stored = write_article(
            call.tenant,
            body.language,
            Text(body.questions, body.answer, body.source, day_of("review_by", body.review_by)),
            call.now,
            by=call.author,
            article_id=body.id,
            version=body.version,
            once=call.own_key,
        )
        return _article(stored, _today(call))

    return call.once(write)


@resource.route("DELETE", "/articles/{id}/{language}", "remove_article", Page[Article])
def remove_article(call: Call, article_id: str, language: str) -> Page[Article]:
    """Take an answer away; what is left of the article in other languages."""
    articles.remove_article(call.tenant, articles.get(call.tenant, language, article_id))
    left = [one for one in articles.everything(call.tenant) if one.id == article_id]
    return page([_article(one, _today(call)) for one in left])


@resource.route("GET", "/articles/unanswered", "list_unanswered", Page[Question])
def list_unanswered(call: Call) -> Page[Question]:
    """What was asked and not found, what is asked most first."""
    found = articles.unanswered(call.tenant, call.now)
    return page(
        [
            {"text": one.text, "language": one.language, "times": one.times, "last_at": iso(one.last_at)}
            for one in found
        ]
    )


@resource.route("POST", "/patients/{id}/results", "note_result", Results, status=201, body=NewResult)
def add_result(call: Call, patient_id: str, body: NewResult) -> Results:
    """Say whether a result is there; the same again changes nothing. Patients hear of it when they ask and
    have shown who they are."""
    after = note_result(
        call.tenant, patient_id, body.id, call.now, ready=body.ready, link=body.link, by=call.author
    )
    return _results(after)


@resource.route("GET", "/patients/{id}/results", "list_results", Results)
def list_results(call: Call, patient_id: str) -> Results:
    """What is known of a patient's results, and who asked for them."""
    known = patients.get(call.tenant, patient_id)
    return _results(results.find(call.tenant, known.id) or StoredResults(patient=known.id))


def _today(call: Call) -> date:
    return wall(call.now, tenants.get(call.tenant).timezone).date()


def _article(
    one: StoredArticle, today: date, score: float | None = None, answers: bool | None = None
) -> Article:
    return {
        "id": one.id,
        "language": one.language,
        "version": one.version,
        "questions": list(one.questions),
        "answer": one.answer,
        "source": one.source,
        "review_by": one.review_by.isoformat(),
        "stale": one.review_by < today,
        "at": iso(one.at),
        "by": one.by,
        "score": None if score is None else round(score, 3),
        "answers": answers,
    }


def _results(one: StoredResults) -> Results:
    return {
        "items": [_result(it) for it in one.items],
        "looks": [
            {"at": iso(it.at), "what": it.what, "channel": it.channel, "contact": it.contact}
            for it in one.looks
        ],
        "locked_until": moment(one.locked_until),
    }


def _result(one: StoredResult) -> Result:
    return {"id": one.id, "ready": one.ready, "link": one.link, "at": iso(one.at), "by": one.by}
