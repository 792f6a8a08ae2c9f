"""What the desk, or another system of the clinic's, says of somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from recado.actions.again import again
from recado.actions.match import match
from recado.actions.update_record import update_record
from recado.errors import Stale
from recado.model.patient import Patient
from recado.rules.fields import checked
from recado.rules.kinds import refuse_nobody
from recado.rules.times import wall
from recado.rules.told import tell
from recado.store import patients, tenants
from recado.store.rows import transaction


class Description(NamedTuple):
    """Fields of a record (model.patient.Fact), who says so (Told.source), and since when it is known."""

    said: Mapping[str, str]
    source: str
    at: datetime


def describe(
    tenant: str, patient_id: str, told: Description, now: datetime, *, version: int | None = None
) -> Patient:
    """Note what is said of a record, and look again whose it is; the record as it is then.

    What another source told stays, and is in dispute (rules.told). Raises NotFound, Invalid that names a
    field, Conflict for whoever is nobody, and Stale when the record is not at the caller's version.
    """
    today = wall(now, tenants.get(tenant).timezone).date()
    facts = told._replace(said=_facts(told.said, today), at=min(told.at, now))
    _describe(tenant, patient_id, facts, version)
    match(tenant, patient_id, now)
    return patients.get(tenant, patient_id)


def _facts(said: Mapping[str, str], today: date) -> dict[str, str]:
    return dict(checked(field, value, today) for field, value in said.items())


@again
def _describe(tenant: str, patient_id: str, told: Description, version: int | None) -> None:
    before = patients.get(tenant, patient_id)
    if version is not None and version != before.version:
        raise Stale
    refuse_nobody(before)
    after = tell(before, told.said, told.source, told.at)
    if after == before:
        return
    with transaction() as work:
        update_record(tenant, before, after, work)
