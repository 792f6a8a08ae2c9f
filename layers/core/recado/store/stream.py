"""The contacts table's stream, read back as the records that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.store.rows import parse


class Change(NamedTuple):
    """One stored contact or communication, as it was and as it is; `before` is none for a new one."""

    tenant: str
    after: Contact | Communication
    before: Contact | Communication | None


def change(record: Mapping[str, Any]) -> Change | None:
    """A DynamoDB stream record as a change; none for deletions and for rows that nobody follows."""
    image = record["dynamodb"].get("NewImage")
    if not image:
        return None
    after = _read(image)
    if after is None:
        return None
    old = record["dynamodb"].get("OldImage")
    return Change(image["pk"]["S"].split("#")[1], after, _read(old) if old else None)


def _read(image: Mapping[str, Any]) -> Contact | Communication | None:
    kinds: dict[str, type[Contact | Communication]] = {"C": Contact, "M": Communication}
    kind = kinds.get(image["sk"]["S"][:1])
    return parse(kind, image["body"]["S"], int(image["version"]["N"])) if kind else None
