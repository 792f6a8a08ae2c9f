"""A notice → its subscriber: claim, send, settle. At least once: its receiver knows a repeat by its id."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from recado.actions.again import insist
from recado.actions.identify import new_id
from recado.channels import http, subscriber
from recado.channels.subscriber import Message, Said
from recado.errors import Misconfigured, NotFound, RecadoError, SendFailed
from recado.model.notice import Notice
from recado.model.record import iso
from recado.model.subscription import Subscription
from recado.rules import notices as rules
from recado.rules.fhir.people import fill_in
from recado.store import appointments, notices, patients, secrets, subscriptions
from recado.store.rows import transaction

LEFT: Final = ("resourceType", "id", "meta", "status")
"""Of a visit's resource, once its patient is erased."""


def send_notice(tenant: str, subscription_id: str, notice_id: str, now: datetime) -> None:
    """Send one notice, if its turn has come. Safe to call twice, late, and by two at once."""
    subscription = subscriptions.find(tenant, subscription_id)
    if subscription is None:
        return
    claimed = _claim(tenant, subscription_id, notice_id, new_id("d"), now)
    if claimed is None:
        return
    try:
        said = _send(tenant, subscription, claimed, now)
    except SendFailed as failure:
        _settle_failure(tenant, claimed, now, None, failure.outcome)
    else:
        if said.taken:
            _settle(tenant, claimed, said, now)
        else:
            _settle_failure(tenant, claimed, now, said, f"http_{said.status}")


@insist
def _claim(tenant: str, subscription_id: str, notice_id: str, claim: str, now: datetime) -> Notice | None:
    """Take the notice in hand; none: it is not to be sent, or not now."""
    notice = notices.find(tenant, subscription_id, notice_id)
    if notice is None:
        return None
    if notice.claim == claim:
        return notice  # the answer to our own claim was lost
    if rules.step(notice, now) == "leave":
        return None
    turn = rules.turn(notice, notices.line(tenant, subscription_id), claim, now)
    notices.put(tenant, turn)
    return turn.model_copy(update={"version": notice.version + 1}) if turn.claim == claim else None


def _send(tenant: str, subscription: Subscription, notice: Notice, now: datetime) -> Said:
    try:
        held = secrets.account(tenant, "subscription", subscription.id)
        payload = _payload(tenant, subscription, notice)
    except Misconfigured as error:
        raise SendFailed("fix_account") from error
    except RecadoError as error:
        raise SendFailed("retry") from error
    message = Message(notice.id, int(now.timestamp()), payload)
    return subscriber.post(http.client(), subscription.url, held["secrets"], message)


def _payload(tenant: str, subscription: Subscription, notice: Notice) -> dict[str, Any]:
    """The event; with what is shared of the patient as it is known now, and nothing of who is gone."""
    made: dict[str, Any] = {"type": notice.event, "timestamp": iso(notice.at), "data": {}}
    if notice.resource is None:
        return made
    shared = notice.resource
    if _is_erased(tenant, notice):
        shared = {name: shared[name] for name in LEFT if name in shared}
    elif notice.patient:
        try:
            shared = fill_in(shared, patients.get(tenant, notice.patient), subscription.fields)
        except NotFound:
            shared = notice.resource
    about = {"appointment": notice.appointment, "version": notice.appointment_version}
    return {**made, "data": {**about, "resource": shared}}


def _is_erased(tenant: str, notice: Notice) -> bool:
    """Whether the patient whose visit it was was erased since: a replay, too, tells no more of them."""
    visit = appointments.find(tenant, notice.appointment) if notice.appointment else None
    return visit is not None and visit.erased_at is not None


@insist
def _settle(tenant: str, claimed: Notice, said: Said, now: datetime) -> None:
    """It arrived. Where the receiver had failed before, it is well again: what waits goes on."""
    current = notices.find(tenant, claimed.subscription, claimed.id)
    if current is None or current.claim != claimed.claim:
        return
    line = notices.line(tenant, claimed.subscription)
    with transaction() as work:
        notices.put(tenant, rules.sent(current, said.status, now), work)
        if line.failures:
            notices.put_line(tenant, rules.well(line), work)


@insist
def _settle_failure(tenant: str, claimed: Notice, now: datetime, said: Said | None, error: str) -> None:
    """It did not, or nobody knows: another attempt, or an end that can be replayed. The line remembers."""
    current = notices.find(tenant, claimed.subscription, claimed.id)
    if current is None or current.claim != claimed.claim:
        return
    status, wait = (said.status, said.retry_after) if said else (None, None)
    line = notices.line(tenant, claimed.subscription)
    failed = rules.failed(current, now, status=status, error=error, retry_after=wait)
    after = rules.failing(line, failed, now, gone=bool(said and said.gone), retry_after=wait)
    with transaction() as work:
        notices.put(tenant, failed, work)
        notices.put_line(tenant, after, work)
