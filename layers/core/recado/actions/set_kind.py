"""The desk says what somebody is to the clinic."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.load_kept import load_kept
from recado.actions.relink import relink
from recado.errors import Stale
from recado.model.patient import Kind, Patient
from recado.rules.kinds import set_to
from recado.store import patients
from recado.store.rows import transaction


@again
def set_kind(
    tenant: str, patient_id: str, kind: Kind, now: datetime, *, version: int | None = None
) -> Patient:
    """Note it at this record and those confirmed to be of the same person; the record as it is then.

    Raises NotFound, Invalid (`kind`), Conflict for whoever is nobody, and Stale when the record is not at the
    caller's version.
    """
    records = load_kept(tenant, patient_id)
    if version is not None and version != records[0].version:
        raise Stale
    changed = [after for one in records if (after := set_to(one, kind, now)) != one]
    if not changed:
        return records[0]
    with transaction() as work:
        for one in changed:
            patients.put(tenant, one, work)
            relink(tenant, one, work)
    return patients.get(tenant, patient_id)
