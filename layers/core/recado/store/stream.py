"""The streams of the contacts and the appointments table, read back as the records that changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from recado.errors import Misconfigured
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.record import iso
from recado.store.rows import R, parse

if TYPE_CHECKING:
    from recado.model.appointment import Appointment

_logger = logging.getLogger(__name__)


class Change(NamedTuple):
    """One stored contact or communication, as it was and as it is; `before` is none for a new one."""

    tenant: str
    after: Contact | Communication
    before: Contact | Communication | None


class VisitChange(NamedTuple):
    """One stored visit, as it was and as it is; `before` is none for a new one."""

    tenant: str
    after: Appointment
    before: Appointment | None


def change(record: Mapping[str, Any]) -> Change | None:
    """A DynamoDB stream record as a change; none for deletions and for rows that nobody follows.

    None, too, for one that this version cannot read: it must not block its shard. That is logged, without its
    key; what it asks for stays due, for the sweep of a version that can read it, and an operator has its
    numbers counted again (`actions.measure_again`).
    """
    image = record["dynamodb"].get("NewImage")
    if not image:
        return None
    after = _read(image)
    if after is None:
        return None
    old = record["dynamodb"].get("OldImage")
    return Change(image["pk"]["S"].split("#")[1], after, _read(old) if old else None)


def visit_change(record: Mapping[str, Any]) -> VisitChange | None:
    """The same of a visit; none for all else. One that this version cannot read is counted again by its month
    (`actions.recount_visits`)."""
    image, old = record["dynamodb"].get("NewImage") or {}, record["dynamodb"].get("OldImage")
    if not image or image["sk"]["S"] != "A":
        return None
    from recado.model.appointment import Appointment  # noqa: PLC0415 - routing follows contacts alone

    after = _parsed(Appointment, image)
    before = _parsed(Appointment, old) if old else None
    return VisitChange(image["pk"]["S"].split("#")[1], after, before) if after else None


def new_notice(record: Mapping[str, Any], now: datetime) -> tuple[str, str, str] | None:
    """The clinic and the keys of a notice (see notices.py) that this record has just made due; none for every
    other change."""
    image, old = record["dynamodb"].get("NewImage") or {}, record["dynamodb"].get("OldImage") or {}
    if not image or not image["sk"]["S"].startswith("N#"):
        return None
    due_at = image.get("due_at", {}).get("S")
    if due_at is None or due_at > iso(now) or due_at == old.get("due_at", {}).get("S"):
        return None
    pk = image["pk"]["S"]
    return pk.split("#")[1], pk, image["sk"]["S"]


def _read(image: Mapping[str, Any]) -> Contact | Communication | None:
    kind = _kind(image["sk"]["S"])
    return _parsed(kind, image) if kind else None


def _parsed(kind: type[R], image: Mapping[str, Any]) -> R | None:
    with suppress(Misconfigured):
        return parse(kind, image["body"]["S"], int(image["version"]["N"]))
    _logger.error("a change that this version cannot read: %s 1", kind.__name__)
    return None


def _kind(sk: str) -> type[Contact | Communication] | None:
    if sk.startswith("C#"):
        return Contact
    return Communication if sk == "M" else None
