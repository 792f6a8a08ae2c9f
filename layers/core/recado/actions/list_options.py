"""What an agent may answer with now: free text, and until when; approved templates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal, NamedTuple

from recado import texts
from recado.actions.find_line import find_line
from recado.actions.find_routes import ability
from recado.actions.write import filled
from recado.model.communication import TemplateMessage
from recado.model.contact import Contact
from recado.model.template import TemplateState
from recado.rules.contacts import lines_heard
from recado.rules.reach import Ability, Route
from recado.rules.windows import open_until
from recado.store import contacts, templates, tenants

OFFERED: Final = ("follow_up", "missed_call")
"""Templates that an agent may send of their own accord; their values follow from the clinic."""

WhyNot = Literal["closed", "spoken", "paused", "window"]
"""The contact is closed; no channel reaches the patient; its account is paused; its window is shut."""


class Offer(NamedTuple):
    """A template as it would be sent, and what its provider thinks of it."""

    template: TemplateMessage
    text: str
    state: TemplateState | None
    """None: the provider has told us nothing."""
    usable: bool


class Options(NamedTuple):
    """`channel` is what the answer goes by; `until` is when free text ends, none where it has no end; `media`
    are the kinds of files that can go with it."""

    max_text: int
    channel: str | None = None
    until: datetime | None = None
    why_not: WhyNot | None = None
    templates: tuple[Offer, ...] = ()
    media: frozenset[str] = frozenset()


def list_options(tenant: str, contact_id: str, now: datetime) -> Options:
    """What may be answered in this contact now. Raises NotFound."""
    contact = contacts.get_contact(tenant, contact_id)
    if contact.state == "closed":
        return Options(0, why_not="closed")
    found = find_line(tenant, contact, now)
    if found is None:
        return Options(0, why_not="spoken")
    line = found.route
    can = ability(line.channel)
    if not tenants.is_open(tenant, line.channel, line.account):
        return Options(can.max_text, line.channel, why_not="paused")
    until = _until(contact, line, can)
    shut = bool(can.window_hours) and (until is None or now >= until)
    offers = tuple(_offers(tenant, contact, line)) if can.templates else ()
    return Options(can.max_text, line.channel, until, "window" if shut else None, offers, can.media)


def offered(tenant: str, contact: Contact, line: Route, name: str) -> TemplateMessage | None:
    """The template of this name, as an agent may send it on this line now."""
    if name not in OFFERED:
        return None
    return next((one.template for one in _offers(tenant, contact, line) if one.template.name == name), None)


def _until(contact: Contact, line: Route, can: Ability) -> datetime | None:
    """An agent has the longer one of a provider's two windows."""
    if not can.window_hours:
        return None
    return open_until(lines_heard(contact).get(line.line), max(can.window_hours, can.staff_window_hours))


def _offers(tenant: str, contact: Contact, line: Route) -> Iterator[Offer]:
    clinic = tenants.get(tenant)
    known = {(one.name, str(one.language)): one for one in templates.of(tenant, line.channel, line.account)}
    for name in OFFERED:
        template = filled(name, contact.language, {"clinic": clinic.name})
        told = known.get((name, template.language))
        yield Offer(
            template,
            texts.render(name, template.language, **template.parameters),
            told.state if told else None,
            told is None or told.usable,
        )
