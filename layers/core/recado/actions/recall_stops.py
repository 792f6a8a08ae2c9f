"""Who comes back after an erasure is somebody new, and has stopped what they had stopped then."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.consent import Consent
from recado.model.patient import Patient, Purpose
from recado.rules.communications import communication_id
from recado.store import patients, tenants
from recado.store.rows import Transaction


def recall_stops(tenant: str, new: Patient, now: datetime, within: Transaction) -> Patient:
    """The new record, yet to be stored, without what was stopped at its contact points by whoever was erased
    since. From now on it is theirs to take back: it is remembered no longer. A record that is stored already
    stays as it is.
    """
    known = tenants.get(tenant).hash_key if new.live and not new.version else None
    if known is None:
        return new
    from recado.rules.erasure import hashed  # noqa: PLC0415 - where nobody was erased it is not needed
    from recado.store import erasures  # noqa: PLC0415 - nor are these

    opted_out: frozenset[Purpose] = new.opted_out
    for name in dict.fromkeys(hashed(known.key, point) for point in new.live):
        before = erasures.stopped(tenant, name)
        if before is None or not before.opted_out:
            continue
        said = Consent(
            id=communication_id(tenant, "consent", new.id, name),
            action="stop",
            purposes=tuple(sorted(before.opted_out)),
            source="erasure",
            wording=texts.WORDING,
            at=before.at,
            recorded_at=now,
        )
        patients.keep_consent(tenant, new.id, said, within)
        erasures.put_stopped(tenant, name, before.model_copy(update={"opted_out": frozenset()}), within)
        opted_out |= before.opted_out
    return new.model_copy(update={"opted_out": opted_out})
