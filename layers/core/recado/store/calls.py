"""Calls, in the contacts table: a row holds all that has been heard of one."""

from __future__ import annotations

from recado.model.call import Call
from recado.store.contacts import ContactRow, due_keys
from recado.store.rows import Transaction, fields, key, load, save


def find(tenant: str, call_id: str) -> Call | None:
    """What has been heard of a call so far."""
    return load(ContactRow, Call, key(tenant, "V", call_id), "V")


def put(tenant: str, call: Call, within: Transaction | None = None) -> None:
    """Store what is known of a call. Raises Stale."""
    row = ContactRow(pk=key(tenant, "V", call.id), sk="V", **due_keys(tenant, call.due_at), **fields(call))
    save(row, call.version, within)
