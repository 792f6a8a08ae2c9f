"""What a clinic has learned of missed visits (tenants table), and what was predicted of each (beside it)."""

from __future__ import annotations

from collections.abc import Iterable

from recado.model.risk import Risk, RiskModel
from recado.store.appointments import AppointmentRow
from recado.store.rows import Note, Row, fields, key, load, named, readable, save, serve, table_name

MODEL = "noshow"
RISK = "risk"


class RiskModelRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


class RiskRow(Note):
    """Beside its visit; a later prediction is put over the one before."""

    class Meta:
        table_name = table_name("APPOINTMENTS_TABLE")
        region = "us-east-1"


serve(RiskModelRow, RiskRow, AppointmentRow)


def model(tenant: str) -> RiskModel | None:
    """What was learned last, or none."""
    return load(RiskModelRow, RiskModel, key(tenant, RISK), MODEL)


def put_model(tenant: str, learned: RiskModel) -> RiskModel:
    """Store it, as it then is. Raises Stale."""
    row = RiskModelRow(pk=key(tenant, RISK), sk=MODEL, **fields(learned))
    return learned.model_copy(update={"version": save(row, learned.version)})


def put_risk(tenant: str, appointment_id: str, risk: Risk) -> None:
    """Store what is predicted of a visit."""
    body = risk.model_dump_json(exclude_none=True)
    with named():
        RiskRow(pk=key(tenant, "A", appointment_id), sk=RISK, body=body).save()


def risks(tenant: str, appointment_ids: Iterable[str]) -> dict[str, Risk]:
    """What was predicted last of these visits, by their ids; those of which nothing was are left out."""
    pks = {key(tenant, "A", one): one for one in appointment_ids}
    with named():
        rows = list(RiskRow.batch_get([(pk, RISK) for pk in pks]))
    return {pks[pk]: risk for (pk, _), risk in readable(rows, Risk).items()}


def forget_risk(tenant: str, appointment_id: str) -> None:
    """Nothing was predicted of this visit."""
    with named():
        RiskRow(pk=key(tenant, "A", appointment_id), sk=RISK).delete()
