"""What a change in the contacts table asks for."""

from __future__ import annotations

from datetime import datetime

from recado.actions.meet import meet
from recado.actions.respond import respond
from recado.actions.route import route_as_seen, route_waiting
from recado.actions.send_out import send_out
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import files
from recado.store.stream import Change


def follow(change: Change, now: datetime) -> None:
    """Send what was written to be sent, handle what was said, give freed hands the next contact."""
    if isinstance(change.after, Communication):
        _send(change, change.after, now)
    else:
        _handle(change, change.after, now)


def _send(change: Change, communication: Communication, now: datetime) -> None:
    """Only what is new: a later try is the sweep's."""
    if _has_files_to_fetch(change, communication):
        send_out(change.tenant, [communication], now)
        return
    starts_later = communication.not_before is not None and communication.not_before > now
    if change.before is None and communication.state == "queued" and not starts_later:
        send_out(change.tenant, [communication], now)


def _has_files_to_fetch(change: Change, communication: Communication) -> bool:
    """A new message with files, or one of which a file has just been fetched and others wait."""
    left = files.waiting(communication)
    before = change.before if isinstance(change.before, Communication) else None
    return left > 0 and (before is None or files.waiting(before) > left)


def _handle(change: Change, contact: Contact, now: datetime) -> None:
    if change.before is None:
        meet(change.tenant, contact, now)
    if contact.pending:
        respond(change.tenant, contact.id, now)
    elif contact.state == "new":
        route_as_seen(change.tenant, contact, now)
    if isinstance(change.before, Contact) and _frees_hands(change.before, contact):
        route_waiting(change.tenant, now)


def _frees_hands(before: Contact, after: Contact) -> bool:
    """An agent let go of it, so that there is room for another; it may be closed, or itself wait now."""
    return before.state == "assigned" and (after.state != "assigned" or after.agent != before.agent)
