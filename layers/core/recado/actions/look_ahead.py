"""What we know to stand in a message's way, before its provider is asked."""

from __future__ import annotations

from datetime import datetime

from recado.actions.find_routes import ability, usable
from recado.errors import Outcome
from recado.model.communication import Communication
from recado.rules.communications import route_of
from recado.rules.contacts import lines_heard
from recado.rules.reach import Ability, free_text
from recado.store import contacts, tenants


def look_ahead(
    tenant: str, communication: Communication, now: datetime
) -> tuple[Communication, Outcome | None]:
    """The communication as it may go, and why it may not: a paused account, a template that its provider does
    not allow, or free text outside the window, for which the person's latest contact is read."""
    # What answers by itself still goes: it is how patients learn that the channel is closed.
    if communication.purpose != "self_service" and not tenants.is_open(tenant, *_account(communication)):
        return communication, "fix_account"
    can = ability(communication.channel)
    if communication.template and can.templates:
        allowed = usable(tenant, communication.channel, communication.account, communication.template)
        return communication, None if allowed else "fix_request"
    return _within_window(tenant, communication, can, now) if can.window_hours else (communication, None)


def _account(communication: Communication) -> tuple[str, str]:
    return communication.channel, communication.account


def _within_window(
    tenant: str, communication: Communication, can: Ability, now: datetime
) -> tuple[Communication, Outcome | None]:
    holder = (communication.contact or "").rpartition(".")[0] or communication.patient
    heard = lines_heard(contacts.latest_contact(tenant, holder))
    by_person = communication.author.startswith("agent:")
    said = free_text(heard.get(route_of(communication).line), can, now, by_person=by_person)
    if said == "shut":
        return communication, "template_only"
    return communication.model_copy(update={"outside_window": said == "person"}), None
