"""A contact event or a contact record, as it came → the call that it is about; what is neither is kept."""

from __future__ import annotations

from datetime import datetime

from recado.actions.record_call import clinic_of, record_call
from recado.channels import connect, strict_json
from recado.channels.connect import Report
from recado.errors import UnreadableInput
from recado.store import unreadable


def hear_call(raw: bytes, now: datetime) -> dict[str, str]:
    """Store what Connect says; what there is to log of it.

    Raises Unavailable and Stale when it could not be stored: then it has to come again.
    """
    try:
        report = connect.parse(strict_json.load(raw))
    except UnreadableInput as error:
        return _keep(str(error), raw)
    if not isinstance(report, Report):
        return _keep("neither a contact event nor a contact record", raw)
    if report.channel != "VOICE":
        return {"call": report.call, "ignored": report.channel}
    tenant = clinic_of(report)
    if tenant is None:
        return _keep("no clinic has this number", raw)
    if report.initiation == "API" and _is_ours(tenant, report, now):
        return {"tenant": tenant, "call": report.call, "outcome": "ours"}
    call = record_call(tenant, report, now)
    return {"tenant": tenant, "call": call.id, "outcome": call.outcome or ""}


def _is_ours(tenant: str, report: Report, now: datetime) -> bool:
    from recado.actions.hear_ring import hear_ring  # noqa: PLC0415 - most calls are patients'

    return hear_ring(tenant, report, now)


def _keep(reason: str, raw: bytes) -> dict[str, str]:
    unreadable.keep(None, connect.NAME, reason, raw)
    return {"kept": reason}
