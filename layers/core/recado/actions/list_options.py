"""What an agent may answer with now: free text, and until when; approved templates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal, NamedTuple

from recado import texts
from recado.actions.find_routes import ability
from recado.actions.write import filled
from recado.channels import MODULES
from recado.model.communication import TemplateMessage
from recado.model.contact import Contact
from recado.model.template import Template, TemplateState
from recado.rules.contacts import lines_heard
from recado.rules.reach import Ability
from recado.rules.windows import open_until
from recado.store import contacts, templates, tenants

OFFERED: Final = ("follow_up", "missed_call")
"""Templates that an agent may send of their own accord; their values follow from the clinic."""

WhyNot = Literal["closed", "spoken", "paused", "window"]
"""The contact is closed; its channel carries no text; its account is paused; its window is shut."""


class Offer(NamedTuple):
    """A template as it would be sent, and what its provider thinks of it."""

    template: TemplateMessage
    text: str
    state: TemplateState | None
    """None: the provider has told us nothing."""
    usable: bool


class Options(NamedTuple):
    """`until` is when free text ends; none where it has no end."""

    max_text: int
    until: datetime | None = None
    why_not: WhyNot | None = None
    templates: tuple[Offer, ...] = ()


def list_options(tenant: str, contact_id: str, now: datetime) -> Options:
    """What may be answered in this contact now. Raises NotFound."""
    contact = contacts.get_contact(tenant, contact_id)
    if contact.state == "closed":
        return Options(0, why_not="closed")
    if contact.channel not in MODULES:
        return Options(0, why_not="spoken")
    can = ability(contact.channel)
    if _is_paused(tenant, contact):
        return Options(can.max_text, why_not="paused")
    until = _until(contact, can)
    shut = bool(can.window_hours) and (until is None or now >= until)
    offers = tuple(_offers(tenant, contact)) if can.templates else ()
    return Options(can.max_text, until, "window" if shut else None, offers)


def offered(tenant: str, contact: Contact, name: str) -> TemplateMessage | None:
    """The template of this name, as an agent may send it in this contact now."""
    if name not in OFFERED or contact.channel not in MODULES:
        return None
    return next((one.template for one in _offers(tenant, contact) if one.template.name == name), None)


def _until(contact: Contact, can: Ability) -> datetime | None:
    """An agent has the longer one of a provider's two windows."""
    if not can.window_hours:
        return None
    line = f"{contact.channel}/{contact.account}/{contact.address}"
    return open_until(lines_heard(contact).get(line), max(can.window_hours, can.staff_window_hours))


def _is_paused(tenant: str, contact: Contact) -> bool:
    this = (contact.channel, contact.account)
    return any((one.channel, one.id) == this and not one.enabled for one in tenants.recent_accounts(tenant))


def _offers(tenant: str, contact: Contact) -> Iterator[Offer]:
    clinic = tenants.get(tenant)
    known = {
        (one.name, str(one.language)): one for one in templates.of(tenant, contact.channel, contact.account)
    }
    for name in OFFERED:
        template = filled(name, contact.language, {"clinic": clinic.name})
        told = known.get((name, template.language))
        yield Offer(
            template,
            texts.render(name, template.language, **template.parameters),
            told.state if told else None,
            told is None or told.usable,
        )
