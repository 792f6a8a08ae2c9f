from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from recado.channels import Outgoing, Received, Request, Sent, Unreadable, Wire, aws_social, whatsapp
from recado.channels.http import Http
from recado.channels.whatsapp_body import request_body
from recado.errors import SendFailed
from recado.store.clients import client

from tests.channels.bodies import ACCOUNT, EVENTS, SENDER, body, message, status
from tests.channels.specimens import Specimen

TOPIC = "arn:aws:sns:us-east-1:123456789012:aws-social-"
WABA = "900000000000001"
NAMED = {"MetaWabaIds": [{"wabaId": WABA}], "MetaPhoneNumberIds": [{"metaPhoneNumberId": ACCOUNT}]}
HELLO = Outgoing(reference="c-1", to=SENDER, text="Olá")


def notified(entry: object, context: Any = NAMED, **more: str) -> Request:
    inner = entry if isinstance(entry, str) else json.dumps(entry)
    told = {"context": context, "whatsAppWebhookEntry": inner, **more}
    return Request("SNS", "", {}, {}, json.dumps(told).encode())


def wrapped(raw: bytes, context: Any = NAMED) -> Request:
    """A body of Meta's with one entry, as AWS passes it on."""
    (entry,) = json.loads(raw)["entry"]
    return notified(entry, context)


def together(requests: Sequence[Request]) -> Request:
    """One entry may hold several changes."""
    entries = [json.loads(json.loads(request.body)["whatsAppWebhookEntry"]) for request in requests]
    return notified({**entries[0], "changes": [change for entry in entries for change in entry["changes"]]})


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *keys: {"topics": list(keys)},
    sign=lambda request, key: request._replace(path=key),
    keys=(f"{TOPIC}1", f"{TOPIC}2", f"{TOPIC}3"),
    body_signed=False,
    unknown=wrapped(body(messages=[message("telepathy", {"thought": "Olá"})])),
    batch=together,
    statuses=[wrapped(body(statuses=[status(state)])) for state in ("sent", "delivered", "read", "failed")],
    to=SENDER,
)


def received(request: Request) -> list[Received]:
    found = aws_social.parse(request)
    assert all(isinstance(event, Received) for event in found), found
    return [event for event in found if isinstance(event, Received)]


def refused(request: Request) -> Unreadable:
    (event,) = aws_social.parse(request)
    assert isinstance(event, Unreadable), event
    return event


def test_what_meta_told_aws_is_read_as_whatsapp_s_under_a_key_of_its_own() -> None:
    (event,) = received(Request("SNS", "", {}, {}, (EVENTS / "aws_social_text.json").read_bytes()))
    assert event.key == f"aws_social/{ACCOUNT}/message/wamid.sample.social"
    assert (event.channel, event.sender, event.event["name"]) == ("aws_social", SENDER, "Maria Silva")
    assert event.event["text"] == "Olá! Vocês atendem no sábado? 😊"
    first, second = received(Request("SNS", "", {}, {}, (EVENTS / "aws_social_statuses.json").read_bytes()))
    assert [e.event["status"] for e in (first, second)] == ["sent", "delivered"]
    assert first.event["reference"] == "0123456789abcdef0123456789"


def test_a_number_that_the_notification_is_not_about_is_nobody_s() -> None:
    context = {**NAMED, "MetaPhoneNumberIds": [{"metaPhoneNumberId": "200000000000002"}]}
    event = refused(wrapped(body(messages=[message()]), context))
    assert (event.account, json.loads(event.raw)["id"]) == (None, "wamid.1")


@pytest.mark.parametrize("context", [None, {}, [], {"MetaPhoneNumberIds": [{}]}, {"MetaWabaIds": "x"}])
def test_a_notification_about_no_number_is_not_read(context: object) -> None:
    request = wrapped(body(messages=[message()]), context)
    assert refused(request).raw == request.body


def test_the_words_in_place_of_ids_in_aws_s_own_examples_contradict_nothing() -> None:
    context = {"MetaPhoneNumberIds": [{"metaPhoneNumberId": "abcde1234567890"}]}
    assert len(received(wrapped(body(messages=[message()]), context))) == 1


def test_what_is_told_of_a_whole_business_is_under_its_id() -> None:
    (event,) = received(wrapped(body("account_update", account=None, event="DISABLED_UPDATE")))
    assert (event.account, event.kind, event.event["name"]) == (WABA, "notice", "DISABLED_UPDATE")


@pytest.mark.parametrize(
    "request_",
    [
        Request("SNS", "", {}, {}, b"{}"),
        Request("SNS", "", {}, {}, b"[]"),
        Request("SNS", "", {}, {}, b'{"whatsAppWebhookEntry":{"changes":[]}}'),
        notified("{no"),
        notified("[" * 40 + "]" * 40),
        notified([]),
        notified(1),
        notified({"id": WABA}),
    ],
)
def test_what_is_no_entry_of_meta_s_is_kept_whole(request_: Request) -> None:
    assert refused(request_).account is None


