"""Which files we keep, which a page may show, and when we stop asking for one.

Up to 25 MiB; nothing is executed, and nothing shown that could be.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from recado.errors import Outcome
from recado.model.communication import Attachment, Communication

MAX_FILE: Final = 25 * 1024 * 1024
"""Bytes."""
TRIES: Final = 8
"""After so many tries in vain a file is given up: about a day after it came."""
LONGEST_WAIT: Final = timedelta(hours=12)

INLINE: Final = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp"}
    | {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/x-wav", "audio/webm"}
)
"""What a page may show or play: kinds in which nothing can run. All else is downloaded, SVG and HTML too."""

UNKNOWN: Final = "application/octet-stream"
_PACKED: Final = "application/vnd.openxmlformats-officedocument."
"""Office documents are ZIP files, and so is what their bytes say."""


def is_inline(mime: str) -> bool:
    """Whether a page may show it in its place."""
    return mime in INLINE


def named_for(patient: str) -> str:
    """How the names of files begin that are kept to be sent to a patient: so they are found, sent or not."""
    return f"f{patient}"


def kept_as(sniffed: str | None, told: str) -> str:
    """The kind that a file is kept as: what its own bytes say, never what its sender does.

    Within a kind that the bytes cannot tell apart (ZIP) the sender's word is taken; it is downloaded anyway.
    """
    if sniffed == "application/zip" and told.startswith(_PACKED):
        return told
    if sniffed == "video/mp4" and told.startswith("audio/mp4"):
        return "audio/mp4"
    return sniffed or UNKNOWN


SENT: Final[dict[str, str]] = {
    "application/pdf": "document",
    "audio/aac": "audio",
    "audio/amr": "audio",
    "audio/mp4": "audio",
    "audio/mpeg": "audio",
    "audio/ogg": "audio",
    "image/jpeg": "image",
    "image/png": "image",
    "video/3gpp": "video",
    "video/mp4": "video",
}
"""What agents may send, and as what: the kinds that every messenger with files takes."""


def sent_as(mime: str) -> str | None:
    """The kind of message in which a file goes; none: it does not."""
    return SENT.get(mime)


def called(mime: str, communication: str, number: int) -> str:
    """A name for a file without one."""
    end = mimetypes.guess_extension(mime) or ".bin"
    return f"{communication[:8]}-{number + 1}{end}"


def waiting(communication: Communication) -> int:
    """How many files of a message that reached us are still at their provider: somebody's own, or one that
    staff sent in another app."""
    if communication.direction == "outbound" and communication.author != "staff":
        return 0
    return sum(one.state == "waiting" for one in communication.attachments)


def resolved(communication: Communication, number: int, after: Attachment, now: datetime) -> Communication:
    """The communication when its file `number` (from 0) is kept or refused; due again while others wait."""
    attachments = _with(communication.attachments, number, after)
    changed = communication.model_copy(update={"attachments": attachments, "attempts": 0, "due_at": None})
    return changed.model_copy(update={"due_at": now + timedelta(minutes=1)}) if waiting(changed) else changed


def refused(attachment: Attachment, reason: str) -> Attachment:
    """A file that we do not have, and why."""
    return attachment.model_copy(update={"state": "refused", "error": reason})


def failed(
    communication: Communication, number: int, outcome: Outcome, now: datetime, retry_after: float | None
) -> Communication:
    """The communication after its provider did not give us the file: asked again later, or given up."""
    attachment = communication.attachments[number]
    if outcome in ("bad_address", "fix_request", "opted_out", "template_only"):
        return resolved(communication, number, refused(attachment, "gone"), now)
    attempts = communication.attempts + 1
    if attempts >= TRIES:
        return resolved(communication, number, refused(attachment, "unavailable"), now)
    wait = timedelta(seconds=retry_after) if retry_after else timedelta(minutes=1) * 3 ** (attempts - 1)
    due_at = now + min(wait, LONGEST_WAIT)
    return communication.model_copy(update={"attempts": attempts, "due_at": due_at})


def _with(attachments: Iterable[Attachment], number: int, after: Attachment) -> tuple[Attachment, ...]:
    return tuple(after if place == number else one for place, one in enumerate(attachments))
