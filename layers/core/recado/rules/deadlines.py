"""By when somebody has to do something about a contact, and which are late (R4, R5, R42). Pure.

In business time: nobody is late while the clinic is closed, but for what patients were promised by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from recado.model.contact import Callback, Contact
from recado.model.tenant import Tenant
from recado.rules.hours import after_open

Kind = Literal["message", "email", "form", "callback", "attempt", "agreed_call", "unconfirmed", "unread"]
"""What is owed: an answer to what they wrote, by how they came; the first call to whom we missed; a later
one, which may be made when it is due and is late a target after that; the one at a time that they have named;
one to whoever has not said whether they come, before their visit; a look at what else is unread: something of
ours that did not surely arrive, a machine's mail."""

AGREED_WITHIN: Final = timedelta(minutes=15)
"""Who named a time is called by then: a quarter of an hour, the grid on which times are agreed."""

_BY_ANOTHER_WAY: Final = frozenset({"webform", "frontdesk", "printed_ad", "marketplace"})
"""Channels on which nobody can be answered: what came by them is a task, like a form's."""


class Deadline(NamedTuple):
    """What is owed to whom has waited `since`, and by when."""

    kind: Kind
    at: datetime
    since: datetime


def deadline(clinic: Tenant, contact: Contact) -> Deadline | None:
    """The next deadline of a contact; none where it is closed, or all that was said is answered."""
    if contact.state == "closed":
        return None
    owed = (_call(clinic, contact), _answer(clinic, contact), _visit(contact))
    found = [one for one in owed if one is not None]
    return min(found, key=lambda one: one.at, default=None)


def late(clinic: Tenant, contacts: Iterable[Contact], now: datetime) -> list[tuple[Contact, Deadline]]:
    """The contacts that are past their deadline, the longest overdue first."""
    judged = ((one, deadline(clinic, one)) for one in contacts)
    overdue = [(one, due) for one, due in judged if due is not None and due.at < now]
    return sorted(overdue, key=lambda one: (one[1].at, one[0].id))


def _call(clinic: Tenant, contact: Contact) -> Deadline | None:
    owed = contact.callback
    if owed is None:
        return None
    since = contact.follow_up.since if contact.follow_up else contact.opened_at
    kind = _kind(contact, owed)
    if kind == "callback":
        return Deadline(kind, owed.due_at, since)
    target = timedelta(minutes=clinic.callback_target_minutes)
    within = AGREED_WITHIN if kind == "agreed_call" else target
    return Deadline(kind, after_open(clinic, owed.due_at, within), since)


def _visit(contact: Contact) -> Deadline | None:
    soonest = min(contact.unconfirmed, key=lambda one: one.start, default=None)
    return Deadline("unconfirmed", soonest.start, soonest.asked_at) if soonest else None


def _kind(contact: Contact, owed: Callback) -> Literal["callback", "attempt", "agreed_call"]:
    if owed.agreed:
        return "agreed_call"
    tried = contact.follow_up is not None and bool(contact.follow_up.attempts)
    return "attempt" if tried else "callback"


def _answer(clinic: Tenant, contact: Contact) -> Deadline | None:
    since = contact.unanswered_since
    if since is not None:
        kind = _written(contact)
        return Deadline(kind, _answered_by(clinic, kind, since), since)
    if not contact.unread or contact.callback is not None:
        return None
    known = (contact.opened_at, contact.last_inbound_at, contact.last_outbound_at)
    last = max(one for one in known if one)
    return Deadline("unread", after_open(clinic, last, timedelta(hours=clinic.unanswered_hours)), last)


def _written(contact: Contact) -> Literal["form", "email", "message"]:
    if contact.channel in _BY_ANOTHER_WAY:
        return "form"
    return "email" if contact.channel == "email" else "message"


def _answered_by(clinic: Tenant, kind: Kind, since: datetime) -> datetime:
    if kind == "form":
        return after_open(clinic, since, timedelta(minutes=clinic.form_target_minutes))
    if kind == "message":
        return after_open(clinic, since, timedelta(seconds=clinic.message_target_seconds))
    if clinic.email_reply_hours:
        # What they were told is so many hours, whether somebody is there or not.
        return since + timedelta(hours=clinic.email_reply_hours)
    return after_open(clinic, since, timedelta(hours=clinic.unanswered_hours))
