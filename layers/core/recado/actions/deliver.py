"""An outbound communication → the provider, with at most one effect: claim, send, settle."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from recado import channels
from recado.actions.again import again, insist
from recado.actions.identify import new_id
from recado.actions.join_thread import join_thread
from recado.actions.lean import lean, note_failure
from recado.actions.look_ahead import look_ahead
from recado.actions.look_back import look_back
from recado.actions.pace import pace
from recado.actions.save_outcome import save_outcome
from recado.actions.save_refusal import save_refusal
from recado.channels import Media, Outgoing, Template, Wire, http
from recado.errors import Misconfigured, RecadoError, SendFailed, Stale, Unavailable
from recado.model.communication import Attachment, Communication, Receipt, TemplateMessage
from recado.model.patient import Purpose
from recado.rules import sending
from recado.rules.communications import receipted, route_of
from recado.rules.consent import needed
from recado.rules.identity import contact_points
from recado.rules.rates import LONGEST_WAIT
from recado.store import clients, contacts, mailbox, media, patients, secrets, tenants
from recado.store.rows import Transaction, transaction

PROVIDERS_FAULT: Final = frozenset({"retry", "unknown", "fix_account"})
"""Outcomes after some of which the other one of two providers is preferred."""


def deliver(tenant: str, communication_id: str, now: datetime) -> None:
    """Send one communication, if it still should be. Safe to call twice, late, and by two at once."""
    claimed = claim(tenant, communication_id, now)
    if claimed is None:
        return
    try:
        provider_id = _send(tenant, claimed, now)
    except SendFailed as failure:
        if failure.outcome in PROVIDERS_FAULT:
            note_failure(tenant, claimed, now)
        settle_failure(tenant, claimed, failure, now)
    else:
        settle(tenant, claimed, provider_id, now)


@again
def claim(tenant: str, communication_id: str, now: datetime) -> Communication | None:
    """Take the communication in hand, or say by none that it is not ours to send, or not now."""
    communication = contacts.find_communication(tenant, communication_id)
    if communication is None or communication.direction != "outbound":
        return None
    step = sending.step(communication, now)
    if step == "expire":
        save_outcome(tenant, communication, sending.expired(communication), now)
    elif step == "judge":
        save_outcome(tenant, communication, sending.unknown(communication, now), now)
    return _claim_if_open(tenant, communication, now) if step == "send" else None


def _claim_if_open(tenant: str, communication: Communication, now: datetime) -> Communication | None:
    """Unless something stands in its way, or its turn comes later."""
    earlier = look_back(tenant, communication, now)
    if earlier is not None:
        save_outcome(tenant, communication, sending.behind(earlier, communication, now), now)
        return None
    ready, refusal = look_ahead(tenant, lean(tenant, communication, now), now)
    if refusal is not None:
        save_outcome(tenant, communication, sending.refused(ready, refusal, now), now)
        return None
    wait = pace(tenant, route_of(ready), now)
    if wait > LONGEST_WAIT:
        save_outcome(
            tenant, communication, sending.put_off(communication, now + timedelta(seconds=wait)), now
        )
        return None
    time.sleep(wait)
    return _claim(tenant, ready, now)


def _claim(tenant: str, communication: Communication, now: datetime) -> Communication | None:
    claimed = sending.claimed(communication, new_id("d"), now)
    try:
        wanted = needed(communication.purpose)
        if wanted is None:
            contacts.save_communication(tenant, claimed)
        elif not _claim_with_consent(tenant, communication, claimed, wanted, now):
            return None
    except (Stale, Unavailable):
        # The answer to our own claim may have been lost, and the SDK's repeat of it refused.
        stored = contacts.find_communication(tenant, communication.id)
        if stored is None or stored.claim != claimed.claim:
            raise
    return claimed.model_copy(update={"version": communication.version + 1})


def _claim_with_consent(
    tenant: str, communication: Communication, claimed: Communication, wanted: Purpose, now: datetime
) -> bool:
    """An opt-out that was stored before the claim stops it, and so does a change of their number: all are one
    transaction."""
    systems = channels.traits_of(communication.channel).systems
    points = contact_points((system, communication.address) for system in systems)
    try:
        with transaction() as work:
            contacts.save_communication(tenant, claimed, work)
            patients.check_consent(tenant, communication.patient, wanted, work, at=points)
    except Stale:
        patient = patients.get(tenant, communication.patient)
        if wanted in patient.unwanted:
            contacts.save_communication(tenant, sending.withdrawn(communication, "opted_out"))
        elif any(point in patient.former for point in points):
            save_outcome(tenant, communication, sending.refused(communication, "bad_address", now), now)
        else:
            raise
        return False
    return True


def _outgoing(tenant: str, communication: Communication) -> Outgoing:
    as_template = channels.channel(communication.channel).TRAITS.templates
    template = _template(communication.template) if communication.template and as_template else None
    joined = join_thread(tenant, communication)
    return Outgoing(
        reference=communication.id,
        to=communication.address,
        text=communication.text,
        template=template,
        buttons=[(button.payload, button.title) for button in communication.buttons],
        by_person=communication.author.startswith("agent:"),
        outside_window=communication.outside_window,
        language=(communication.template or communication).language or "",
        subject=joined.subject,
        thread=joined.ids,
        media=[_media(tenant, one) for one in communication.attachments if one.object],
        calendar=_calendar(tenant, communication),
    )


def _calendar(tenant: str, communication: Communication) -> tuple[str, str] | None:
    told = communication.invitation
    if told is None or communication.channel != "email" or communication.appointment is None:
        return None
    from recado.channels.calendars import Event, invitation  # noqa: PLC0415 - few mails need it

    event = Event(
        communication.appointment,
        told.sequence,
        told.start,
        told.start + timedelta(minutes=told.minutes),
        told.timezone,
        tenants.get(tenant).name,
        cancelled=told.cancelled,
    )
    return invitation(event, communication.account, communication.address, communication.at)


def _media(tenant: str, file: Attachment) -> Media:
    """A file that we keep, as its provider gets it."""
    name = str(file.object)
    url = media.address(tenant, name, file.mime, called=file.name, inline=False, minutes=media.MINUTES_SENT)
    content = partial(media.read, tenant, name)
    return Media(url, file.kind, file.mime, file.name, file.description, content)


def _template(message: TemplateMessage) -> Template:
    buttons = [(button.payload, button.title) for button in message.buttons]
    return Template(message.name, message.language, message.parameters, buttons)


def _send(tenant: str, communication: Communication, now: datetime) -> str:
    channel = channels.channel(communication.channel)
    try:
        credentials = _credentials(tenant, communication)
    except Misconfigured as error:
        raise SendFailed("fix_account") from error
    except RecadoError as error:
        raise SendFailed("retry") from error
    wire = Wire(http.client(), clients.client, partial(mailbox.leave, tenant, communication.account, now))
    return channel.send(
        communication.account, credentials, _outgoing(tenant, communication), wire
    ).provider_id


def _credentials(tenant: str, communication: Communication) -> dict[str, Any]:
    if communication.channel in channels.OUTWARD:
        return {}  # IAM lets this function in
    return secrets.account(tenant, communication.channel, communication.account)


def settle(tenant: str, claimed: Communication, provider_id: str, now: datetime) -> None:
    """Store that it was sent, and under which id, together with any receipt that came before we knew."""
    fresh = Receipt(channel=claimed.channel, account=claimed.account, provider_id=provider_id, at=now)
    try:
        _settle(tenant, claimed, fresh, now)
    except (Stale, Unavailable):
        # Nobody else knows that it was sent, nor under which id: worth another try.
        _settle_with_receipts(tenant, claimed, fresh, now)


@insist
def _settle_with_receipts(tenant: str, claimed: Communication, fresh: Receipt, now: datetime) -> None:
    """Receipts were faster than the answer to our own call: start from what they left."""
    current = contacts.find_communication(tenant, claimed.id) or claimed
    parked = contacts.find_receipt(tenant, fresh.channel, fresh.account, fresh.provider_id)
    _settle(tenant, current, parked or fresh, now)


def _settle(tenant: str, current: Communication, receipt: Receipt, now: datetime) -> None:
    told = receipted(current, "sent").model_copy(update={"provider_id": receipt.provider_id, "due_at": None})
    if receipt.status:
        told = receipted(told, receipt.status, receipt.error)
    # An early receipt left its outcome, not the provider's code: they may have stopped it themselves.
    stopped = told.error == "opted_out"
    with transaction() as work:
        save_outcome(tenant, current, told, now, work, stopped=stopped)
        contacts.save_receipt(tenant, receipt.model_copy(update={"communication": current.id}), work)
        if receipt.communication not in (None, current.id):
            _drop_staffs(tenant, str(receipt.communication), work)


def _drop_staffs(tenant: str, echo_id: str, within: Transaction) -> None:
    """Its echo came first, and was taken for a message from another app; nothing else is ever dropped."""
    taken = contacts.find_communication(tenant, echo_id)
    if taken is not None and taken.author == "staff":
        contacts.drop_communication(tenant, echo_id, within)


@insist
def settle_failure(tenant: str, claimed: Communication, failure: SendFailed, now: datetime) -> None:
    """Store what the provider's refusal means for the communication; a receipt that says better wins."""
    current = contacts.find_communication(tenant, claimed.id) or claimed
    if current.state == "claimed":
        after = sending.failed(current, failure.outcome, now, failure.retry_after)
        if failure.outcome == "opted_out":
            save_refusal(tenant, current, after, failure.provider_code, now)
        else:
            save_outcome(tenant, current, after, now)
