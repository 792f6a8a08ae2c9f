"""What people of the clinic are asked about records: whether two are one person's."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from recado.errors import NotFound
from recado.model.patient import Join, Patient
from recado.model.review import Review
from recado.rules.people import edge
from recado.rules.reviews import asked_about
from recado.store import aliases, contacts, patients, reviews

PAGE: Final = 20
"""Pairs at once: each is two records, and the last word of both."""


class Side(NamedTuple):
    """One of the two records, and its latest place on the timeline; none: nothing was said."""

    record: Patient
    latest: str | None


class Asked(NamedTuple):
    """A pair, side by side: the one known before first. `joined`: Recado has joined them by itself."""

    review: Review
    sides: tuple[Side, Side]
    joined: bool


def list_reviews(
    tenant: str, state: Literal["open", "joined"], after: str | None = None
) -> tuple[list[Asked], str | None]:
    """A page of what is to be decided, oldest first, and where to go on: `open` questions, or the joins of
    Recado that nobody has confirmed. A page may be short."""
    if state == "open":
        found, more = reviews.open_ones(tenant, PAGE, after)
    else:
        ids, more = aliases.guesses(tenant, PAGE, after)
        found = [asked_about(join) for one in patients.some(tenant, ids) for join in _guess(tenant, one)]
    asked = (_asked(tenant, one) for one in found)
    return [one for one in asked if one and one.joined == (state == "joined")], more


def load_review(tenant: str, pair: str) -> Asked:
    """What is, or was, asked about a pair. Raises NotFound."""
    known = reviews.find(tenant, pair)
    if known is None:
        one, other = (patients.get(tenant, record) for record in _ids(pair))
        join = edge(patients.get(tenant, one.person or one.id), one.id, other.id)
        if join is None:
            raise NotFound
        known = asked_about(join)
    found = _asked(tenant, known)
    if found is None:
        raise NotFound
    return found


def _ids(pair: str) -> tuple[str, str]:
    one, _, other = pair.partition(".")
    return one, other


def _guess(tenant: str, record: Patient) -> list[Join]:
    if record.person is None:
        return []
    root = patients.get(tenant, record.person)
    return [join for join in root.joined if join.record == record.id and not join.confirmed]


def _asked(tenant: str, review: Review) -> Asked | None:
    """None where one of the records is no more."""
    records = {one.id: one for one in patients.some(tenant, [review.one, review.other])}
    if len(records) < len({review.one, review.other}):
        return None
    one, other = records[review.one], records[review.other]
    joined = (one.person or one.id) == (other.person or other.id)
    return Asked(review, (_side(tenant, one), _side(tenant, other)), joined)


def _side(tenant: str, record: Patient) -> Side:
    latest, _ = contacts.timeline(tenant, record.id, limit=1)
    return Side(record, latest[-1].moment if latest else None)
