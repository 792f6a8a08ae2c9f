"""Pairs of records that may be one person's, and what people decided about them.

All of a clinic's are in one partition (`T#t#W`): `R#<pair>` is the review, by which a decision is found for
ever; `O#<raised>#<pair>` is there while it is open, so that the oldest are listed without the decided ones;
`X#<record>#<pair>` names it under the record that its own key does not begin with.
"""

from __future__ import annotations

from collections.abc import Iterable

from recado.errors import NotFound
from recado.model.record import iso
from recado.model.review import Review
from recado.store.rows import (
    Note,
    Row,
    Transaction,
    fields,
    key,
    load,
    named,
    readable,
    serve,
    table_name,
)


class ReviewRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


class MarkRow(Note):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(ReviewRow, MarkRow)


def _partition(tenant: str) -> str:
    return key(tenant, "W")


def find(tenant: str, pair: str) -> Review | None:
    """What is known of a pair (rules.reviews.pair_id), or none."""
    return load(ReviewRow, Review, _partition(tenant), f"R#{pair}")


def get(tenant: str, pair: str) -> Review:
    """The review of a pair. Raises NotFound."""
    found = find(tenant, pair)
    if found is None:
        raise NotFound
    return found


def some(tenant: str, pairs: Iterable[str]) -> list[Review]:
    """What is known of these pairs, in their order: at most 100, in one read."""
    keys = [(_partition(tenant), f"R#{pair}") for pair in pairs]
    if not keys:
        return []
    with named():
        found = readable(ReviewRow.batch_get(keys, consistent_read=True), Review)
    return [found[one] for one in keys if one in found]


def of_record(tenant: str, record: str) -> list[Review]:
    """Every review that a record is part of, open or decided."""
    with named():
        first = ReviewRow.query(
            _partition(tenant), ReviewRow.sk.startswith(f"R#{record}."), consistent_read=True
        )
        second = MarkRow.query(
            _partition(tenant), MarkRow.sk.startswith(f"X#{record}#"), consistent_read=True
        )
        own = list(readable(first, Review).values())
        pairs = [row.body for row in second]
    return [*own, *some(tenant, pairs)]


def raise_(tenant: str, review: Review, within: Transaction) -> None:
    """Ask about a pair of which nothing is known yet. The transaction raises Stale where something is."""
    partition, record = _partition(tenant), review.id.rpartition(".")[2]
    within.save(ReviewRow(pk=partition, sk=f"R#{review.id}", **fields(review)))
    within.save(MarkRow(pk=partition, sk=_open(review), body=review.id))
    within.save(MarkRow(pk=partition, sk=f"X#{record}#{review.id}", body=review.id))


def decide(tenant: str, review: Review, within: Transaction) -> None:
    """Keep what was decided about a pair, which is open no more.

    Nobody need have been asked. The transaction raises Stale where it is not as it was loaded.
    """
    partition, record = _partition(tenant), review.id.rpartition(".")[2]
    within.save(ReviewRow(pk=partition, sk=f"R#{review.id}", **fields(review)))
    within.save(MarkRow(pk=partition, sk=f"X#{record}#{review.id}", body=review.id))
    within.delete(MarkRow(pk=partition, sk=_open(review)))


def drop(tenant: str, review: Review, within: Transaction) -> None:
    """Forget a pair, one of whose records is no more."""
    partition, record = _partition(tenant), review.id.rpartition(".")[2]
    for sk in (f"R#{review.id}", _open(review), f"X#{record}#{review.id}"):
        within.delete(MarkRow(pk=partition, sk=sk))


def open_ones(tenant: str, limit: int = 100, after: str | None = None) -> tuple[list[Review], str | None]:
    """A page of what awaits a decision, oldest first, and where to go on."""
    partition = _partition(tenant)
    start = {"pk": {"S": partition}, "sk": {"S": after}} if after else None
    with named():
        query = MarkRow.query(partition, MarkRow.sk.startswith("O#"), limit=limit, last_evaluated_key=start)
        marks = list(query)
    more = marks[-1].sk if len(marks) == limit else None
    return [one for one in some(tenant, [mark.body for mark in marks]) if one.state == "open"], more


def _open(review: Review) -> str:
    return f"O#{iso(review.raised_at)}#{review.id}"
