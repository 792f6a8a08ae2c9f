"""A patient tells us to stop."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.store import contacts, patients, tenants
from recado.store.rows import transaction


def opt_out(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Stop what we send of our own accord, on every channel; say so once. Always settles what was said.

    The claim of whatever waits to be sent is conditional on this (`patients.check_consent`), so that nothing
    is claimed after the opt-out is stored. A person's conversation with the front desk goes on.
    """
    patient = patients.get(tenant, communication.patient)
    stopped = patient.model_copy(update={"opted_out": frozenset({"care", "marketing"})})
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    goodbye = _goodbye(tenant, contact, communication, now).model_copy(update={"moment": moment})
    if contact.state != "assigned":
        contact = rules.closed(contact, "opted_out", now)
    with transaction() as work:
        patients.put(tenant, stopped, work)
        contacts.save_communication(tenant, goodbye, work)
        contacts.save_contact(tenant, contact, work)
    return True


def _goodbye(tenant: str, contact: Contact, communication: Communication, now: datetime) -> Communication:
    clinic = tenants.get(tenant)
    return Communication(
        id=communication_id(tenant, "recado", contact.account, f"{communication.id}:opted_out"),
        patient=contact.patient,
        contact=contact.id,
        channel=communication.channel,
        account=communication.account,
        address=communication.address,
        direction="outbound",
        kind="text",
        text=texts.render("opted_out", contact.language, clinic=clinic.name),
        author="recado",
        purpose="self_service",
        state="queued",
        at=now,
        moment="",
        due_at=now + rules.SWEEP_AFTER,
    )
