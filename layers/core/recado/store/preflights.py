"""Trials of a clinic's channels: rows of the tenants table."""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.preflight import Preflight
from recado.store.rows import key, load, named
from recado.store.tenants import DirectoryRow


def save(tenant: str, record: Preflight) -> None:
    """Keep what a trial of the clinic's channels has found so far."""
    body = record.model_dump_json(exclude_none=True)
    with named():
        DirectoryRow(pk=key(tenant, "F"), sk=record.id, body=body).save()


def get(tenant: str, preflight_id: str) -> Preflight:
    """One of them. Raises NotFound."""
    found = load(DirectoryRow, Preflight, key(tenant, "F"), preflight_id)
    if found is None:
        raise NotFound
    return found
