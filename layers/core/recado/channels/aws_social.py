"""WhatsApp through AWS End User Messaging Social: what Meta tells comes by SNS, what we send goes to AWS.

The account is Meta's phone_number_id, and both bodies are Meta's own: they are
read and written as WhatsApp's are. Meta's refusals come as receipts; AWS's own, as errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from recado.channels import (
    File,
    Need,
    Outgoing,
    Person,
    Received,
    Request,
    Sent,
    Unreadable,
    Wire,
    accepted,
    sns,
    strict_json,
    whatsapp,
)
from recado.channels import events as form
from recado.channels.events import child, identifier, items, text
from recado.errors import Outcome, SendFailed, UnreadableInput

NAME: Final = "aws_social"
PROVIDER: Final = "aws"
TRAITS: Final = whatsapp.TRAITS._replace(needs=(Need("origination_identity", secret=False, optional=True),))
SERVICE: Final = "socialmessaging"
META_VERSION: Final = "v20.0"
MAX_BODY: Final = 2_048_000
"""Bytes of one message's JSON."""
OUTCOMES: Final[dict[str, Outcome]] = {
    "ThrottledRequestException": "retry",
    "DependencyException": "retry",
    "InternalServiceException": "retry",
    "ValidationException": "fix_request",
    "InvalidParametersException": "fix_request",
}
"""By AWS's error code. Access that is denied, a number that is not found: an operator must act."""

verify = sns.verify
handshake = sns.handshake
reply = accepted


def parse(request: Request) -> list[Received | Unreadable]:
    """Every event of a notification, in its order; never raises."""
    return form.collected(NAME, request.body, _read)


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one message from the number `account`. Raises SendFailed."""
    from recado.channels.whatsapp_body import request_body  # noqa: PLC0415 - keeps the webhook's import small

    body = json.dumps(request_body(outgoing)).encode()
    if len(body) > MAX_BODY:
        raise SendFailed("fix_request", "The message is too large.")
    answer = _asked(
        wire,
        "send_whatsapp_message",
        originationPhoneNumberId=_origin(account, credentials),
        metaApiVersion=META_VERSION,
        message=body,
    )
    if not (provider_id := text(answer, "messageId")):
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(provider_id)


def fetch(account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """Not possible: AWS hands files over in a bucket only. Raises SendFailed."""
    raise SendFailed("fix_request", "Files that come by AWS are not fetched.")


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask AWS for the number, and whether it is this one. Raises SendFailed."""
    answer = _asked(
        wire, "get_linked_whatsapp_business_account_phone_number", id=_origin(account, credentials)
    )
    if text(child(answer, "phoneNumber"), "metaPhoneNumberId") != account:
        raise SendFailed(
            "fix_account",
            "AWS has another WhatsApp number under this identity.",
            provider_code="another_account",
        )


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A notification in which `person` writes `said`."""
    (entry,) = json.loads(whatsapp.sample(account, person, said, at).body)["entry"]
    context = {"MetaWabaIds": [], "MetaPhoneNumberIds": [{"metaPhoneNumberId": account, "arn": ""}]}
    told = {"context": context, "whatsAppWebhookEntry": json.dumps(entry), "message_timestamp": at}
    return Request("SNS", "", {}, {"x-sns-timestamp": at}, json.dumps(told).encode())


def _read(body: bytes) -> Iterator[Received | Unreadable]:
    told = strict_json.load(body)
    entry = told.get("whatsAppWebhookEntry") if isinstance(told, dict) else None
    if not isinstance(entry, str):
        raise UnreadableInput("not a notification of WhatsApp's")
    document = {"object": "whatsapp_business_account", "entry": [strict_json.load(entry.encode())]}
    named = _named(child(told, "context"))
    for event in whatsapp.read_body(json.dumps(document).encode(), NAME):
        yield event if isinstance(event, Unreadable) else _of_context(event, named)


def _named(context: Mapping[str, Any]) -> set[str]:
    """The numbers and businesses that the notification is about. Raises UnreadableInput if there are none."""
    numbers = {identifier(one, "metaPhoneNumberId") for one in items(context, "MetaPhoneNumberIds")}
    businesses = {identifier(one, "wabaId") for one in items(context, "MetaWabaIds")}
    if not (named := (numbers | businesses) - {""}):
        raise UnreadableInput("a notification about no number")
    # Meta's ids are digits. The examples of AWS's guide have words in their place, which name nobody.
    return {one for one in named if one.isdecimal()}


def _of_context(event: Received, named: set[str]) -> Received | Unreadable:
    """Whose an event is, AWS says outside Meta's text: the two have to agree."""
    if not named or event.account in named:
        return event
    return form.unreadable(NAME, "of a number that the notification is not about", event.raw)


def _origin(account: str, credentials: Mapping[str, Any]) -> str:
    """AWS's own name for the number, or its ARN."""
    return str(credentials.get("origination_identity") or f"phone-number-id-{account}")


def _asked(wire: Wire, operation: str, **parameters: object) -> Mapping[str, Any]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    from recado.channels import aws  # noqa: PLC0415

    try:
        answer: Mapping[str, Any] = getattr(wire.aws(SERVICE), operation)(**parameters)
    except (BotoCoreError, ClientError) as error:
        # AWS's own words, which the cause would carry along, may repeat the message.
        raise aws.failure(error, OUTCOMES) from None
    return answer
