"""Records of people at Boa Vista, for tests of who is who."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from recado.actions.file_record import file_record
from recado.actions.join_records import add_join
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Join, Patient
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.rules.patients import link_to
from recado.store import contacts, patients
from recado.store.rows import transaction

from tests.samples import NOW, WHATSAPP

TENANT = "boavista"
_numbers = itertools.count(1)


def phone(record: str) -> str:
    """The number of a record of known_as, in digits."""
    return f"55119{crc32(record.encode()) % 100_000_000:08d}"


def known_as(record: str, name: str = "", age: timedelta = timedelta(), **known: Any) -> Patient:
    """A record with a number of its own, stored, linked and filed, `age` before NOW."""
    point = ContactPoint(system="phone", value=f"+{phone(record)}")
    patient = Patient(
        id=record,
        name=name or f"Maria {record}",
        contact_points=(point,),
        created_at=NOW - age,
        **known,
    )
    with transaction() as work:
        filed = file_record(TENANT, patient, work)
        patients.put(TENANT, filed, work)
        patients.link(TENANT, point, link_to(filed), 1, work)
    return patients.get(TENANT, record)


def believed(record: str, root: str, now: datetime = NOW, **known: Any) -> None:
    """Recado joins one record to another by itself."""
    join = Join(record=record, into=root, by="recado", at=now, score=0.99, rule="1", **known)
    with transaction() as work:
        add_join(TENANT, patients.get(TENANT, record), patients.get(TENANT, root), join, work)


def heard(record: str, text: str = "Oi", now: datetime = NOW, *, pending: bool = False) -> Communication:
    """A message from the number of a record, in the open contact of whoever keeps what is said with it."""
    link = patients.view(TENANT, ContactPoint(system="phone", value=f"+{phone(record)}")).links[0]
    latest = contacts.latest_contact(TENANT, link.keeper)
    contact = latest if latest and latest.state != "closed" else _opened(record, link.keeper, latest, now)
    contact, moment = rules.placed(contact, now)
    provider_id = f"wamid.{next(_numbers)}"
    said = Communication(
        id=communication_id(TENANT, "whatsapp", WHATSAPP[TENANT], provider_id),
        patient=record,
        contact=contact.id,
        channel="whatsapp",
        account=WHATSAPP[TENANT],
        address=phone(record),
        direction="inbound",
        kind="text",
        text=text,
        author="patient",
        state="received",
        at=now,
        moment=moment,
        provider_id=provider_id,
    )
    with transaction() as work:
        contacts.save_communication(TENANT, said, work)
        contacts.save_contact(TENANT, rules.heard(contact, said, now, pending=pending), work)
    return said


def _opened(record: str, keeper: str, latest: Contact | None, now: datetime) -> Contact:
    return rules.opened(
        keeper,
        latest.number + 1 if latest else 1,
        now=now,
        channel="whatsapp",
        account=WHATSAPP[TENANT],
        address=phone(record),
        language="pt-BR",
        heard_at=latest.heard_at if latest else None,
    )


def latest(record: str) -> Contact:
    """The record's last contact, as it is stored."""
    found = contacts.latest_contact(TENANT, record)
    assert found is not None
    return found
