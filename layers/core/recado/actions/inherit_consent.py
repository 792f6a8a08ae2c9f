"""What one record of a person has opted out of, the others have too, for as long as they are one person's."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.consent import Consent
from recado.model.patient import Patient
from recado.model.record import iso
from recado.rules.communications import communication_id
from recado.store import patients
from recado.store.rows import Transaction


def inherit(tenant: str, to: Patient, other: Patient, now: datetime, within: Transaction) -> Patient:
    """The record `to`, which is not stored here, out of all that `other` is out of; why it is, is stored."""
    purposes = other.opted_out - to.opted_out
    if not purposes:
        return to
    said = Consent(
        id=communication_id(tenant, "consent", to.id, f"{other.id}:{iso(now)}"),
        action="stop",
        purposes=tuple(sorted(purposes)),
        source=f"record:{other.id}",
        wording=texts.WORDING,
        at=now,
        recorded_at=now,
    )
    patients.keep_consent(tenant, to.id, said, within)
    return to.model_copy(update={"opted_out": to.opted_out | purposes})
