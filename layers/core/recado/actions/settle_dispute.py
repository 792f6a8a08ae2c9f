"""A person of the clinic says which of two values is right."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.load_person import load_person
from recado.actions.match import match
from recado.actions.update_record import update_record
from recado.errors import Stale
from recado.model.patient import Patient, Told
from recado.rules.fields import checked
from recado.rules.times import wall
from recado.rules.told import held_of, settle
from recado.store import patients, tenants
from recado.store.rows import transaction


def settle_dispute(
    tenant: str,
    patient_id: str,
    field: str,
    value: str,
    now: datetime,
    *,
    by: str,
    version: int | None = None,
) -> Patient:
    """Let this be the value of a field (rules.told.settle), and look again whose the record is.

    It is kept at this record: what other records of the person say is overruled, and stays with them, so that
    they are as they were should they turn out to be somebody else's. Raises NotFound, Invalid that names the
    field, and Stale when the record is not at the caller's version.
    """
    today = wall(now, tenants.get(tenant).timezone).date()
    fact, right = checked(field, value, today)
    _settle(tenant, patient_id, fact, right, now, by=by, version=version)
    match(tenant, patient_id, now)
    return patients.get(tenant, patient_id)


@again
def _settle(
    tenant: str, patient_id: str, fact: str, value: str, now: datetime, *, by: str, version: int | None
) -> None:
    records = load_person(tenant, patient_id)
    before = next(one for one in records if one.id == patient_id)
    if version is not None and version != before.version:
        raise Stale
    after = settle(before, fact, value, by=by, at=now, others=_elsewhere(records, patient_id, fact))
    if after == before:
        return
    with transaction() as work:
        update_record(tenant, before, after, work)


def _elsewhere(records: tuple[Patient, ...], patient_id: str, fact: str) -> list[Told]:
    """What the person's other records say of the field, and what is in dispute there."""
    others = [one for one in records if one.id != patient_id]
    held = [told for one in others if (told := held_of(one, fact))]
    return [*held, *(said for one in others for said in one.disputes if said.field == fact)]
