"""A provider refused a message because the person does not want it → its row, and what they take from us."""

from __future__ import annotations

from datetime import datetime

from recado.actions.record_consent import note_refusal
from recado.actions.save_outcome import save_outcome
from recado.model.communication import Communication
from recado.store.rows import transaction


def save_refusal(
    tenant: str, before: Communication, after: Communication, code: object, now: datetime
) -> None:
    """Save what became of it, and that they stopped what the provider's `code` says: one transaction.

    Raises Stale when the communication, its contact or the patient changed meanwhile: load them again.
    """
    with transaction() as work:
        save_outcome(tenant, before, after, now, work)
        note_refusal(tenant, after, code, now, work)
