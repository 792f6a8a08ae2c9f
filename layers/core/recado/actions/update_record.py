"""A record that says something else from now on, wherever that is read."""

from __future__ import annotations

from recado.actions.file_record import file_record
from recado.actions.relink import relink
from recado.model.patient import Patient
from recado.store import contacts, patients
from recado.store.rows import Transaction


def update_record(tenant: str, before: Patient, after: Patient, within: Transaction) -> None:
    """Store a record, file it anew, and let its contact points and its open contact say who it is by now.

    The transaction raises Stale when one of them changed meanwhile.
    """
    patients.put(tenant, file_record(tenant, after, within), within)
    relink(tenant, after, within)
    if after.name != before.name and after.keeper == after.id:
        _rename(tenant, after, within)


def _rename(tenant: str, patient: Patient, within: Transaction) -> None:
    contact = contacts.latest_contact(tenant, patient.id)
    if contact is not None and contact.state != "closed":
        contacts.save_contact(tenant, contact.model_copy(update={"patient_name": patient.name}), within)
