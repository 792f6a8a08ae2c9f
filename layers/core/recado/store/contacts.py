"""Contacts, their communications and receipts: the table whose stream carries the work on.

Its indexes: `timeline` (a patient's communications in order), `day` (contacts by the day they opened),
`open` (contacts that are not closed), `due` (rows that the sweep should look at, and when).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from recado.errors import NotFound
from recado.model.communication import Communication, Receipt
from recado.model.contact import Contact
from recado.model.record import iso
from recado.store.rows import (
    Row,
    Transaction,
    fields,
    key,
    load,
    named,
    readable,
    record_of,
    save,
    serve,
    table_name,
)


class _Timeline(GlobalSecondaryIndex["ContactRow"]):
    class Meta:
        index_name = "timeline"
        projection = AllProjection()

    timeline = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class _Day(GlobalSecondaryIndex["ContactRow"]):
    class Meta:
        index_name = "day"
        projection = KeysOnlyProjection()

    day = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class _Open(GlobalSecondaryIndex["ContactRow"]):
    class Meta:
        index_name = "open"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class _Due(GlobalSecondaryIndex["ContactRow"]):
    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class ContactRow(Row):
    class Meta:
        table_name = table_name("CONTACTS_TABLE")
        region = "us-east-1"

    timeline = UnicodeAttribute(null=True)
    moment = UnicodeAttribute(null=True)
    day = UnicodeAttribute(null=True)
    open = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    by_timeline = _Timeline()
    by_day = _Day()
    by_open = _Open()
    by_due = _Due()


serve(ContactRow)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def due_keys(tenant: str, at: datetime | None) -> dict[str, Any]:
    """The attributes by which a row is found once it is due; none: it never is."""
    return {"due": key(tenant, "due"), "due_at": iso(at)} if at else {}


def _contact_row(tenant: str, contact: Contact) -> ContactRow:
    return ContactRow(
        pk=key(tenant, "P", contact.patient),
        sk=f"C#{contact.number:06d}",
        moment=f"{iso(contact.opened_at)}#{contact.id}",
        day=key(tenant, "D", contact.opened_at.date().isoformat()),
        open=None if contact.state == "closed" else key(tenant, "open"),
        **due_keys(tenant, contact.due_at),
        **fields(contact),
    )


def save_contact(tenant: str, contact: Contact, within: Transaction | None = None) -> None:
    """Store a contact, alone or within a transaction. Raises Stale."""
    row = _contact_row(tenant, contact)
    save(row, contact.version, within)


def get_contact(tenant: str, contact_id: str) -> Contact:
    """One contact of this clinic. Raises NotFound."""
    patient, _, number = contact_id.rpartition(".")
    if not patient or not _NUMBER.fullmatch(number):
        raise NotFound  # one contact has one id: "1" and "000001" would be two, and two keys of one request
    found = load(ContactRow, Contact, key(tenant, "P", patient), f"C#{int(number):06d}")
    if found is None or found.erased_at:
        raise NotFound
    return found


def latest_contact(tenant: str, patient: str) -> Contact | None:
    """The patient's last contact, open or closed."""
    with named():
        rows = ContactRow.query(
            key(tenant, "P", patient),
            ContactRow.sk.startswith("C#"),
            scan_index_forward=False,
            limit=1,
            consistent_read=True,
        )
        return next((record_of(row, Contact) for row in rows), None)


def _contacts_at(keys: list[tuple[str, str]]) -> list[Contact]:
    with named():
        found = readable(ContactRow.batch_get(keys), Contact)
    return [found[k] for k in keys if k in found]


def open_contacts(
    tenant: str, limit: int = 100, after: str | None = None
) -> tuple[list[Contact], str | None]:
    """Contacts that are not closed, oldest first, and where to go on."""
    condition = _Open.moment > after if after else None
    with named():
        rows = list(ContactRow.by_open.query(key(tenant, "open"), condition, limit=limit))
    more = rows[-1].moment if len(rows) == limit else None
    return [c for c in _contacts_at([(r.pk, r.sk) for r in rows]) if c.state != "closed"], more


