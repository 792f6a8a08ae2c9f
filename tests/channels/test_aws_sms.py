from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from recado.channels import Outgoing, Received, Request, Wire, aws_sms
from recado.channels.aws_sms_send import parameters
from recado.channels.http import Http
from recado.errors import Outcome, SendFailed

from tests.channels.specimens import Specimen

ACCOUNT = "34910000001"
PATIENT = "+34600000001"
AT = "2026-11-23T14:00:00.250Z"
ARN = "arn:aws:sns:us-east-1:123456789012:sms"
HELLO = Outgoing(reference="c-1", to=PATIENT, text="Hola")


def notified(told: object) -> Request:
    return Request("SNS", ARN, {}, {"x-sns-timestamp": AT}, json.dumps(told).encode())


def message(**fields: Any) -> Request:
    return notified(
        {
            "originationNumber": PATIENT,
            "destinationNumber": f"+{ACCOUNT}",
            "messageKeyword": "KEYWORD",
            "messageBody": "Hola",
            "inboundMessageId": "in-1",
            "previousPublishedMessageId": "",
            **fields,
        }
    )


def event(kind: str, **fields: Any) -> Request:
    return notified(
        {
            "eventType": kind,
            "eventTimestamp": 1795442400250,
            "isFinal": True,
            "originationPhoneNumber": "+1206",
            "destinationPhoneNumber": PATIENT,
            "messageId": "out-1",
            "messageStatusDescription": "Told",
            "context": {"account": ACCOUNT, "reference": "c-1"},
            "totalMessagePrice": 0.09582,
            **fields,
        }
    )


def read(request: Request) -> Received:
    (found,) = aws_sms.parse(request)
    assert isinstance(found, Received), found
    return found


STATES = (
    "SENT",
    "PENDING",
    "QUEUED",
    "SUCCESSFUL",
    "DELIVERED",
    "INVALID",
    "BLOCKED",
    "TTL_EXPIRED",
    "UNKNOWN",
)
SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *keys: {"topics": list(keys)},
    sign=lambda request, key: request._replace(path=key),
    keys=(ARN, f"{ARN}-before", f"{ARN}-gone"),
    unknown=event("TEXT_TELEPATHY"),
    body_signed=False,
    statuses=[event(f"TEXT_{state}") for state in STATES],
)


def test_a_text_is_read_whole_with_the_time_that_sns_had_it() -> None:
    found = read(message(previousPublishedMessageId="out-1"))
    assert found._replace(raw={}) == Received(
        channel="aws_sms",
        account=ACCOUNT,
        kind="message",
        key=f"aws_sms/{ACCOUNT}/message/in-1",
        sender=PATIENT,
        identities=[("phone", PATIENT)],
        at=AT,
        event={
            "provider_id": "in-1",
            "type": "text",
            "text": "Hola",
            "name": "",
            "payload": None,
            "attachments": [],
            "reply_to": "out-1",
            "origin": None,
            "error": None,
        },
        raw={},
    )
    assert found.raw["messageBody"] == "Hola"


@pytest.mark.parametrize("gone", ["inboundMessageId", "originationNumber", "destinationNumber"])
@pytest.mark.parametrize("value", [None, "", "a" * 300, {}, True])
def test_a_message_without_an_id_a_sender_or_an_account_is_kept_unread(gone: str, value: object) -> None:
    (found,) = aws_sms.parse(message(**{gone: value}))
    assert not isinstance(found, Received)


def test_stop_is_a_message_and_our_own_rules_read_it() -> None:
    assert read(message(messageBody="STOP")).kind == "message"


@pytest.mark.parametrize(
    ("kind", "status", "outcome"),
    [
        *(
            (f"TEXT_{state}", "sent", None)
            for state in ("SENT", "PENDING", "QUEUED", "SUCCESSFUL", "UNKNOWN")
        ),
        ("TEXT_DELIVERED", "delivered", None),
        ("RCS_READ", "read", None),
        ("TEXT_INVALID", "failed", "bad_address"),
        ("TEXT_UNREACHABLE", "failed", "bad_address"),
        ("TEXT_CARRIER_UNREACHABLE", "failed", "bad_address"),
        ("TEXT_BLOCKED", "failed", "opted_out"),
        ("TEXT_CARRIER_BLOCKED", "failed", "opted_out"),
        ("TEXT_SPAM", "failed", "fix_request"),
        ("TEXT_INVALID_MESSAGE", "failed", "fix_request"),
        ("TEXT_TTL_EXPIRED", "failed", "fix_request"),
        ("TEXT_PROTECT_BLOCKED", "failed", "fix_account"),
        ("MEDIA_FILE_SIZE_EXCEEDED", "failed", "fix_request"),
    ],
)
def test_an_event_says_what_became_of_our_message(kind: str, status: str, outcome: str | None) -> None:
    found = read(event(kind))
    assert (found.kind, found.account, found.sender, found.at) == ("receipt", ACCOUNT, PATIENT, AT)
    assert found.key == f"aws_sms/{ACCOUNT}/receipt/out-1/{kind}"
    error = {"code": kind, "title": "Told", "detail": "", "outcome": outcome} if outcome else None
    assert found.event == {"provider_id": "out-1", "status": status, "reference": "c-1", "error": error}


def test_an_event_of_a_message_that_we_did_not_send_is_of_the_number_it_came_from() -> None:
    found = read(event("TEXT_DELIVERED", context={}, originationPhoneNumber=f"+{ACCOUNT}"))
    assert (found.account, found.event["reference"]) == (ACCOUNT, None)


