"""A file that somebody sent: from its provider to our bucket, after their message was taken in."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from recado import channels
from recado.actions.again import again
from recado.channels import File, Wire, http
from recado.channels.kinds import sniffed
from recado.errors import Misconfigured, SendFailed
from recado.model.communication import Attachment, Communication
from recado.rules import files
from recado.store import clients, contacts, mailbox, media, secrets


@again
def fetch_media(tenant: str, communication_id: str, now: datetime) -> None:
    """Fetch the first file of a message that still waits; the change itself asks for the next.

    Kept as what its bytes are. One that is too large or gone is refused, with its reason; where the provider
    does not answer, the row is due again. Safe to call twice and by two at once.
    """
    communication = contacts.find_communication(tenant, communication_id)
    if communication is None or not _is_due(communication, now):
        return
    number = next(place for place, one in enumerate(communication.attachments) if one.state == "waiting")
    contacts.save_communication(tenant, _fetched(tenant, communication, number, now))


def _is_due(communication: Communication, now: datetime) -> bool:
    """A failed try has its own time; the first one, and the next file's, have none."""
    if not files.waiting(communication):
        return False
    return communication.attempts == 0 or communication.due_at is None or communication.due_at <= now


def _fetched(tenant: str, communication: Communication, number: int, now: datetime) -> Communication:
    attachment = communication.attachments[number]
    try:
        file = _fetch(tenant, communication, attachment, now)
    except SendFailed as failure:
        return files.failed(communication, number, failure.outcome, now, failure.retry_after)
    if len(file.content) > files.MAX_FILE:
        return files.resolved(communication, number, files.refused(attachment, "too_large"), now)
    mime = files.kept_as(sniffed(file.content), file.mime or attachment.mime)
    kept = {
        "state": "kept",
        "mime": mime,
        "size": len(file.content),
        "object": media.put(tenant, communication.id, number, file.content, mime),
        "error": None,
    }
    return files.resolved(communication, number, attachment.model_copy(update=kept), now)


def _fetch(tenant: str, communication: Communication, attachment: Attachment, now: datetime) -> File:
    """Raises SendFailed, and Unavailable when our own store does not answer."""
    try:
        credentials = secrets.account(tenant, communication.channel, communication.account)
    except Misconfigured as error:
        raise SendFailed("fix_account") from error
    wire = Wire(http.client(), clients.client, partial(mailbox.leave, tenant, communication.account, now))
    channel = channels.channel(communication.channel)
    return channel.fetch(communication.account, credentials, attachment.model_dump(), wire)
