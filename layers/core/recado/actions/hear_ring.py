"""The telephone system tells of a call by which we reminded somebody: was it picked up?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from recado.actions.record_receipt import record_receipt
from recado.channels import Received, connect, events
from recado.channels.connect import Report
from recado.model.record import iso
from recado.rules import rings
from recado.store import contacts


def hear_ring(tenant: str, report: Report, now: datetime) -> bool:
    """Settle the reminder that the call was; False: it was none of ours, as far as we know.

    Its contact record names the reminder, so that one of which we do not know whether it went out is found by
    it; a contact event does not, and counts once Connect has told us its id. Raises Stale, Unavailable.
    """
    account = report.dialled or ""
    known = contacts.find_receipt(tenant, connect.NAME, account, report.leg)
    ours = (known and known.communication) or report.reference
    if not ours:
        return False
    communication = contacts.find_communication(tenant, ours)
    if communication is None or (communication.channel, communication.account) != (connect.NAME, account):
        return False
    if told := rings.became(report.ended_at is not None, report.connected_at, report.disconnect_reason):
        record_receipt(tenant, _receipt(report, account, ours, told), now)
    return True


def _receipt(report: Report, account: str, reference: str, told: rings.Became) -> Received:
    error: dict[str, Any] | None = None
    if told.error:
        error = {"code": told.error, "title": "", "detail": "", "outcome": told.outcome}
    return Received(
        channel=connect.NAME,
        account=account,
        kind="receipt",
        key=f"{connect.NAME}/{account}/receipt/{report.leg}/{told.status}",
        sender=report.caller or "",
        identities=[],
        at=iso(report.ended_at) if report.ended_at else "",
        event=events.receipt(report.leg, told.status, reference=reference, error=error),
        raw={},
    )
