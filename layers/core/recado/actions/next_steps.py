"""What is automatic handling to do with a message?"""

from __future__ import annotations

from datetime import datetime

from recado.channels import traits_of
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Tenant
from recado.rules.handling import Setting, Step, steps
from recado.store import tenants


def next_steps(
    tenant: str, contact: Contact, communication: Communication, now: datetime
) -> tuple[Step, ...]:
    """As rules.handling.steps; the clinic's settings and accounts are as they were within the last minute."""
    from recado.rules.urgent import is_urgent  # noqa: PLC0415 - no start waits for it

    traits = traits_of(communication.channel)
    clinic = tenants.get(tenant)
    serves = clinic.bot == "on" and bool(traits.max_text) and not traits.threads
    setting = Setting(
        cancel_stops=traits.cancel_stops,
        carries=bool(traits.max_text),
        closed=not tenants.is_open(tenant, communication.channel, communication.account),
        owed=_is_owed(clinic, contact, communication, now),
        urgent=is_urgent(communication, contact),
        serves=serves,
        away=serves and _is_away(clinic, now),
    )
    return steps(contact, communication, setting, now)


def _is_away(clinic: Tenant, now: datetime) -> bool:
    from recado.rules.hours import is_open  # noqa: PLC0415 - few clinics have self-service

    return not is_open(clinic, now)


def _is_owed(clinic: Tenant, contact: Contact, communication: Communication, now: datetime) -> bool:
    if not clinic.hours and not clinic.email_reply_hours:
        return False
    from recado.actions.acknowledge import due  # noqa: PLC0415 - most clinics' days are long

    return due(clinic, contact, communication, now) is not None
