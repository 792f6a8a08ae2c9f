"""A fake of Amazon Connect's StartOutboundVoiceContact, which refuses what Connect does.

Who is called, and what they do, is the telephone network's (infra/local/rings.py).
"""

import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.fakes.aws import DOOR, AwsRefused, asked
from infra.local.fakes.limits import Limit
from infra.local.fakes.provider import Json, unreachable

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
NAME = re.compile(r"[A-Za-z0-9_-]{1,32767}")
MAX_ATTRIBUTES = 32_768
RING_S = range(15, 61)
PER_SECOND, BURST = 2, 5
KNOWN = {
    "AnswerMachineDetectionConfig",
    "Attributes",
    "CampaignId",
    "ClientToken",
    "ContactFlowId",
    "Description",
    "DestinationPhoneNumber",
    "InstanceId",
    "Name",
    "OutboundStrategy",
    "QueueId",
    "References",
    "RelatedContactId",
    "RingTimeoutInSeconds",
    "SourcePhoneNumber",
    "TrafficType",
}


@dataclass(frozen=True)
class Rung:
    """A call that Connect has taken in hand."""

    id: str
    source: str
    to: str
    attributes: dict[str, str]


class Exchange:
    """Connect's side of outbound calls: `flow` is the ARN of the one flow that is there, `numbers` the
    instance's own. A token is known again for as long as its call goes on (see `over`)."""

    def __init__(self, flow: str, numbers: set[str], limit: Limit | None = None) -> None:
        instance, _, self._flow = flow.partition("/contact-flow/")
        self._instance = instance.rpartition("/")[2]
        self._numbers = numbers
        self._limit = limit or Limit(PER_SECOND, BURST)
        self._by_token: dict[str, Rung] = {}
        self.calls: list[Rung] = []

    def start(self, body: Json) -> tuple[Rung, bool]:
        """The call, and whether it is a new one. Raises AwsRefused."""
        if self._limit.take("instance"):
            raise AwsRefused("TooManyRequestsException", "Rate exceeded", status=429)
        self._check(body)
        token = str(body.get("ClientToken") or uuid.uuid4())
        if known := self._by_token.get(token):
            return known, False
        attributes = dict(body.get("Attributes") or {})
        rung = Rung(str(uuid.uuid4()), body["SourcePhoneNumber"], body["DestinationPhoneNumber"], attributes)
        self._by_token[token] = rung
        self.calls.append(rung)
        return rung, True

    def over(self, rung: Rung) -> None:
        """The call is over: the same token begins another one."""
        self._by_token = {token: one for token, one in self._by_token.items() if one != rung}

    def _check(self, body: Json) -> None:
        if unknown := body.keys() - KNOWN:
            raise _invalid(f"Unknown parameter: {sorted(unknown)[0]}")
        for name in ("InstanceId", "ContactFlowId"):
            if not GUID.fullmatch(str(body.get(name) or "")):
                raise _invalid(f"{name} is no GUID")
        if body["InstanceId"] != self._instance or body["ContactFlowId"] != self._flow:
            raise AwsRefused("ResourceNotFoundException", "The flow was not found", status=404)
        self._check_numbers(body)
        _check_rest(body)

    def _check_numbers(self, body: Json) -> None:
        to, source = str(body.get("DestinationPhoneNumber") or ""), body.get("SourcePhoneNumber")
        if not E164.fullmatch(to):
            raise _invalid("DestinationPhoneNumber is not in E.164 format")
        if not source and not body.get("QueueId"):
            raise AwsRefused("InvalidRequestException", "Give a SourcePhoneNumber or a QueueId")
        if source not in self._numbers:
            raise AwsRefused("ResourceNotFoundException", "The number is not of this instance", status=404)
        if unreachable(to.removeprefix("+")):
            raise AwsRefused("DestinationNotAllowedException", "Not allowed to call this country", status=403)


def _check_rest(body: Json) -> None:
    seconds = body.get("RingTimeoutInSeconds", 60)
    if not isinstance(seconds, int) or seconds not in RING_S:
        raise _invalid("RingTimeoutInSeconds is from 15 to 60")
    kind, machine = body.get("TrafficType", "GENERAL"), body.get("AnswerMachineDetectionConfig") or {}
    if kind not in ("GENERAL", "CAMPAIGN"):
        raise _invalid("TrafficType is GENERAL or CAMPAIGN")
    if kind == "CAMPAIGN" or machine.get("EnableAnswerMachineDetection"):
        raise AwsRefused("OutboundContactNotPermittedException", "No quota for campaigns", status=403)
    if len(str(body.get("ClientToken") or "")) > 500:
        raise _invalid("ClientToken is too long")
    attributes = body.get("Attributes") or {}
    size = sum(len(f"{name}{value}".encode()) for name, value in attributes.items())
    if size > MAX_ATTRIBUTES or not all(NAME.fullmatch(name) for name in attributes):
        raise _invalid("Attributes are too large, or named badly")


class ConnectApi:
    """The operation behind the front door; `ring` lets the telephone network call somebody."""

    def __init__(self, exchange: Exchange, ring: Callable[[Rung], Awaitable[None]]) -> None:
        self._exchange = exchange
        self._ring = ring

    def routes(self) -> list[Route]:
        """Where it stands."""
        return [Route(f"{DOOR}/connect/contact/outbound-voice", self.start, methods=["PUT"])]

    async def start(self, request: Request) -> Response:
        """PUT /contact/outbound-voice."""
        try:
            rung, is_new = self._exchange.start(await asked(request))
        except AwsRefused as refusal:
            return refusal.answer()
        if is_new:
            await self._ring(rung)
        return JSONResponse({"ContactId": rung.id})


def _invalid(message: str) -> AwsRefused:
    return AwsRefused("InvalidParameterException", message)
