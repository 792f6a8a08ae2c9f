"""Two handlers that are wrong in well-known ways, and keep the enumerator honest: it must find both out.

Each is the shape of a real product's mistake, around our own store.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from recado import batches, channels
from recado.actions.identify import identify, new_id
from recado.actions.introduce import introduce
from recado.channels import Outgoing, Received, http
from recado.model.communication import Communication
from recado.model.contact_point import ContactPoint
from recado.rules import contacts as rules
from recado.rules.households import Heard
from recado.rules.identity import canonical_phone
from recado.store import contacts, secrets
from recado.store.rows import transaction

from tests.channels.wire import through
from tests.samples import BOAVISTA


def _handled(event: dict[str, Any], _context: Any, act: Any) -> Any:
    return batches.queued(event, lambda body: act(body, datetime.now(UTC)), lambda _: None)


def sends_then_marks(event: dict[str, Any], context: Any) -> Any:
    """A delivery that looks whether it was sent, sends, and marks it as sent."""
    return _handled(event, context, _check_send_mark)


def _check_send_mark(job: dict[str, str], _now: datetime) -> None:
    check_send_mark(job["tenant"], job["communication"])


def check_send_mark(tenant: str, communication_id: str) -> None:
    """Between the look and the mark anybody else may look, and a crash forgets the sending."""
    found = contacts.find_communication(tenant, communication_id)
    if found is None or found.state != "queued":
        return
    credentials = secrets.account(tenant, found.channel, found.account)
    outgoing = Outgoing(reference=found.id, to=found.address, text=found.text)
    sent = channels.channel(found.channel).send(found.account, credentials, outgoing, through(http.client()))
    marked = found.model_copy(update={"state": "sent", "provider_id": sent.provider_id, "due_at": None})
    contacts.save_communication(tenant, marked)


def stores_in_steps(event: dict[str, Any], context: Any) -> Any:
    """A dedupe that gives each message a new id, and writes patient, contact and message one by one."""
    return _handled(event, context, _store_in_steps)


def _store_in_steps(body: dict[str, Any], now: datetime) -> None:
    tenant = body.pop("tenant")
    store_in_steps(tenant, Received(**body), now)


def store_in_steps(tenant: str, received: Received, now: datetime) -> None:
    """The same message again is another message; and a crash leaves a half of it."""
    point = ContactPoint(system="phone", value=canonical_phone(received.sender))
    sender = identify(tenant, [point], Heard(received.event.get("name")), now)
    if sender.new is not None:
        with transaction() as work:
            introduce(tenant, sender, work)
    latest = None if sender.new else contacts.latest_contact(tenant, sender.patient)
    contact = latest or rules.opened(
        sender.patient,
        1,
        now=now,
        channel=received.channel,
        account=received.account,
        address=received.sender,
        language=BOAVISTA.language,
    )
    contact, moment = rules.placed(contact, now)
    message = Communication(
        id=new_id("m"),
        patient=sender.patient,
        contact=contact.id,
        channel=received.channel,
        account=received.account,
        address=received.sender,
        direction="inbound",
        kind="text",
        text=received.event["text"],
        author="patient",
        state="received",
        at=now,
        moment=moment,
        provider_id=received.event["provider_id"],
    )
    contacts.save_contact(tenant, rules.heard(contact, message, now, pending=False))
    contacts.save_communication(tenant, message)
