"""A file of a patient's timeline, for who may see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from recado.actions.load_person import load_person
from recado.errors import NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import files
from recado.store import contacts, media


class Shown(NamedTuple):
    """Where it is, and until when; `inline`: a page may show or play it in its place."""

    url: str
    mime: str
    name: str
    inline: bool
    expires_at: datetime


def show_file(tenant: str, contact_id: str, communication_id: str, number: int, now: datetime) -> Shown:
    """The address of one of the files of a message, of the patient whose contact this is. Raises NotFound."""
    contact = contacts.get_contact(tenant, contact_id)
    communication = contacts.find_communication(tenant, communication_id)
    if communication is None or not _is_theirs(tenant, communication, contact):
        raise NotFound
    return _shown(tenant, communication, number, now)


def _is_theirs(tenant: str, communication: Communication, contact: Contact) -> bool:
    if communication.patient == contact.patient:
        return True
    return communication.patient in [one.id for one in load_person(tenant, contact.patient)]


def _shown(tenant: str, communication: Communication, number: int, now: datetime) -> Shown:
    if not 0 <= number < len(communication.attachments):
        raise NotFound
    one = communication.attachments[number]
    if one.state != "kept" or one.object is None:
        raise NotFound
    name = one.name or files.called(one.mime, communication.id, number)
    url = media.address(
        tenant,
        one.object,
        one.mime,
        called=name,
        inline=files.is_inline(one.mime),
        minutes=media.MINUTES_SHOWN,
    )
    expires_at = now + timedelta(minutes=media.MINUTES_SHOWN)
    return Shown(url, one.mime, name, files.is_inline(one.mime), expires_at)
