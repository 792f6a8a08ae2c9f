"""A contact: as somebody wants to change it, or the one that holds what is said with a record."""

from __future__ import annotations

from collections.abc import Iterator

from recado.errors import Stale
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.store import contacts


def load_contact(tenant: str, contact_id: str, version: int | None) -> Contact:
    """The contact as it is now. Raises NotFound, and Stale when the caller has seen another `version` of it.

    No version: the caller takes it as it is.
    """
    contact = contacts.get_contact(tenant, contact_id)
    if version is not None and version != contact.version:
        raise Stale
    return contact


def takers(tenant: str, contact: Contact) -> Iterator[Contact]:
    """The contacts that took it over, one after the other: the last one holds it by now. Raises NotFound."""
    while contact.merged_into:
        contact = contacts.get_contact(tenant, contact.merged_into)
        yield contact


def latest_with(tenant: str, record: Patient) -> Contact | None:
    """The latest contact that holds what is said with a record: its keeper's, else its own from before."""
    kept = contacts.latest_contact(tenant, record.keeper)
    return kept or (contacts.latest_contact(tenant, record.id) if record.keeper != record.id else None)
