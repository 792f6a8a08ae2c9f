from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import pytest
from recado.channels import Received, Request, twilio, twilio_sms
from recado.channels.twilio_sample import posted
from recado.errors import Forged

from tests.channels.specimens import Specimen

ACCOUNT = "551130000001"
PATIENT = "+5511987654321"
SID = "SM00000000000000000000000000000001"


def sign(request: Request, key: str) -> Request:
    signed = request.url.encode() + twilio.signed_fields(request.body)
    return request._replace(headers={**request.headers, twilio.HEADER: twilio.signature(signed, key)})


def message(**fields: str) -> Request:
    """A message to the number; a field given as "" is left out."""
    given = {
        "MessageSid": SID,
        "From": PATIENT,
        "To": f"+{ACCOUNT}",
        "Body": "Olá",
        "NumMedia": "0",
        **fields,
    }
    return posted("twilio_sms", ACCOUNT, {name: value for name, value in given.items() if value})


def status(state: str, **fields: str) -> Request:
    """A callback about a message of ours."""
    given = {"MessageSid": SID, "MessageStatus": state, "From": f"+{ACCOUNT}", "To": PATIENT, **fields}
    return posted("twilio_sms", ACCOUNT, given)


def read(request: Request) -> Received:
    (event,) = twilio_sms.parse(request)
    assert isinstance(event, Received), event
    return event


def refused(request: Request) -> str:
    (event,) = twilio_sms.parse(request)
    assert not isinstance(event, Received)
    return event.reason


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *keys: {"auth_tokens": list(keys)},
    sign=sign,
    unknown=message(Body="", MessageType="telepathy"),
    statuses=[
        *(status(state) for state in ("queued", "sending", "sent", "delivered", "undelivered", "read")),
        *(status("failed", ErrorCode=code) for code in ("30003", "30008")),
    ],
    credentials={"account_sid": "AC-of-the-clinic", "auth_token": "token-of-the-clinic"},
)


def test_a_text_is_read_whole() -> None:
    event = read(message(Body="Olá! Vocês atendem + no sábado? 😊"))
    assert event._replace(raw={}) == Received(
        channel="twilio_sms",
        account=ACCOUNT,
        kind="message",
        key=f"twilio_sms/{ACCOUNT}/message/{SID}",
        sender=PATIENT,
        identities=[("phone", PATIENT)],
        at="",
        event={
            "provider_id": SID,
            "type": "text",
            "text": "Olá! Vocês atendem + no sábado? 😊",
            "name": "",
            "payload": None,
            "attachments": [],
            "reply_to": None,
            "origin": None,
            "error": None,
        },
        raw={},
    )
    assert event.raw["Body"] == "Olá! Vocês atendem + no sábado? 😊"


@pytest.mark.parametrize("number", ["+5511987654321", " 5511987654321", "5511987654321"])
def test_a_plus_that_was_not_escaped_is_still_one(number: str) -> None:
    assert read(message(From=number)).sender == PATIENT


def test_a_name_in_the_place_of_a_number_is_nobody_to_answer() -> None:
    assert refused(message(From="CLINICA")) == "a message without a sender"


def test_an_old_webhook_names_the_message_otherwise() -> None:
    assert read(message(MessageSid="", SmsSid="SM2")).event["provider_id"] == "SM2"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"MessageSid": ""}, "no id"), ({"To": ""}, "no account"), ({"MessageSid": "S" * 300}, "no id")],
)
def test_a_message_to_nobody_or_without_an_id_is_kept_unread(fields: dict[str, str], reason: str) -> None:
    assert refused(message(**fields)) == reason


def test_a_number_that_belongs_to_a_service_is_the_one_that_the_clinic_has() -> None:
    several = message(MessagingServiceSid="MG1")
    assert read(several).account == ACCOUNT
    assert read(several._replace(account="MG1")).account == "MG1"
    assert read(message(To="", MessagingServiceSid="MG1")).account == "MG1"


def test_files_wait_at_twilio() -> None:
    files = {"MediaUrl0": "https://api.twilio.com/a/ME1", "MediaContentType0": "image/jpeg"}
    files |= {"MediaUrl1": "https://api.twilio.com/a/ME2", "MediaContentType1": "application/pdf"}
    event = read(message(Body="", NumMedia="2", **files)).event
    assert event["type"] == "image"
    assert [(one["kind"], one["id"], one["mime"]) for one in event["attachments"]] == [
        ("image", "ME1", "image/jpeg"),
        ("document", "ME2", "application/pdf"),
    ]


