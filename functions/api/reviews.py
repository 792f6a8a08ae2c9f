"""Pairs of records about which a person of the clinic decides: one person's, or two people's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from recado.model.patient import Kind
from recado.model.record import iso
from recado.model.review import Reason
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, moment, page
from api.patients import ContactPoint, points_of
from api.people import Evidence, evidence_of
from api.reading import Asked
from api.resource import Call, Resource

if TYPE_CHECKING:
    from recado.actions import list_reviews as asked

resource = Resource(__name__)


class Source(TypedDict):
    """Who says something of a field (see `KnownField`), and when it was last said."""

    source: str
    at: Moment


class Side(TypedDict):
    """One of the two records: what it says (`fields`) and who told it (`told`), where it is reached, when it
    came, and when something was last said with it. `patient` is the person whose record it is."""

    record: str
    patient: str
    name: str | None
    kind: Kind
    fields: dict[str, str]
    told: dict[str, Source]
    contact_points: list[ContactPoint]
    first_seen_at: Moment
    latest_at: Moment | None


class Review(TypedDict):
    """Two records, the one known before first; `differs` names fields of which they say something else.

    `joined`: Recado has joined them by itself, and asks whether that is right. `reason` is why it did not
    decide: `likely` and no more, two birth dates, documents or numbers in one system (`ehr`), or a message
    that leads to `two_people`.
    """

    id: str
    state: Literal["open", "same", "different"]
    joined: bool
    reason: Reason
    score: float
    rule: str
    evidence: list[Evidence]
    differs: list[str]
    records: list[Side]
    raised_at: Moment
    decided_by: str | None
    decided_at: Moment | None


class Wanted(Paged):
    """`open`: what Recado did not decide; `joined`: what it did, and nobody has confirmed."""

    state: Literal["open", "joined"] = "open"


class Decision(Asked):
    """`same` joins them, or confirms it; `different` takes them apart, or keeps them so."""

    decision: Literal["same", "different"]


@resource.route("GET", "/reviews", "list_reviews", Page[Review], query=Wanted)
def list_reviews(call: Call, query: Wanted) -> Page[Review]:
    """What is to be decided, oldest first. A page may be short."""
    from recado.actions import list_reviews as asked  # noqa: PLC0415 - seldom

    found, more = asked.list_reviews(call.tenant, query.state, query.after)
    return page([_review_of(one) for one in found], more)


@resource.route("GET", "/reviews/{id}", "read_review", Review)
def read_review(call: Call, review_id: str) -> Review:
    """One pair."""
    from recado.actions.list_reviews import load_review  # noqa: PLC0415 - seldom

    return _review_of(load_review(call.tenant, review_id))


@resource.route("POST", "/reviews/{id}/decision", "decide_review", Review, body=Decision, keyed=True)
def decide(call: Call, review_id: str, body: Decision) -> Review:
    """Decide. The same again changes nothing; another decision than was made answers 409."""
    from recado.actions.decide_review import decide_review  # noqa: PLC0415 - seldom
    from recado.actions.list_reviews import load_review  # noqa: PLC0415

    def answer() -> Review:
        decide_review(call.tenant, review_id, body.decision, call.author, call.now)
        return _review_of(load_review(call.tenant, review_id))

    return call.once(answer)


def _review_of(one: asked.Asked) -> Review:
    from recado.rules.why import differing  # noqa: PLC0415 - seldom

    review, (first, second) = one.review, one.sides
    return {
        "id": review.id,
        "state": review.state,
        "joined": one.joined,
        "reason": review.reason,
        "score": review.score,
        "rule": review.rule,
        "evidence": [evidence_of(each) for each in review.evidence],
        "differs": list(differing(first.record, second.record)),
        "records": [_side_of(first), _side_of(second)],
        "raised_at": iso(review.raised_at),
        "decided_by": review.decided_by,
        "decided_at": moment(review.decided_at),
    }


def _side_of(one: asked.Side) -> Side:
    from recado.rules.why import said_of  # noqa: PLC0415 - seldom

    record = one.record
    return {
        "record": record.id,
        "patient": record.person or record.id,
        "name": record.name,
        "kind": record.kind,
        "fields": said_of(record),
        "told": {field: {"source": said.source, "at": iso(said.at)} for field, said in record.told.items()},
        "contact_points": points_of(record),
        "first_seen_at": iso(record.created_at),
        "latest_at": one.latest.partition("#")[0] if one.latest else None,
    }
