"""A fake of AWS End User Messaging Social: WhatsApp, with Meta's bodies inside AWS's."""

import base64
import binascii
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.clinics import Line, lines
from infra.local.emulator import ACCOUNT, REGION
from infra.local.fakes import files, meta
from infra.local.fakes.aws import DOOR, AwsRefused, asked
from infra.local.fakes.people import Item
from infra.local.fakes.provider import Json, Refused
from infra.local.fakes.whatsapp import WhatsApp
from infra.local.fakes.whatsapp_bodies import GraphRefused, is_free
from infra.local.outbox import stamp

MAX_MESSAGE = 2_048_000
"""Bytes."""
SERVICE = f"{DOOR}/socialmessaging/v1/whatsapp"


class AwsSocial(WhatsApp):
    """WhatsApp by AWS. What Meta refuses is told afterwards, by a status."""

    channel = "aws_social"
    refusal: ClassVar[type[Refused]] = AwsRefused
    usual = ("ThrottledRequestException", 429)

    def routes(self) -> list[Route]:
        return [
            Route(f"{SERVICE}/send", self.send, methods=["POST"]),
            Route(f"{SERVICE}/media/get", self.media, methods=["POST"]),
            Route(f"{SERVICE}/waba/list", self.businesses),
            Route(f"{SERVICE}/waba/phone/details", self.number),
        ]

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        return AwsRefused("ThrottledRequestException", "Rate exceeded", status=429)

    def lost(self) -> Response:
        return AwsRefused("DependencyException", "The dependency did not answer", status=502).answer()

    async def send(self, request: Request) -> Response:
        """POST /v1/whatsapp/send."""
        try:
            given = await asked(request)
            account, body = self._line(given).account, _message(given)
            item, failure = self._item(account, body)
            fault = self.admit(item)
        except AwsRefused as refusal:
            return refusal.answer()
        return await self.settle(item, fault, JSONResponse({"messageId": item["id"]}), failure)

    async def media(self, request: Request) -> Response:
        """POST /v1/whatsapp/media/get: the file goes into a bucket, or only what it is is told."""
        try:
            given = await asked(request)
            self._line(given)
            found = _file(given)
            await self._put(given, found)
        except AwsRefused as refusal:
            return refusal.answer()
        return JSONResponse({"mimeType": found.mime, "fileSize": len(found.content)})

    async def businesses(self, _: Request) -> Response:
        """GET /v1/whatsapp/waba/list."""
        linked = [
            {"arn": _arn("waba", line), "id": f"waba-{line.account}", "wabaId": meta.business(line)}
            for _, line in lines()
            if line.channel == self.channel
        ]
        return JSONResponse({"linkedAccounts": linked})

    async def number(self, request: Request) -> Response:
        """GET /v1/whatsapp/waba/phone/details?id=…."""
        try:
            line = self._line({"originationPhoneNumberId": request.query_params.get("id", "")})
        except AwsRefused as refusal:
            return refusal.answer()
        phone = {
            "arn": _arn("phone-number-id", line),
            "phoneNumber": line.display,
            "phoneNumberId": phone_id(line.account),
            "metaPhoneNumberId": line.account,
            "displayPhoneNumberName": line.display,
            "displayPhoneNumber": line.display,
            "qualityRating": "GREEN",
        }
        return JSONResponse({"phoneNumber": phone, "linkedWhatsAppBusinessAccountId": f"waba-{line.account}"})

    async def post_entry(self, line: Line, entry: Json) -> bool:
        told = {
            "context": {
                "MetaWabaIds": [{"wabaId": meta.business(line), "arn": _arn("waba", line)}],
                "MetaPhoneNumberIds": [
                    {"metaPhoneNumberId": line.account, "arn": _arn("phone-number-id", line)}
                ],
            },
            "whatsAppWebhookEntry": json.dumps(entry),
            "aws_account_id": ACCOUNT,
            "message_timestamp": stamp(),
            "messageId": str(uuid.uuid4()),
        }
        return await self.site.post.publish(self.channel, told)

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        if "whatsAppWebhookEntry" in body:
            body = {"entry": [json.loads(body["whatsAppWebhookEntry"])]}
        return super().heard(account, body)

    def _item(self, account: str, body: Json) -> tuple[Item, Json | None]:
        """The message, and of what Meta will say that it failed."""
        try:
            item = self.item(account, body)
        except GraphRefused as refusal:
            to = str(body.get("recipient") or body.get("to") or "")
            item = self.item_out(account, meta.new_id(), to, body)
            item["reference"] = str(body.get("biz_opaque_callback_data") or "")
            return item, {"code": refusal.code, "title": refusal.title}
        open_ = self.outbox.window_open(account, item["to"], datetime.now(UTC), self.channel)
        late = {"code": 131047, "title": "Re-engagement message"}
        return item, late if is_free(body) and not open_ else None

    def _line(self, given: Json) -> Line:
        ident = str(given.get("originationPhoneNumberId") or "")
        for _, line in lines():
            if line.channel == self.channel and ident.endswith(line.account):
                return line
        raise AwsRefused("ResourceNotFoundException", "No such phone number", status=404)

    async def _put(self, given: Json, found: files.CannedFile) -> None:
        place = given.get("destinationS3File")
        if not place or self.site.post.emulator is None:
            return
        self.site.post.emulator.client("s3").put_object(
            Bucket=place["bucketName"], Key=place["key"], Body=found.content, ContentType=found.mime
        )


def phone_id(account: str) -> str:
    """AWS's own id of a number, made of Meta's."""
    return f"phone-number-id-{account.zfill(32)}"


def _arn(kind: str, line: Line) -> str:
    return f"arn:aws:social-messaging:{REGION}:{ACCOUNT}:{kind}/{line.account.zfill(32)}"


def _file(given: Json) -> files.CannedFile:
    found = files.of_id(str(given.get("mediaId") or ""))
    if found is None:
        raise AwsRefused("ResourceNotFoundException", "No such media", status=404)
    return found


def _message(given: Json) -> Json:
    try:
        raw = base64.b64decode(str(given.get("message") or ""), validate=True)
        body = json.loads(raw)
    except (ValueError, binascii.Error, RecursionError):
        raise AwsRefused("InvalidParametersException", "The message is not valid JSON") from None
    if not isinstance(body, dict) or len(raw) > MAX_MESSAGE:
        raise AwsRefused("InvalidParametersException", "The message is not valid")
    return body
