"""A fake of AWS End User Messaging SMS (pinpoint-sms-voice-v2): texts, with two-way SMS by SNS."""

import time
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.clinics import Line, line_of, lines
from infra.local.fakes.aws import DOOR, AwsRefused, asked
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.provider import Json, Provider, Refused, unreachable

TARGET = "PinpointSMSVoiceV2."
MAX_TEXT = 1600
MAX_CONTEXT = 5
STOPS = {"arret", "cancel", "end", "opt-out", "optout", "quit", "remove", "stop", "td", "unsubscribe"}
STARTS = {"start", "unstop"}
EVENTS = {"sent": "TEXT_SENT", "delivered": "TEXT_DELIVERED", "failed": "TEXT_UNREACHABLE"}


class AwsSms(Provider):
    """Texts by AWS, which keeps an opt-out list of its own."""

    channel = "aws_sms"
    app = "sms"
    reads = False
    pace = (20, 40)
    pair_pace = (5, 50)
    refusal: ClassVar[type[Refused]] = AwsRefused
    usual = ("ThrottlingException", 400)

    def routes(self) -> list[Route]:
        return [Route(f"{DOOR}/pinpoint-sms-voice-v2", self.ask, methods=["POST"])]

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        return AwsRefused("ThrottlingException", "Rate exceeded")

    def lost(self) -> Response:
        return AwsRefused("InternalServerException", "Internal error", status=500).answer()

    async def ask(self, request: Request) -> Response:
        """POST /, the operation in a header."""
        operation = request.headers.get("x-amz-target", "").removeprefix(TARGET)
        try:
            body = await asked(request)
            if operation in {"SendTextMessage", "SendMediaMessage"}:
                return await self._send(body)
            if operation == "DescribePhoneNumbers":
                return JSONResponse({"PhoneNumbers": self._numbers(body)})
        except AwsRefused as refusal:
            return refusal.answer()
        return AwsRefused("AccessDeniedException", f"This fake does not know {operation}").answer()

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        text = said.shown or {"stop": "STOP", "start": "START"}.get(said.action, "")
        told = {
            "originationNumber": f"+{person.number}",
            "destinationNumber": f"+{line.account}",
            "messageKeyword": "KEYWORD_000000000000",
            # AWS takes no pictures by SMS: what arrives is what was written beside them.
            "messageBody": text,
            "inboundMessageId": str(uuid.uuid4()),
            "previousPublishedMessageId": "",
        }
        if not await self.site.post.publish(self.channel, told):
            return None
        heard = list(self.heard(line.account, told))
        return heard[0] if heard and self.outbox.add(heard[0]) else None

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        owner = str(body["destinationNumber"]).lstrip("+")
        if not line_of(self.channel, owner):
            return
        text = str(body["messageBody"])
        yield self.item_in(
            owner,
            str(body["inboundMessageId"]),
            str(body["originationNumber"]).lstrip("+"),
            text=text,
            consent=_keyword(text),
        )

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        """An event of the configuration set. Its name is the failure's, where AWS has one of that name."""
        kind = str(error["code"]) if error and str(error["code"]).startswith("TEXT_") else EVENTS[state]
        now = int(time.time() * 1000)
        event = {
            "eventType": kind,
            "eventVersion": "1.0",
            "eventTimestamp": now,
            "isFinal": state != "sent",
            "originationPhoneNumber": f"+{item['account']}",
            "destinationPhoneNumber": f"+{item['to']}",
            "isInternationalSend": False,
            "messageId": item["id"],
            "messageRequestTimestamp": now,
            "messageEncoding": "GSM" if item["text"].isascii() else "UNICODE",
            "messageType": "TRANSACTIONAL",
            "messageStatus": kind.removeprefix("TEXT_"),
            "messageStatusDescription": kind.removeprefix("TEXT_").capitalize(),
            "context": item["context"],
            "totalMessageParts": 1,
        }
        await self.site.post.publish(self.channel, event)

    async def _send(self, body: Json) -> Response:
        item = self._item(body)
        if body.get("DryRun"):
            return JSONResponse({"MessageId": item["id"]})
        fault = self.admit(item)
        return await self.settle(item, fault, JSONResponse({"MessageId": item["id"]}))

    def _item(self, body: Json) -> Item:
        account, to = self._account(body), str(body.get("DestinationPhoneNumber") or "")
        text, context = str(body.get("MessageBody") or ""), body.get("Context") or {}
        digits = to.removeprefix("+")
        if (
            not to.startswith("+")
            or not digits.isdigit()
            or not 7 <= len(digits) <= 15
            or unreachable(digits)
        ):
            raise _invalid("DestinationPhoneNumber", "INVALID_PARAMETER")
        media = body.get("MediaUrls") or []
        if not 1 <= len(text) <= MAX_TEXT and not media:
            raise _invalid("MessageBody", "INVALID_PARAMETER")
        if len(context) > MAX_CONTEXT or not 5 <= int(body.get("TimeToLive") or 5) <= 259_200:
            raise _invalid("Context", "INVALID_PARAMETER")
        if self.outbox.has_stopped(account, digits, self.channel):
            raise AwsRefused(
                "ConflictException",
                "Destination phone number is opted out",
                Reason="DESTINATION_PHONE_NUMBER_OPTED_OUT",
                ResourceType="opted-out-number",
            )
        return self.item_out(account, str(uuid.uuid4()), digits, body, text=text, context=context)

    def _account(self, body: Json) -> str:
        """The line that sends: its number, its id or its ARN."""
        given = str(body.get("OriginationIdentity") or "")
        for _, line in lines():
            if line.channel == self.channel and given.endswith((line.account, _phone_id(line))):
                return line.account
        raise AwsRefused(
            "ResourceNotFoundException", "Resource not found", ResourceType="phone-number", ResourceId=given
        )

    def _numbers(self, body: Json) -> list[Json]:
        wanted = [str(one).lstrip("+") for one in body.get("PhoneNumberIds") or ()]
        return [
            {
                "PhoneNumber": f"+{line.account}",
                "PhoneNumberId": _phone_id(line),
                "Status": "ACTIVE",
                "IsoCountryCode": found.country,
                "MessageType": "TRANSACTIONAL",
                "NumberCapabilities": ["SMS"],
                "NumberType": "LONG_CODE",
                "TwoWayEnabled": True,
                "OptOutListName": "Default",
                "SelfManagedOptOutsEnabled": False,
            }
            for found, line in lines()
            if line.channel == self.channel
            and (not wanted or any(one.endswith((line.account, _phone_id(line))) for one in wanted))
        ]


def _phone_id(line: Line) -> str:
    return f"phone-{line.account.zfill(32)}"


def _invalid(field: str, reason: str) -> AwsRefused:
    fields = [{"Name": field, "Message": "Invalid value"}]
    return AwsRefused("ValidationException", f"Invalid {field}", Reason=reason, Fields=fields)


def _keyword(text: str) -> str:
    word = text.strip().lower()
    return "stop" if word in STOPS else "start" if word in STARTS else ""
