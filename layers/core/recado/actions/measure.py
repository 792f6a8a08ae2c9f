"""What happened is noted, and every interval it touched is counted anew.

Nothing is ever added to a number, so a repeated, late or reordered change makes no difference.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.again import again
from recado.errors import Misconfigured, NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.interval import MessageFact, interval_of
from recado.rules import facts, folds
from recado.store import contacts, intervals, tenants
from recado.store.stream import Change


class Touched(NamedTuple):
    """An interval of a clinic whose facts may have changed."""

    tenant: str
    start: datetime


def note(change: Change) -> set[Touched]:
    """Store what a change says of its intervals, and name these: `measure` must follow.

    Raises Unavailable, Busy.
    """
    tenant, after, before = change
    if isinstance(after, Contact):
        return _note_contact(tenant, after, before if isinstance(before, Contact) else None)
    said = message_facts(tenant, after, before if isinstance(before, Communication) else None)
    for fact in said:
        intervals.put_message(tenant, fact)
    return {Touched(tenant, interval_of(fact.at)) for fact in said}


def message_facts(
    tenant: str, after: Communication, before: Communication | None = None
) -> list[MessageFact]:
    """What a change of a communication says of its interval, and of what kind of people it is: that stands in
    its contact from the beginning, so that it is the same whenever it is asked."""
    found = facts.message_facts(after, before)
    if not found or after.contact is None:
        return found
    try:
        kind = contacts.get_contact(tenant, after.contact).kind or ""
    except (NotFound, Misconfigured):
        return found
    return [fact.model_copy(update={"kind": kind}) for fact in found]


def _note_contact(tenant: str, after: Contact, before: Contact | None) -> set[Touched]:
    touched = set()
    for fact in facts.contact_facts(after, before):
        start = interval_of(fact.opened_at)
        intervals.put_contact(tenant, start, fact)
        touched.add(Touched(tenant, start))
    return touched


@again
def measure(tenant: str, start: datetime) -> None:
    """Fold an interval's facts into its total. Raises Stale when others keep folding it, Unavailable.

    The total's version is read before the facts, and guards the save: of two folders at once, the one that
    may have missed a fact is refused and folds again.
    """
    known = intervals.total(tenant, start)
    folded = folds.fold(start, intervals.facts(tenant, start), tenants.get(tenant))
    if folded.model_copy(update={"version": known.version}) != known:
        intervals.save_total(tenant, folded.model_copy(update={"version": known.version}))
