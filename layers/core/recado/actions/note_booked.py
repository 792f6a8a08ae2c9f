"""A visit is booked: what that makes of a lead, and of the contact that it came from (R21, R96)."""

from __future__ import annotations

from datetime import datetime

from recado.actions.load_kept import load_kept
from recado.actions.relink import relink
from recado.errors import NotFound
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules.facts import channel_of
from recado.rules.kinds import became, booked
from recado.store import contacts, patients, tenants
from recado.store.rows import Transaction


def note_booked(
    tenant: str, patient: Patient, latest: Contact | None, now: datetime, within: Transaction
) -> None:
    """Let the latest contact say so, and other records of the same person cease to be a lead's, too.

    `patient` is as admitted, and is stored by the caller.
    """
    others = load_kept(tenant, patient.id)[1:] if patient.person or patient.joined else ()
    for one in others:
        if one.kind == "lead":
            patients.put(tenant, became(one, now), within)
            relink(tenant, became(one, now), within)
    if tenants.get(tenant).reaches_out:
        from recado.actions.note_outreach_booked import (  # noqa: PLC0415 - few clinics have campaigns
            note_outreach_booked,
        )

        note_outreach_booked(tenant, patient, now, within)
    if latest is not None:
        converts = patient.became == now and all(one.kind == "lead" for one in others)
        converted = _first_channel(tenant, latest) if converts else None
        contacts.save_contact(tenant, booked(latest, now, converted), within)


def _first_channel(tenant: str, latest: Contact) -> str:
    """The channel of their first contact; of the latest where that one is no more."""
    if latest.number == 1:
        return channel_of(latest)
    try:
        return channel_of(contacts.get_contact(tenant, f"{latest.patient}.1"))
    except NotFound:
        return channel_of(latest)
