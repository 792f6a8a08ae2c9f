"""Sending by AWS End User Messaging SMS: what goes into the call, and what its refusals mean.

Source: the API reference of PinpointSMSVoiceV2, SendTextMessage, and its exceptions' reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from recado.channels import Outgoing, Sent, Wire, aws
from recado.channels.buttons import written
from recado.errors import Outcome, SendFailed

SERVICE: Final = "pinpoint-sms-voice-v2"
SHORT: Final = 6
"""Digits of the longest short code, which has no "+"."""
MAX_PAGES: Final = 20
OUTCOMES: Final[dict[str, Outcome]] = {
    # Both say that the message was not taken.
    "ThrottlingException": "retry",
    "InternalServerException": "retry",
    "ServiceQuotaExceededException": "fix_account",
    "ConflictException": "fix_account",
    "ValidationException": "fix_request",
    "AccessDeniedException": "fix_account",
    "ResourceNotFoundException": "fix_account",
    # By the reason, where the error gives one.
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": "opted_out",
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE": "opted_out",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED": "bad_address",
    **dict.fromkeys(
        (
            "CHANNEL_NOT_ENABLED",
            "COUNTRY_NOT_ENABLED",
            "DESTINATION_COUNTRY_BLOCKED",
            "INTERNATIONAL_SENDING_NOT_SUPPORTED",
            "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
            "SENDER_ID_NOT_REGISTERED",
            "SENDER_ID_NOT_SUPPORTED",
            "SENDER_ID_REQUIRES_REGISTRATION",
        ),
        "fix_account",
    ),
}


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Call SendTextMessage once. Raises SendFailed."""
    told = parameters(account, credentials, outgoing)
    answer = _asked(partial(wire.aws(SERVICE).send_text_message, **told))
    if not (provider_id := answer.get("MessageId")):
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(str(provider_id))


def parameters(account: str, credentials: Mapping[str, Any], outgoing: Outgoing) -> dict[str, Any]:
    """What SendTextMessage takes; the context comes back with every event of the message."""
    configured = credentials.get("configuration_set")
    return {
        "DestinationPhoneNumber": f"+{outgoing.to.removeprefix('+')}",
        "OriginationIdentity": credentials.get("origination_identity") or _number(account),
        "MessageBody": written(outgoing),
        "MessageType": "TRANSACTIONAL",
        "Context": {"reference": outgoing.reference, "account": account},
        **({"ConfigurationSetName": configured} if configured else {}),
    }


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask for the number that people write to. Raises SendFailed."""
    number = next((one for one in _numbers(wire) if one.get("PhoneNumber") == _number(account)), None)
    if number is None:
        raise SendFailed(
            "fix_account", "AWS has no such number in this region.", provider_code="unknown_account"
        )
    if number.get("Status") != "ACTIVE":
        raise SendFailed("fix_account", "The number is not active at AWS yet.", provider_code="not_ready")
    if not number.get("TwoWayEnabled"):
        raise SendFailed(
            "fix_account", "Two-way SMS is not switched on for the number at AWS.", provider_code="one_way"
        )


def _numbers(wire: Wire) -> Iterator[Mapping[str, Any]]:
    """All numbers of the AWS account; they cannot be asked for by number."""
    token: dict[str, str] = {}
    for _ in range(MAX_PAGES):
        answer = _asked(partial(wire.aws(SERVICE).describe_phone_numbers, **token))
        yield from answer.get("PhoneNumbers", ())
        if not answer.get("NextToken"):
            return
        token = {"NextToken": answer["NextToken"]}


def _number(account: str) -> str:
    return f"+{account}" if len(account) > SHORT else account


def _asked(call: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        return call()
    except (BotoCoreError, ClientError) as error:
        raise aws.failure(error, _outcomes(error)) from None


def _outcomes(error: Exception) -> dict[str, Outcome]:
    """What the codes and reasons mean, and where an error names the field, the number that is wrong."""
    fields = getattr(error, "response", {}).get("Fields") or ()
    misdirected = any(one.get("Name") == "DestinationPhoneNumber" for one in fields)
    return {**OUTCOMES, **({"ValidationException": "bad_address"} if misdirected else {})}