@pytest.mark.parametrize("kind", ["VOICE_COMPLETED", "TEXT_TELEPATHY", "SENT"])
def test_another_event_is_kept(kind: str) -> None:
    found = read(event(kind))
    assert (found.kind, found.event["name"]) == ("notice", kind)


class Aws:
    """The service, as far as it is used: gives its answers in turn, and keeps what it was asked."""

    def __init__(self, *answers: dict[str, Any] | ClientError) -> None:
        self.asked: list[dict[str, Any]] = []
        self._answers = list(answers)

    def answer(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        told = self._answers.pop(0)
        if isinstance(told, ClientError):
            raise told
        return told

    send_text_message = describe_phone_numbers = answer


def wired(service: Aws) -> Wire:
    return Wire(Http(), {"pinpoint-sms-voice-v2": service}.__getitem__, lambda *_: None)


def refusal(code: str, status: int = 400, **told: Any) -> ClientError:
    return ClientError(
        {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}, **told}, "SendTextMessage"
    )


def test_a_text_goes_out_with_our_reference_in_its_context() -> None:
    service = Aws({"MessageId": "out-1"})
    assert aws_sms.send(ACCOUNT, {}, HELLO, wired(service)).provider_id == "out-1"
    assert service.asked == [
        {
            "DestinationPhoneNumber": PATIENT,
            "OriginationIdentity": f"+{ACCOUNT}",
            "MessageBody": "Hola",
            "MessageType": "TRANSACTIONAL",
            "Context": {"reference": "c-1", "account": ACCOUNT},
        }
    ]


def test_a_pool_may_stand_for_the_number_and_a_short_code_has_no_plus() -> None:
    known = {"origination_identity": "pool-1", "configuration_set": "events"}
    found = parameters(ACCOUNT, known, HELLO)
    assert (found["OriginationIdentity"], found["ConfigurationSetName"]) == ("pool-1", "events")
    assert parameters("12345", {}, HELLO)["OriginationIdentity"] == "12345"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refusal("ConflictException", Reason="DESTINATION_PHONE_NUMBER_OPTED_OUT"), "opted_out"),
        (refusal("ConflictException", Reason="DESTINATION_PHONE_NUMBER_NOT_VERIFIED"), "bad_address"),
        (refusal("ConflictException", Reason="NO_ORIGINATION_IDENTITIES_FOUND"), "fix_account"),
        (refusal("ThrottlingException"), "retry"),
        (refusal("InternalServerException", 500), "retry"),
        (refusal("ServiceQuotaExceededException"), "fix_account"),
        (refusal("ValidationException", Reason="FIELD_VALIDATION_FAILED"), "fix_request"),
        (refusal("ValidationException", Reason="COUNTRY_NOT_ENABLED"), "fix_account"),
        (refusal("ValidationException", Fields=[{"Name": "DestinationPhoneNumber"}]), "bad_address"),
        (refusal("AccessDeniedException"), "fix_account"),
        (refusal("ResourceNotFoundException", 404), "fix_account"),
        (refusal("BadGateway", 502), "unknown"),
    ],
)
def test_the_reason_decides_where_there_is_one(error: ClientError, outcome: Outcome) -> None:
    with pytest.raises(SendFailed) as caught:
        aws_sms.send(ACCOUNT, {}, HELLO, wired(Aws(error)))
    assert caught.value.outcome == outcome


def test_an_answer_that_names_no_message_is_unknown() -> None:
    with pytest.raises(SendFailed) as caught:
        aws_sms.send(ACCOUNT, {}, HELLO, wired(Aws({})))
    assert caught.value.outcome == "unknown"


def test_an_opt_out_is_told_by_its_reason_since_its_code_is_that_of_other_conflicts() -> None:
    error = refusal("ConflictException", Reason="DESTINATION_PHONE_NUMBER_OPTED_OUT")
    with pytest.raises(SendFailed) as caught:
        aws_sms.send(ACCOUNT, {}, HELLO, wired(Aws(error)))
    assert caught.value.provider_code == "DESTINATION_PHONE_NUMBER_OPTED_OUT"


def test_the_number_is_looked_for_among_all() -> None:
    ours = {"PhoneNumber": f"+{ACCOUNT}", "Status": "ACTIVE", "TwoWayEnabled": True}
    service = Aws({"PhoneNumbers": [{"PhoneNumber": "+1"}], "NextToken": "t"}, {"PhoneNumbers": [ours]})
    aws_sms.check(ACCOUNT, {}, wired(service))
    assert service.asked == [{}, {"NextToken": "t"}]


@pytest.mark.parametrize("changed", [{"PhoneNumber": "+1"}, {"Status": "PENDING"}, {"TwoWayEnabled": False}])
def test_a_number_that_cannot_be_answered_is_told_of(changed: dict[str, object]) -> None:
    ours = {"PhoneNumber": f"+{ACCOUNT}", "Status": "ACTIVE", "TwoWayEnabled": True, **changed}
    with pytest.raises(SendFailed) as caught:
        aws_sms.check(ACCOUNT, {}, wired(Aws({"PhoneNumbers": [ours]})))
    assert caught.value.outcome == "fix_account"


def test_no_file_ever_comes() -> None:
    with pytest.raises(SendFailed):
        aws_sms.fetch(ACCOUNT, {}, {}, wired(Aws()))
