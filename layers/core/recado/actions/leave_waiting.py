"""A patient waits no more: they, or the clinic for them, have taken them off the list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.actions.again import again
from recado.actions.decline_offer import decline_offer
from recado.errors import Stale
from recado.model.waiting import WaitingEntry
from recado.rules import waiting as rules
from recado.store import openings, patients, waiting
from recado.store.rows import Transaction, transaction

AGAIN: Final = timedelta(hours=1)
"""An entry whose days are over while an offer is open is looked at again after it."""


@again
def leave_waiting(tenant: str, entry_id: str, now: datetime, *, version: int | None = None) -> WaitingEntry:
    """Take them off the list; what they were offered just then goes to the next ones. Off it already: nothing
    changes.

    Raises NotFound, Conflict for somebody who has their time, and Stale when the entry is not at the caller's
    `version` any more.
    """
    entry = waiting.get_entry(tenant, entry_id)
    if version is not None and version != entry.version:
        raise Stale
    if entry.state in ("left", "expired"):
        return entry
    after = rules.left(entry, now)
    with transaction() as work:
        waiting.save_entry(tenant, after, work)
        _give_up(tenant, entry, now, work)
    return after.model_copy(update={"version": entry.version + 1})


def expire_entry(tenant: str, entry_id: str, now: datetime) -> bool:
    """Take an entry off the list of which no day is left; false: nobody was written to. Raises NotFound,
    Stale."""
    entry = waiting.get_entry(tenant, entry_id)
    if entry.due_at is None or entry.due_at > now:
        return False
    if entry.state == "offered":
        waiting.save_entry(tenant, entry.model_copy(update={"due_at": now + AGAIN}))
    elif entry.state == "waiting":
        waiting.save_entry(tenant, rules.expired(entry, now))
    return False


def _give_up(tenant: str, entry: WaitingEntry, now: datetime, within: Transaction) -> None:
    offer = openings.find_offer(tenant, entry.offer) if entry.state == "offered" and entry.offer else None
    if offer is None:
        return
    decline_offer(tenant, offer, entry.id, now, within)
    patient = patients.find(tenant, entry.patient)
    if patient is not None and patient.primary is not None:
        point = f"{patient.primary.system}#{patient.primary.value}"
        patients.settle_question(tenant, point, entry.id, within)
