"""A team looks after somebody in person from now on, or does no more (R34)."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.load_kept import load_kept
from recado.actions.relink import relink
from recado.errors import Stale
from recado.model.patient import Patient
from recado.rules.care import looked_after
from recado.rules.contacts import cared
from recado.store import contacts, patients, tenants
from recado.store.rows import Transaction, transaction


@again
def set_care(
    tenant: str,
    patient_id: str,
    team: str | None,
    note: str,
    now: datetime,
    *,
    by: str,
    version: int | None = None,
) -> Patient:
    """Note it at this record, with why, and at those confirmed to be of the same person; the record then.

    What waits of theirs goes to the team's queue. Raises NotFound, Invalid (`team`), Conflict for whoever is
    nobody, and Stale when the record is not at the caller's version.
    """
    own, *others = load_kept(tenant, patient_id)
    if version is not None and version != own.version:
        raise Stale
    clinic = tenants.get(tenant)
    noted = looked_after(own, clinic, team, note, by=by, now=now)
    with_them = [one.model_copy(update={"care_team": team}) for one in others if one.care_team != team]
    if noted == own and not with_them:
        return own
    with transaction() as work:
        for one in (noted, *with_them):
            patients.put(tenant, one, work)
            relink(tenant, one, work)
        _hand_to(tenant, own, team, work)
    return patients.get(tenant, patient_id)


def _hand_to(tenant: str, patient: Patient, team: str | None, within: Transaction) -> None:
    """Their latest contact knows it, from which the next one will."""
    latest = contacts.latest_contact(tenant, patient.keeper)
    if latest is not None and cared(latest, team) != latest:
        contacts.save_contact(tenant, cared(latest, team), within)
