"""Somebody came to the desk, rang after an advertisement, booked in a marketplace: told by who noticed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

from recado.actions.identify import new_id
from recado.actions.record import record_message
from recado.channels import Received, addresses, events
from recado.errors import Invalid
from recado.model.communication import Communication
from recado.model.record import iso
from recado.rules.communications import communication_id
from recado.store import contacts, tenants

Way = Literal["frontdesk", "printed_ad", "marketplace"]

AHEAD: Final = timedelta(minutes=5)
"""By so much may the clock of who tells us be fast."""


class Told(NamedTuple):
    """What is known of it. `phone` and `email` as people write them; `at` is when it was, `key` its teller's
    own name for it."""

    way: Way
    name: str
    phone: str | None
    email: str | None
    text: str
    at: datetime | None
    origin: Mapping[str, str] | None
    key: str | None


def note_interaction(tenant: str, author: str, told: Told, now: datetime) -> Communication:
    """Put it on the person's one timeline, as a message is, with what brought them; the same key again
    changes nothing.

    Raises Invalid that names `phone`, `email` or `at`.
    """
    received = _received(tenant, author, told, now)
    record_message(tenant, received, now)
    own_id = communication_id(tenant, received.channel, received.account, received.event["provider_id"])
    stored = contacts.find_communication(tenant, own_id)
    if stored is None:
        raise RuntimeError("What was just recorded is not there.")
    return stored


def _received(tenant: str, author: str, told: Told, now: datetime) -> Received:
    key = told.key or new_id("n")
    identities = _identities(tenant, told)
    event: dict[str, Any] = events.message(
        key, "interaction", text=told.text, name=told.name, origin=_origin(told)
    )
    return Received(
        channel=told.way,
        account=author,
        kind="message",
        key=f"{told.way}/{author}/message/{key}",
        sender=identities[0][1].removeprefix("+") if identities else "",
        identities=identities,
        at=iso(_moment(told.at, now)),
        event=event,
        raw={},
    )


def _identities(tenant: str, told: Told) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if told.phone:
        found.append(("phone", addresses.phone(told.phone, tenants.get(tenant).country)))
    if told.email:
        found.append(("email", _email(told.email)))
    return found


def _email(typed: str) -> str:
    local, at, domain = typed.strip().lower().rpartition("@")
    if not local or not at or "." not in domain or " " in typed.strip() or not typed.isprintable():
        raise Invalid("email", "This is not an e-mail address.")
    return f"{local}@{domain}"


def _moment(at: datetime | None, now: datetime) -> datetime:
    if at is not None and at > now + AHEAD:
        raise Invalid("at", "This is yet to come.")
    return min(at or now, now)


def _origin(told: Told) -> Mapping[str, str]:
    return told.origin or {"type": told.way}
