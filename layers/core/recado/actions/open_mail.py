"""A notification of a mail → the message with what the mail says."""

from __future__ import annotations

from recado.channels import Received, email_thread
from recado.errors import Misconfigured, NotFound, TooLarge
from recado.store import mail


def open_mail(tenant: str, received: Received) -> Received:
    """The message with its text, its subject and its attachments, which stay in the mail until fetched.

    What cannot be read is a message all the same, and says so where its attachments would be. Raises
    Unavailable: then it is to be tried again.
    """
    # Here, because a worker that meets no mail need not know how one is read.
    from recado.channels import email_content  # noqa: PLC0415

    stored = received.event["content"]["object"]
    try:
        content = email_content.read(mail.load(stored, email_content.MAX_BYTES))
    except (NotFound, TooLarge) as error:
        content = email_content.Mail("", "", "", (), automatic=False, error=error.code)
    event = email_content.filled(received.event, content, stored)
    return received._replace(event=event, identities=_identities(tenant, received))


def _identities(tenant: str, received: Received) -> list[tuple[str, str]]:
    """Who answers the address that we gave only them is who they say, where DMARC cannot tell."""
    tag, unproven = received.event.get("tag") or "", ("unverified_email", received.sender)
    # From a queue a pair comes as a list.
    known = [(system, value) for system, value in received.identities]
    if unproven not in known or not email_thread.is_token(tag):
        return known
    from recado.store import secrets  # noqa: PLC0415 - makes a client, which few mails need

    try:
        credentials = secrets.account(tenant, received.channel, received.account)
    except Misconfigured:
        return known
    proven = email_thread.proves(credentials, received.account, received.sender, tag)
    return [("email", received.sender)] if proven else known
