"""Files: those that patients sent, shown for some minutes; and those that agents are about to send."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, ClassVar

from pydantic import Field
from recado.errors import Invalid, NotFound
from recado.model.record import iso
from typing_extensions import TypedDict

from api.answers import Moment
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class File(TypedDict):
    """Where a browser gets it until `expires_at`; `inline`: it may be shown or played in its place."""

    url: str
    mime: str
    name: str
    inline: bool
    expires_at: Moment


class NewFile(Asked):
    """A picture, a PDF, audio or video of at most 4 MB. `description` is read to who cannot see it."""

    LIMIT: ClassVar[int] = 5_600_000

    name: Annotated[str, Field(min_length=1, max_length=120)]
    description: Annotated[str, Field(min_length=1, max_length=300)]
    data: Annotated[str, Field(min_length=4, description="Its bytes, in base64.")]


class KeptFile(TypedDict):
    """A file that waits to be sent with a reply: `media: [id]`."""

    id: str
    kind: str
    mime: str
    name: str
    size: int
    description: str


@resource.route("GET", "/contacts/{id}/media/{communication}/{number}", "read_file", File)
def read_file(call: Call, contact_id: str, communication_id: str, number: str) -> File:
    """Where one of a message's files is (counted from 0), for five minutes."""
    from recado.actions.show_file import show_file  # noqa: PLC0415 - few messages have files

    if not number.isdecimal():
        raise NotFound
    shown = show_file(call.tenant, contact_id, communication_id, int(number), call.now)
    return {
        "url": shown.url,
        "mime": shown.mime,
        "name": shown.name,
        "inline": shown.inline,
        "expires_at": iso(shown.expires_at),
    }


@resource.route("POST", "/contacts/{id}/media", "keep_file", KeptFile, status=201, body=NewFile, keyed=True)
def keep_new_file(call: Call, contact_id: str, body: NewFile) -> KeptFile:
    """Keep a file for a reply in this contact."""
    from recado.actions.keep_file import keep_file  # noqa: PLC0415 - few replies have files

    def kept() -> KeptFile:
        found = keep_file(call.tenant, contact_id, body.name, body.description, _bytes(body.data))
        one = found.attachment
        return {
            "id": found.id,
            "kind": one.kind,
            "mime": one.mime,
            "name": one.name,
            "size": one.size or 0,
            "description": one.description,
        }

    return call.once(kept)


def _bytes(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("data", "This is not base64.") from None