@pytest.mark.parametrize("count", ["-1", "1e9", "99999999999", "many", "¹"])
def test_a_count_that_is_none_counts_nothing(count: str) -> None:
    assert read(message(NumMedia=count)).event["attachments"] == []


@pytest.mark.parametrize(("told", "action"), [("STOP", "stop"), ("START", "start"), ("stop", "stop")])
def test_an_opt_out_that_twilio_has_answered_is_a_consent(told: str, action: str) -> None:
    event = read(message(Body=told, OptOutType=told))
    assert (event.kind, event.sender) == ("consent", PATIENT)
    assert event.event == {
        "action": action,
        "purposes": ["care", "marketing"],
        "evidence": f"OptOutType {told.upper()}",
    }
    assert event.raw["Body"] == told


def test_whoever_asks_for_help_has_written_a_message() -> None:
    assert read(message(Body="HELP", OptOutType="HELP")).kind == "message"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        *((state, "sent") for state in ("accepted", "queued", "sending", "sent", "SENT")),
        ("delivered", "delivered"),
        ("read", "read"),
        *((state, "failed") for state in ("undelivered", "failed", "canceled")),
    ],
)
def test_a_callback_says_what_became_of_our_message(state: str, told: str) -> None:
    event = read(status(state)._replace(query={"ref": "c-1"}))
    assert (event.kind, event.account, event.sender) == ("receipt", ACCOUNT, PATIENT)
    assert (event.event["provider_id"], event.event["status"], event.event["reference"]) == (SID, told, "c-1")


def test_a_failure_says_why() -> None:
    error = read(status("undelivered", ErrorCode="30003", ErrorMessage="Unreachable")).event["error"]
    assert error == {"code": 30003, "title": "Unreachable", "detail": "", "outcome": "bad_address"}


def test_a_state_that_we_do_not_know_is_kept() -> None:
    event = read(status("teleported"))
    assert (event.kind, event.event["name"]) == ("notice", "teleported")
    assert event.key == f"twilio_sms/{ACCOUNT}/notice/{SID}/teleported"


@pytest.mark.parametrize(
    ("direction", "ours", "theirs"), [("inbound", "To", "From"), ("outbound-api", "From", "To")]
)
def test_a_call_at_the_number_is_kept(direction: str, ours: str, theirs: str) -> None:
    fields = {"CallSid": "CA1", "CallStatus": "no-answer", "SequenceNumber": "2", "CallDuration": "0"}
    fields |= {ours: f"+{ACCOUNT}", theirs: PATIENT, "Direction": direction}
    event = read(posted("twilio_sms", ACCOUNT, {**fields, "Timestamp": "Sat, 01 Aug 2026 12:00:00 +0000"}))
    assert (event.kind, event.account, event.sender) == ("notice", ACCOUNT, PATIENT)
    assert event.at == "2026-08-01T12:00:00Z"
    assert event.key == f"twilio_sms/{ACCOUNT}/notice/CA1/2"
    assert event.event == {
        "type": "call", "name": "no-answer", "provider_id": "CA1", "sequence": "2", "seconds": "0"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"caf%E9", "caf\ufffd"),
        (b"50%+off%", "50% off%"),
        (b"a%00b", "ab"),
        (b"a%zzb", "a%zzb"),
        (b"a=b=c", "a=b=c"),
        (b"hi+++", "hi   "),
    ],
)
def test_broken_forms_are_read_as_far_as_they_go_and_are_genuine_as_they_are(raw: bytes, text: str) -> None:
    request = message()
    request = request._replace(body=request.body.replace(b"Body=Ol%C3%A1", b"Body=" + raw))
    twilio_sms.verify(sign(request, "token"), {"auth_tokens": ["token"]})
    assert read(request).event["text"] == text


def test_twilio_is_answered_with_an_empty_document() -> None:
    answer = twilio_sms.reply(message(), {})
    assert (answer.status, answer.text, answer.kind) == (200, "<Response/>", "text/xml")


def test_another_s_account_at_twilio_is_forged_where_ours_is_known() -> None:
    ours: dict[str, Any] = {"auth_tokens": ["token"], "account_sids": ["AC1"]}
    twilio_sms.verify(sign(message(AccountSid="AC1"), "token"), ours)
    twilio_sms.verify(sign(message(AccountSid="AC1"), "token"), {**ours, "account_sids": "AC1"})
    for request in (message(AccountSid="AC2"), message()):
        with pytest.raises(Forged):
            twilio_sms.verify(sign(request, "token"), ours)


def test_a_sample_is_a_form() -> None:
    assert dict(parse_qsl(message().body.decode()))["Body"] == "Olá"
