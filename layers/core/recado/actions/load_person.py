"""All records of one person."""

from __future__ import annotations

from recado.model.patient import Patient
from recado.store import patients


def load_person(tenant: str, patient_id: str) -> tuple[Patient, ...]:
    """The records of the person one of whose records this is, the root first. Raises NotFound."""
    record = patients.get(tenant, patient_id)
    root = patients.get(tenant, record.person) if record.person else record
    return (root, *patients.some(tenant, [join.record for join in root.joined]))
