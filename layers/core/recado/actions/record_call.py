"""What Connect says of a call, in whatever order → the call, and once it is over, what it means."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.settle_call import settle_call
from recado.actions.withdraw_text_back import text_backs_to_withdraw
from recado.channels.connect import Report
from recado.model.call import Call, Leg, LegRecord
from recado.rules import calls as rules
from recado.store import calls, contacts, directory, tenants
from recado.store.rows import transaction


def clinic_of(report: Report) -> str | None:
    """The clinic whose number was called; none when it is nobody's number.

    A leg after a transfer may not say which number that was: then the clinic that knows the call.
    """
    if report.dialled is not None:
        return directory.clinic("voice", report.dialled)
    return next((one for one in tenants.everyone() if calls.find(one, report.call)), None)


@again
def record_call(tenant: str, report: Report, now: datetime) -> Call:
    """Add a report to what is known of its call; settle the call when it is over.

    The same reports in any order, any number of times, lead to the same call, contact and messages.
    """
    before = calls.find(tenant, report.call) or Call(id=report.call)
    if before.erased_at:
        return before
    call = rules.joined(before, told(report))
    if rules.facts(call).outbound and call.caller:
        _hear_attempt(tenant, call, now)
    if rules.facts(call).outbound or not rules.ready(call):
        return _keep(tenant, before, rules.waiting(call, now))
    return _settle(tenant, before, call, now)


@again
def settle_overdue(tenant: str, call: Call, now: datetime) -> Call:
    """Settle a call that has waited long enough to learn who called: it counts, as nobody's."""
    current = calls.find(tenant, call.id) or call
    if current.due_at is None or current.due_at > now:
        return current
    return _settle(tenant, current, current, now)


def told(report: Report) -> Call:
    """A report as the little that it knows of the call."""
    record = None
    if report.updated_at is not None:
        record = LegRecord(
            at=report.updated_at,
            talked_s=report.talked_s,
            disconnect_reason=report.disconnect_reason,
            next_leg=report.next_leg,
        )
    leg = Leg(
        id=report.leg,
        initiation=report.initiation,
        initiated_at=report.initiated_at,
        connected_at=report.connected_at,
        queued_at=report.queued_at,
        answered_at=report.answered_at,
        ended_at=report.ended_at,
        record=record,
    )
    return Call(
        id=report.call,
        dialled=report.dialled,
        caller=report.caller,
        withheld=report.withheld,
        callback_requested=report.callback_requested,
        self_served=report.self_served,
        legs=(leg,),
    )


def _hear_attempt(tenant: str, call: Call, now: datetime) -> None:
    """Before the call itself is kept, which then says nothing of whom it was to."""
    from recado.actions.hear_attempt import hear_attempt  # noqa: PLC0415 - most calls are patients'

    hear_attempt(tenant, call, now)


def _settle(tenant: str, before: Call, call: Call, now: datetime) -> Call:
    summary = rules.summary(call)
    anonymous_no_more = before.caller is None and call.caller is not None
    if summary is None or (summary == call.summary and not anonymous_no_more):
        return _keep(tenant, before, call)
    return settle_call(tenant, call, summary, now)


def _keep(tenant: str, before: Call, call: Call) -> Call:
    """Save what is new. Somebody who is being spoken to needs no text about an earlier call."""
    if call == before:
        return call
    speaking = rules.facts(call).answered_at is not None and call.caller is not None
    needless = text_backs_to_withdraw(tenant, tenants.get(tenant), call) if speaking else []
    kept = rules.kept(call)
    if kept == before and not needless:
        return kept
    with transaction() as work:
        calls.put(tenant, kept, work)
        for communication in needless:
            contacts.save_communication(tenant, communication, work)
    return kept
