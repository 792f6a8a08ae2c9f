"""A file that an agent is about to send."""

from __future__ import annotations

from typing import Final, NamedTuple

from recado.actions.identify import new_id
from recado.channels.kinds import sniffed
from recado.errors import Conflict, Invalid, NotFound, TooLarge
from recado.model.communication import Attachment
from recado.model.record import Record
from recado.rules import files
from recado.store import contacts, media

MAX_BYTES: Final = 4_000_000
"""As base64 within what Lambda takes of a request (6 MB)."""

_FILE, _ABOUT = 0, 1


class Kept(NamedTuple):
    """A file that waits to be sent, and its name for us."""

    id: str
    attachment: Attachment


class _About(Record):
    contact: str
    attachment: Attachment


def keep_file(tenant: str, contact_id: str, name: str, description: str, content: bytes) -> Kept:
    """Keep a file for an answer in this contact; `description` says what it shows to who cannot see it.

    Raises NotFound, Conflict for a closed contact, TooLarge, and Invalid (`data`) for a kind that we do not
    send.
    """
    contact = contacts.get_contact(tenant, contact_id)
    if contact.state == "closed":
        raise Conflict("This contact is closed.")
    if len(content) > MAX_BYTES:
        raise TooLarge("A file may have at most 4 MB.")
    mime = files.kept_as(sniffed(content), "")
    kind = files.sent_as(mime)
    if kind is None:
        raise Invalid("data", "Files of this kind cannot be sent: send a picture, a PDF, audio or video.")
    own_id = new_id(files.named_for(contact.patient))
    attachment = Attachment(
        kind=kind,
        state="kept",
        mime=mime,
        name=name,
        size=len(content),
        object=media.put(tenant, own_id, _FILE, content, mime),
        description=description,
    )
    about = _About(contact=contact_id, attachment=attachment).model_dump_json().encode()
    media.put(tenant, own_id, _ABOUT, about, "application/json")
    return Kept(own_id, attachment)


def load_file(tenant: str, contact_id: str, file_id: str) -> Attachment:
    """A kept file, to go with an answer in the contact that it was kept for. Raises Invalid (`media`)."""
    try:
        about = _About.model_validate_json(media.read(tenant, f"{tenant}/{file_id}/{_ABOUT}"))
    except NotFound:
        raise Invalid("media", "There is no such file.") from None
    if about.contact != contact_id:
        raise Invalid("media", "There is no such file.")
    return about.attachment
