"""What other systems call visits: `T#t#I#<digest of system and name>`, in the appointments table."""

from __future__ import annotations

from recado.model.visit_name import VisitName
from recado.store.queues import digest
from recado.store.rows import Row, fields, key, load, save, serve, table_name


class VisitNameRow(Row):
    class Meta:
        table_name = table_name("APPOINTMENTS_TABLE")
        region = "us-east-1"


serve(VisitNameRow)


def find(tenant: str, system: str, value: str) -> VisitName:
    """What is known of a name; a new one where it was never heard."""
    found = load(VisitNameRow, VisitName, _key(tenant, system, value), "I")
    return found or VisitName()


def put(tenant: str, system: str, value: str, known: VisitName) -> None:
    """Store what is known of a name. Raises Stale."""
    save(VisitNameRow(pk=_key(tenant, system, value), sk="I", **fields(known)), known.version)


def _key(tenant: str, system: str, value: str) -> str:
    return key(tenant, "I", digest((system, value)))
