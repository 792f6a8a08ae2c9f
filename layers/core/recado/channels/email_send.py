"""Sending by SES: a mail in plain text and in HTML that says the same, in its conversation's thread."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from recado.channels import Media, Outgoing, Sent, Wire, email_thread
from recado.channels.aws import failure
from recado.channels.buttons import written
from recado.channels.email_headers import ADDRESS, MAX_ADDRESS, UNSEEN
from recado.errors import Outcome, SendFailed

MAX_BYTES: Final = 25 * 1024 * 1024
"""Of all files of a mail; SES takes 40 MB, a third of which is their encoding."""

MAX_THREAD: Final = 20
"""The latest so many mails of a conversation are named."""
SUBJECTS: Final = {
    "pt-BR": "Mensagem da clínica",
    "es": "Mensaje de la clínica",
    "it": "Messaggio dalla clinica",
    "ca": "Missatge de la clínica",
    "en": "Message from the clinic",
}
"""For what has no subject: it says nothing of what is within."""
UNFOLDED: Final = SMTP.clone(max_line_length=900)
"""RFC 5322 allows 998: an address with a tag, broken over two lines, is none to some mail programs."""
TAG: Final = re.compile(r"[A-Za-z0-9_.@-]{1,256}")
"""What SES takes as a message tag's value."""
MIME: Final = re.compile(r"(?:application|audio|image|text|video)/[a-z0-9.+-]+")
PAGE: Final = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    '</head><body style="font: 16px/1.5 sans-serif; max-width: 36em">{paragraphs}</body></html>'
)

OUTCOMES: Final[dict[str, Outcome]] = {
    **dict.fromkeys(
        ("MessageRejected", "MailFromDomainNotVerifiedException", "NotFoundException"), "fix_account"
    ),
    **dict.fromkeys(
        ("AccountSuspendedException", "SendingPausedException", "AccessDeniedException"), "fix_account"
    ),
    **dict.fromkeys(("LimitExceededException", "TooManyRequestsException"), "retry"),
    **dict.fromkeys(("BadRequestException", "ValidationException"), "fix_request"),
}
"""Source: SES API v2 reference, "SendEmail", Errors."""


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Hand one mail to SES, once. Raises SendFailed; for what is no address before anything leaves."""
    to = _recipient(outgoing.to)
    region = os.environ.get("AWS_REGION", "us-east-1")
    asked = {
        "FromEmailAddress": account,
        "Destination": {"ToAddresses": [to]},
        "Content": {"Raw": {"Data": compose(account, credentials, outgoing, region)}},
        "EmailTags": [
            {"Name": name, "Value": value}
            for name, value in (("reference", outgoing.reference), ("account", account))
            if TAG.fullmatch(value)
        ],
    }
    events = credentials.get("configuration_set") or os.environ.get("MAIL_CONFIGURATION_SET")
    try:
        answer = wire.aws("sesv2").send_email(**asked, **({"ConfigurationSetName": events} if events else {}))
    except (BotoCoreError, ClientError) as error:
        raise failure(error, OUTCOMES) from None
    if not (provider_id := answer.get("MessageId")):
        raise SendFailed("unknown", "The provider accepted the message without an id.")
    return Sent(str(provider_id))


def check(account: str, wire: Wire) -> None:
    """Ask SES for the address, then for its domain. Raises SendFailed."""
    for identity in (account, account.rpartition("@")[2]):
        try:
            found = wire.aws("sesv2").get_email_identity(EmailIdentity=identity)
        except (BotoCoreError, ClientError) as error:
            told = failure(error, {**OUTCOMES, "NotFoundException": "bad_address"})
            if told.outcome != "bad_address":
                raise told from None
        else:
            if found.get("VerifiedForSendingStatus"):
                return
    raise SendFailed(
        "fix_account",
        "Amazon SES has not verified this address or its domain yet: its DNS records are still missing.",
        provider_code="not_ready",
    )


def compose(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, region: str) -> bytes:
    """The mail, byte for byte. Raises SendFailed for files that are too large."""
    mail = EmailMessage(policy=UNFOLDED)
    mail["From"], mail["To"] = account, _recipient(outgoing.to)
    mail["Subject"] = _line(outgoing.subject) or SUBJECTS.get(outgoing.language, SUBJECTS["en"])
    answer_to = email_thread.reply_address(credentials, account, outgoing.to)
    for name, value in _told(account, answer_to, outgoing, region).items():
        mail[name] = value
    said = written(outgoing)
    mail.set_content(said, cte="quoted-printable")
    mail.add_alternative(_page(said, outgoing.language), subtype="html", cte="quoted-printable")
    if outgoing.calendar is not None:
        content, method = outgoing.calendar
        # An alternative, as RFC 6047 and the large mail programs want it: then they ask to note the visit.
        mail.add_alternative(content, subtype="calendar", cte="base64", params={"method": method})
    _attach(mail, outgoing)
    return mail.as_bytes()


def _told(account: str, answer_to: str, outgoing: Outgoing, region: str) -> dict[str, str]:
    """The headers that mail programs act on."""
    told = {"Reply-To": answer_to} if answer_to else {}
    if outgoing.thread:
        ids = [email_thread.reference(one, region) for one in outgoing.thread[-MAX_THREAD:]]
        told |= {"In-Reply-To": _line(ids[-1]), "References": _line(" ".join(ids))}
    if not outgoing.by_person:
        # RFC 3834: so that no machine answers. The word stops us in every language (rules/phrases.py).
        told["Auto-Submitted"] = "auto-generated"
        told["List-Unsubscribe"] = f"<mailto:{answer_to or account}?subject=STOP>"
    return told


def _attach(mail: EmailMessage, outgoing: Outgoing) -> None:
    left = MAX_BYTES
    for one in outgoing.media:
        content = one.content()
        left -= len(content)
        if left < 0:
            raise SendFailed("fix_request", "The files are too large for one e-mail.")
        kind, _, subtype = _mime(one).partition("/")
        mail.add_attachment(content, maintype=kind, subtype=subtype, filename=_line(one.name) or "file")
        if one.description:
            attached = list(mail.iter_attachments())[-1]
            attached["Content-Description"] = _line(one.description)


def _mime(one: Media) -> str:
    plain = one.mime.partition(";")[0].strip().lower()
    return plain if MIME.fullmatch(plain) else "application/octet-stream"


def _recipient(address: str) -> str:
    """As SES takes it: the domain of an international address in ASCII. Raises SendFailed."""
    local, _, domain = address.rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        found = ""
    if not (found.isascii() and ADDRESS.fullmatch(found) and len(found) <= MAX_ADDRESS):
        raise SendFailed("bad_address", "This is not an e-mail address that can be written to.")
    return found


def _line(value: str) -> str:
    """One line: a line break would begin a header of somebody else's making."""
    return " ".join(UNSEEN.sub(" ", value).split())


def _page(said: str, language: str) -> str:
    """The same in HTML: in the reader's own colours, dark ones too; it asks for nothing from elsewhere."""
    paragraphs = (html.escape(one).replace("\n", "<br>") for one in re.split(r"\n{2,}", said.strip()))
    written_out = "".join(f"<p>{one}</p>" for one in paragraphs)
    return PAGE.format(language=html.escape(language or "en"), paragraphs=written_out)
