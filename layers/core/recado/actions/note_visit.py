"""What happened to a visit is noted for the numbers of its day."""

from __future__ import annotations

from recado.model.appointment import Appointment
from recado.rules.visit_facts import visit_facts
from recado.store import visit_facts as store


def note_visit(tenant: str, after: Appointment, before: Appointment | None) -> None:
    """Store what a change says of its days; `before` is none for a new visit. Twice, late or out of order, it
    comes to the same: a newer version of a visit is never overwritten, and nothing is ever added to a number.

    Raises Unavailable, Busy.
    """
    for fact in visit_facts(after, before):
        store.put(tenant, fact)
