"""An agent notes what a patient wants to hear of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from recado import texts
from recado.actions.again import again
from recado.actions.identify import new_id
from recado.actions.share_consent import change_person, known
from recado.model.consent import Action, Consent
from recado.model.patient import Patient, Purpose
from recado.rules.communications import communication_id
from recado.rules.consent import is_news
from recado.store import patients
from recado.store.rows import transaction


@again
def note_consent(
    tenant: str,
    agent_id: str,
    patient_id: str,
    now: datetime,
    *,
    action: Action,
    purposes: Iterable[Purpose],
    note: str,
    once: str | None = None,
) -> Patient:
    """Stop or start what is sent to a patient, on an agent's word, and keep that it was theirs.

    `once` is the caller's own name for this request: with it, it is done once. Raises NotFound.
    """
    said = Consent(
        id=communication_id(tenant, "consent", patient_id, f"{agent_id}:{once or new_id('k')}"),
        action=action,
        purposes=tuple(sorted(set(purposes))),
        source=f"agent:{agent_id}",
        evidence=note,
        wording=texts.WORDING,
        at=now,
        recorded_at=now,
    )
    meant = known(tenant, patients.get(tenant, patient_id))
    if is_news(said, meant[1]):
        with transaction() as work:
            change_person(tenant, said, [meant], work)
            if action == "stop":
                from recado.actions.mark_stopped import mark_stopped  # noqa: PLC0415 - few stop

                mark_stopped(tenant, patient_id, now, work)
    return patients.get(tenant, patient_id)
