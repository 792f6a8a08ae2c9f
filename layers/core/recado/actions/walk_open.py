"""All contacts of a clinic that are not closed."""

from __future__ import annotations

from collections.abc import Iterator

from recado.model.contact import Contact
from recado.store import contacts


def walk_open(tenant: str) -> Iterator[Contact]:
    """Each of them, oldest first, read a page at a time as they are asked for. Raises Unavailable."""
    page, after = contacts.open_contacts(tenant)
    yield from page
    while after:
        page, after = contacts.open_contacts(tenant, after=after)
        yield from page