class Service:
    """The one client of AWS that is asked; it gives an answer or raises an error."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self._answer = answer

    def __getattr__(self, operation: str) -> Any:
        def ask(**parameters: Any) -> dict[str, Any]:
            self.asked.append((operation, parameters))
            if isinstance(self._answer, Exception):
                raise self._answer
            return self._answer

        return ask

    def wire(self) -> Wire:
        return Wire(Http(), {"socialmessaging": self}.__getitem__, lambda *_: None)


def send(answer: dict[str, Any] | Exception, credentials: dict[str, str] | None = None) -> tuple[Sent, Any]:
    service = Service(answer)
    sent = aws_social.send(ACCOUNT, credentials or {}, HELLO, service.wire())
    return sent, service.asked[0]


def failed(answer: dict[str, Any] | Exception) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        send(answer)
    return caught.value


def refusal(code: str, status: int = 400) -> ClientError:
    told = {"Code": code, "Message": f"to {SENDER}"}
    return ClientError({"Error": told, "ResponseMetadata": {"HTTPStatusCode": status}}, "SendWhatsAppMessage")


def test_meta_s_own_body_goes_to_aws_from_the_number() -> None:
    sent, (operation, asked) = send({"messageId": "wamid.out"}, {"origination_identity": "phone-number-id-9"})
    assert sent == Sent("wamid.out")
    assert operation == "send_whatsapp_message"
    assert json.loads(asked.pop("message")) == request_body(HELLO)
    assert asked == {"originationPhoneNumberId": "phone-number-id-9", "metaApiVersion": "v20.0"}


def test_a_number_without_a_name_of_aws_s_goes_by_its_own() -> None:
    _, (_, asked) = send({"messageId": "wamid.out"})
    assert asked["originationPhoneNumberId"] == f"phone-number-id-{ACCOUNT}"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refusal("ThrottledRequestException", 429), "retry"),
        (refusal("ThrottlingException"), "retry"),
        (refusal("DependencyException", 502), "retry"),
        (refusal("InternalServiceException", 500), "retry"),
        (refusal("ValidationException"), "fix_request"),
        (refusal("InvalidParametersException"), "fix_request"),
        (refusal("AccessDeniedException", 403), "fix_account"),
        (refusal("ResourceNotFoundException", 404), "fix_account"),
        (refusal("NextYearsException"), "fix_account"),
        (refusal("NextYearsException", 503), "unknown"),
        (ReadTimeoutError(endpoint_url="https://aws"), "unknown"),
        (ConnectionClosedError(endpoint_url="https://aws"), "unknown"),
        (ConnectTimeoutError(endpoint_url="https://aws"), "retry"),
        (EndpointConnectionError(endpoint_url="https://aws"), "retry"),
        ({}, "unknown"),
    ],
)
def test_what_aws_says_decides_the_outcome(error: Exception | dict[str, Any], outcome: str) -> None:
    failure = failed(error)
    assert failure.outcome == outcome
    assert SENDER not in f"{failure} {failure.__cause__}"


def test_what_sends_is_not_repeated_by_the_sdk() -> None:
    for service in ("socialmessaging", "pinpoint-sms-voice-v2", "sesv2"):
        assert client(service).meta.config.retries["total_max_attempts"] == 1
    assert client("sqs").meta.config.retries["total_max_attempts"] > 1


def test_a_message_over_the_limit_does_not_leave() -> None:
    huge = HELLO._replace(reference="x" * aws_social.MAX_BODY)
    with pytest.raises(SendFailed) as caught:
        aws_social.send(ACCOUNT, {}, huge, Service({"messageId": "wamid.out"}).wire())
    assert caught.value.outcome == "fix_request"


def test_an_account_is_tried_for_which_number_it_is() -> None:
    service = Service({"phoneNumber": {"metaPhoneNumberId": ACCOUNT}})
    aws_social.check(ACCOUNT, {}, service.wire())
    asked = ("get_linked_whatsapp_business_account_phone_number", {"id": f"phone-number-id-{ACCOUNT}"})
    assert service.asked == [asked]
    with pytest.raises(SendFailed) as caught:
        aws_social.check("200000000000002", {}, service.wire())
    assert caught.value.outcome == "fix_account"


def test_files_are_not_fetched() -> None:
    with pytest.raises(SendFailed) as caught:
        aws_social.fetch(ACCOUNT, {}, {"id": "1"}, Service({}).wire())
    assert caught.value.outcome == "fix_request"


def test_a_trial_message_comes_as_aws_would_bring_it() -> None:
    (event,) = received(aws_social.sample(ACCOUNT, SPECIMEN.person, "Olá", "2026-11-23T14:00:00Z"))
    (plain,) = whatsapp.parse(whatsapp.sample(ACCOUNT, SPECIMEN.person, "Olá", "2026-11-23T14:00:00Z"))
    assert isinstance(plain, Received)
    assert event.event == plain.event
