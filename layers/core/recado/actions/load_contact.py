"""The contact that somebody wants to change, as they last saw it."""

from __future__ import annotations

from recado.errors import Stale
from recado.model.contact import Contact
from recado.store import contacts


def load_contact(tenant: str, contact_id: str, version: int | None) -> Contact:
    """The contact as it is now. Raises NotFound, and Stale when the caller has seen another `version` of it.

    No version: the caller takes it as it is.
    """
    contact = contacts.get_contact(tenant, contact_id)
    if version is not None and version != contact.version:
        raise Stale
    return contact
