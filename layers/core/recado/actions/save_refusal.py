"""A provider does not let a message through to a person → its row, and what they take from us."""

from __future__ import annotations

from datetime import datetime

from recado.actions.record_consent import note_refusal
from recado.actions.save_outcome import save_outcome
from recado.channels import traits_of
from recado.model.communication import Communication
from recado.rules.consent import refused
from recado.store.rows import transaction


def save_refusal(
    tenant: str, before: Communication, after: Communication, code: object, now: datetime
) -> None:
    """Save what became of it, and that they stopped what the provider's `code` says: one transaction.

    Where the code says nothing of the person, it is the provider's policy, and another way is taken. Raises
    Stale when the communication, its contact or the patient changed meanwhile: load them again.
    """
    stopped = bool(refused(code, traits_of(after.channel).stops))
    with transaction() as work:
        save_outcome(tenant, before, after, now, work, stopped=stopped)
        note_refusal(tenant, after, code, now, work)
