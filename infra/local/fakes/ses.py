"""A fake of Amazon SES: mail out by its API, mail in by a bucket and a topic."""

import base64
import binascii
import uuid
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.clinics import Line, line_of
from infra.local.fakes import mailbox
from infra.local.fakes.aws import DOOR, AwsRefused, asked
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.provider import Json, Provider, Refused

API = f"{DOOR}/sesv2/v2/email"
MAX_MAIL = 40 * 1024 * 1024
"""Bytes of a message, encoded."""
PREFIX = "in/"
REGION_HOST = "email.amazonses.com"


class Ses(Provider):
    """The clinics' mail. Nobody is told that a mail was read."""

    channel = "email"
    app = "email"
    reads = False
    pace = (14, 28)
    refusal: ClassVar[type[Refused]] = AwsRefused
    usual = ("TooManyRequestsException", 429)

    def routes(self) -> list[Route]:
        return [
            Route(f"{API}/outbound-emails", self.send, methods=["POST"]),
            Route(f"{API}/identities/{{identity}}", self.identity),
            Route(f"{API}/account", self.account),
        ]

    def address(self, person: Person) -> str:
        return person.mailbox

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        return AwsRefused("TooManyRequestsException", "Maximum sending rate exceeded.", status=429)

    def lost(self) -> Response:
        return AwsRefused("InternalFailure", "Internal failure", status=500).answer()

    async def send(self, request: Request) -> Response:
        """POST /v2/email/outbound-emails."""
        try:
            item = self._item(await asked(request))
            fault = self.admit(item)
        except AwsRefused as refusal:
            return refusal.answer()
        # An address where nobody is bounces afterwards; so does one of SES's own simulator.
        bounces = item["to"].partition("@")[0].endswith("0000") or item["to"].startswith("bounce@")
        failure = {"code": "Permanent", "title": "Bounce"} if bounces else None
        return await self.settle(item, fault, JSONResponse({"MessageId": item["id"]}), failure)

    async def identity(self, request: Request) -> Response:
        """GET /v2/email/identities/<address or domain>."""
        identity = str(request.path_params["identity"])
        if not self._is_verified(identity):
            return AwsRefused("NotFoundException", "Email identity does not exist.", status=404).answer()
        kind = "EMAIL_ADDRESS" if "@" in identity else "DOMAIN"
        keys = {"SigningEnabled": True, "Status": "SUCCESS"}
        told: Json = {"IdentityType": kind, "VerifiedForSendingStatus": True, "DkimAttributes": keys}
        return JSONResponse({**told, "VerificationStatus": "SUCCESS"})

    async def account(self, _: Request) -> Response:
        """GET /v2/email/account."""
        quota = {"Max24HourSend": 50_000.0, "MaxSendRate": 14.0, "SentLast24Hours": 0.0}
        told = {"ProductionAccessEnabled": True, "SendingEnabled": True, "EnforcementStatus": "HEALTHY"}
        return JSONResponse({**told, "SendQuota": quota})

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        if said.action:
            return await self._complain(line, person, said)
        mail = mailbox.compose(line, person, said)
        raw = mail.as_bytes()
        key = await self.receive(str(mail["To"]), raw)
        if not key:
            return None
        item = self.item_in(
            line.account,
            key,
            person.mailbox,
            text=said.shown,
            attachments=mailbox.read(raw)["attachments"],
            subject=str(mail["Subject"]),
            message_id=str(mail["Message-ID"]),
            thread=str(mail["References"] or "").split(),
            reply_to=said.answers["id"] if said.answers else None,
        )
        self.outbox.add(item)
        return item

    async def receive(self, to: str, raw: bytes) -> str:
        """Keep a mail and tell of it, as the receipt rule does; its key, or "" where nobody takes it."""
        post, key = self.site.post, PREFIX + uuid.uuid4().hex
        # What stands behind a plus sign is the mailbox's own affair.
        local, _, domain = to.lower().partition("@")
        line = line_of(self.channel, f"{local.partition('+')[0]}@{domain}")
        if line is None or not await post.keep_mail(key, raw):
            return ""
        told = mailbox.received(to, raw, key, post.mail_bucket)
        return key if await post.publish(self.channel, told) else ""

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        """Mail has no window, so that of scripts' own nothing has to be known."""
        yield from ()

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        if item["tells"]:
            await self.site.post.publish(self.channel, mailbox.event(item, state, error))

    async def _complain(self, line: Line, person: Person, said: Said) -> Item | None:
        """They mark the last mail as junk; nothing takes that back."""
        sent = [
            item
            for item in self.outbox.conversation(line.account, person.mailbox, self.channel)
            if item["direction"] == "outbound"
        ]
        if said.action != "stop" or not sent:
            return None
        await self.tell(sent[-1], "complaint", None)
        item = self.item_in(line.account, uuid.uuid4().hex, person.mailbox, type="system", consent="stop")
        self.outbox.add(item)
        return item

    def _item(self, body: Json) -> Item:
        shown, raw_size = _shown(body)
        sender = parseaddr(str(body.get("FromEmailAddress") or shown["sender"]))[1].lower()
        if not self._is_verified(sender):
            raise AwsRefused("MessageRejected", "Email address is not verified.")
        recipients = (body.get("Destination") or {}).get("ToAddresses") or shown["recipients"]
        if len(recipients) != 1 or "@" not in recipients[0] or raw_size > MAX_MAIL:
            raise AwsRefused("BadRequestException", "Illegal address")
        tags = {one["Name"]: [one["Value"]] for one in body.get("EmailTags") or ()}
        ident = f"0100{uuid.uuid4().hex}-000000"
        return self.item_out(
            sender,
            ident,
            parseaddr(recipients[0])[1].lower(),
            {name: value for name, value in body.items() if name != "Content"},
            text=shown["text"],
            subject=shown["subject"],
            attachments=shown["attachments"],
            calendar=shown["calendar"],
            thread=shown["thread"],
            answer_to=shown["answer_to"],
            # SES puts its own in the place of the sender's.
            message_id=f"<{ident}@{REGION_HOST}>",
            sender=sender,
            tags=tags,
            tells=bool(body.get("ConfigurationSetName")),
        )

    def _is_verified(self, identity: str) -> bool:
        address = identity.lower()
        return any(
            channel == self.channel and address in {account, account.rpartition("@")[2]}
            for channel, account in self.site.keys
        )


def _shown(body: Json) -> tuple[Json, int]:
    content = body.get("Content") or {}
    if raw := (content.get("Raw") or {}).get("Data"):
        try:
            decoded = base64.b64decode(raw, validate=True)
        except (ValueError, binascii.Error):
            raise AwsRefused("BadRequestException", "Invalid MIME content") from None
        return mailbox.read(decoded), len(decoded)
    simple = content.get("Simple") or {}
    parts = simple.get("Body") or {}
    text = str((parts.get("Text") or parts.get("Html") or {}).get("Data") or "")
    if not text:
        raise AwsRefused("BadRequestException", "The message has no content")
    headers = {one["Name"].lower(): str(one["Value"]) for one in simple.get("Headers") or ()}
    shown = {
        "subject": str((simple.get("Subject") or {}).get("Data") or ""),
        "text": text,
        "attachments": [
            {"kind": "file", "name": str(one.get("FileName"))} for one in simple.get("Attachments") or ()
        ],
        "calendar": "",
        "sender": "",
        "recipients": [],
        "answer_to": next(iter(body.get("ReplyToAddresses") or ()), ""),
        "thread": headers.get("references", "").split(),
    }
    return shown, len(text.encode())
