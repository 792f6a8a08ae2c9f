"""Who comes back after an erasure is somebody new, and has stopped what they had stopped then."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.consent import Consent
from recado.model.patient import Patient, Purpose
from recado.rules.communications import communication_id
from recado.store import erasures, patients
from recado.store.rows import Transaction


def recall_stops(tenant: str, new: Patient, now: datetime, within: Transaction) -> Patient:
    """The new record, yet to be stored, without what was stopped at its contact points by whoever was erased
    since. From now on it is theirs to take back: it is remembered no longer. One read, where nobody was; a
    record that is stored already stays as it is.
    """
    hash_key = erasures.hash_key(tenant) if new.live and not new.version else None
    if hash_key is None:
        return new
    from recado.rules.erasure import hashed  # noqa: PLC0415 - where nobody was erased it is not needed

    opted_out: frozenset[Purpose] = new.opted_out
    for name in dict.fromkeys(hashed(hash_key, point) for point in new.live):
        known = erasures.stopped(tenant, name)
        if known is None or not known.opted_out:
            continue
        said = Consent(
            id=communication_id(tenant, "consent", new.id, name),
            action="stop",
            purposes=tuple(sorted(known.opted_out)),
            source="erasure",
            wording=texts.WORDING,
            at=known.at,
            recorded_at=now,
        )
        patients.keep_consent(tenant, new.id, said, within)
        erasures.put_stopped(tenant, name, known.model_copy(update={"opted_out": frozenset()}), within)
        opted_out |= known.opted_out
    return new.model_copy(update={"opted_out": opted_out})
