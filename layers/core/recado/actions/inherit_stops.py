"""Who comes to a contact point where others have stopped what is sent has stopped it, too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from recado import texts
from recado.actions.recall_stops import recall_stops
from recado.model.consent import Consent
from recado.model.patient import Patient, Purpose
from recado.rules.communications import communication_id
from recado.store import patients
from recado.store.rows import Transaction


def inherit_stops(
    tenant: str, new: Patient, there: Iterable[str], now: datetime, within: Transaction
) -> Patient:
    """The new record, yet to be stored, without what was stopped there by any of these; why, is stored.

    A word from a shared number stops what is sent to everybody there: nobody starts it again by coming under
    another name.
    """
    others = [patients.get(tenant, one) for one in there]
    for other in others:
        if other.opted_out:
            patients.keep_consent(tenant, new.id, inherited(tenant, new, other, now), within)
    opted_out = frozenset[Purpose]().union(new.opted_out, *(one.opted_out for one in others))
    return recall_stops(tenant, new.model_copy(update={"opted_out": opted_out}), now, within)


def inherited(tenant: str, new: Patient, other: Patient, now: datetime) -> Consent:
    """Why the new record's owner is not written to: somebody at their contact point has stopped it."""
    return Consent(
        id=communication_id(tenant, "consent", new.id, other.id),
        action="stop",
        purposes=tuple(sorted(other.opted_out)),
        source=f"patient:{other.id}",
        wording=texts.WORDING,
        at=now,
        recorded_at=now,
    )