def contacts_of_day(tenant: str, day: str) -> list[Contact]:
    """Contacts that opened on a day (UTC), newest first."""
    with named():
        rows = list(ContactRow.by_day.query(key(tenant, "D", day), scan_index_forward=False))
    return _contacts_at([(row.pk, row.sk) for row in rows])


def _communication_row(tenant: str, communication: Communication) -> ContactRow:
    return ContactRow(
        pk=key(tenant, "M", communication.id),
        sk="M",
        timeline=None if communication.erased_at else key(tenant, "P", communication.patient),
        moment=communication.moment,
        **due_keys(tenant, communication.due_at),
        **fields(communication),
    )


def save_communication(tenant: str, communication: Communication, within: Transaction | None = None) -> None:
    """Store a communication. Raises Stale: for a new one, that its provider's id was stored before."""
    row = _communication_row(tenant, communication)
    save(row, communication.version, within)


def drop_communication(tenant: str, communication_id: str, within: Transaction) -> None:
    """Take away what turned out to be another communication, which the same transaction saves."""
    row = ContactRow(pk=key(tenant, "M", communication_id), sk="M")
    within.delete(row, add_version_condition=False)


def find_communication(tenant: str, communication_id: str) -> Communication | None:
    """One communication of this clinic, or none."""
    return load(ContactRow, Communication, key(tenant, "M", communication_id), "M")


def some_communications(tenant: str, ids: Iterable[str]) -> list[Communication]:
    """Those of these communications that there are: a read for each hundred."""
    keys = [(key(tenant, "M", one), "M") for one in ids]
    with named():
        return list(readable(ContactRow.batch_get(keys), Communication).values()) if keys else []


def timeline(
    tenant: str, patient: str, limit: int = 100, before: str | None = None
) -> tuple[list[Communication], str | None]:
    """The patient's latest communications, oldest first, and where the earlier ones begin.

    What has one moment is on one page, which may be so much longer.
    """
    own, condition = key(tenant, "P", patient), _Timeline.moment < before if before else None
    with named():
        rows = list(ContactRow.by_timeline.query(own, condition, scan_index_forward=False, limit=limit + 1))
        more = rows[limit - 1].moment if len(rows) > limit else None
        if more and rows[limit].moment == more:
            at_once = ContactRow.by_timeline.query(own, _Timeline.moment == more)
            rows = [*(row for row in rows if row.moment != more), *at_once]
    shown = [row for row in rows if more is None or (row.moment or "") >= more]
    return list(readable(reversed(shown), Communication).values()), more


def due_between(tenant: str, patient: str, since: datetime, until: str) -> list[Communication]:
    """What something is still to be done about, from then to this place on the timeline; the index lags."""
    span, due = _Timeline.moment.between(iso(since), until), ContactRow.due_at.exists()
    with named():
        rows = list(ContactRow.by_timeline.query(key(tenant, "P", patient), span, filter_condition=due))
    return list(readable(rows, Communication).values())


def _receipt_key(tenant: str, channel: str, account: str, provider_id: str) -> str:
    return key(tenant, "X", channel, account, provider_id)


def find_receipt(tenant: str, channel: str, account: str, provider_id: str) -> Receipt | None:
    """What is known of a provider's message id."""
    return load(ContactRow, Receipt, _receipt_key(tenant, channel, account, provider_id), "X")


def save_receipt(tenant: str, receipt: Receipt, within: Transaction | None = None) -> None:
    """Tie a provider's message id to our communication, or park a status that came before we knew the id."""
    row = ContactRow(
        pk=_receipt_key(tenant, receipt.channel, receipt.account, receipt.provider_id),
        sk="X",
        **fields(receipt),
    )
    save(row, receipt.version, within)
