"""A person of the clinic decides whether two records are one person's."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from recado.actions.again import again
from recado.actions.gather_contacts import gather_late
from recado.actions.join_records import Said, write_join
from recado.actions.part_records import part_records
from recado.errors import Conflict, NotFound
from recado.model.patient import Join, Patient
from recado.model.review import Review
from recado.rules.people import edge
from recado.rules.reviews import asked_about
from recado.store import patients, reviews
from recado.store.rows import transaction

Decision = Literal["same", "different"]


@again
def decide_review(tenant: str, pair: str, decision: Decision, by: str, now: datetime) -> Review:
    """Answer what is asked about a pair (rules.reviews.pair_id): `same` joins the younger record to the older
    one, or confirms that Recado did; `different` takes it apart, and is remembered.

    The same answer again changes nothing. Raises NotFound for what nobody asks, and Conflict where it was
    decided otherwise, or cannot be done as the records are by now.
    """
    known = reviews.find(tenant, pair)
    if known is not None and known.state != "open":
        if known.state == decision:
            return known
        raise Conflict("This was decided otherwise: join the records, or take them apart, instead.")
    older, younger = _pair(tenant, pair)
    join = _joined(tenant, older, younger)
    asked = known or (asked_about(join) if join and not join.confirmed else None)
    if asked is None:
        raise NotFound
    if decision == "same":
        with transaction() as work:
            write_join(tenant, (younger.id, older.id), asked, Said(by, now), work)
        gather_late(tenant, younger.id, now)
    elif (older.person or older.id) != (younger.person or younger.id):
        with transaction() as work:
            answer = {"state": "different", "decided_by": by, "decided_at": now}
            reviews.decide(tenant, asked.model_copy(update=answer), work)
    elif join is not None:
        part_records(tenant, join.record, by, now)
    else:
        raise Conflict("They are one person's by what others say: take those apart first.")
    return reviews.get(tenant, pair)


def _pair(tenant: str, pair: str) -> tuple[Patient, Patient]:
    one, _, other = pair.partition(".")
    records = (patients.get(tenant, one), patients.get(tenant, other))
    older, younger = sorted(records, key=lambda record: (record.created_at, record.id))
    return older, younger


def _joined(tenant: str, one: Patient, other: Patient) -> Join | None:
    """The join between them, where they are one person's."""
    root = one.person or one.id
    if root != (other.person or other.id):
        return None
    return edge(patients.get(tenant, root), one.id, other.id)
