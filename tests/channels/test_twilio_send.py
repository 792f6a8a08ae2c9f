from __future__ import annotations

from base64 import b64encode
from typing import Any
from urllib.parse import parse_qsl

import pytest
from recado.channels import Media, Outgoing, Template, twilio_sms, twilio_whatsapp
from recado.channels.http import Http, may_reach
from recado.channels.twilio_codes import BY_CODE, CODES, outcome
from recado.channels.twilio_send import API_URL, request_fields
from recado.errors import Outcome, SendFailed

from tests.channels.wire import answer, through, wire

KEYS = {"account_sid": "AC1", "auth_token": "token-1"}
BASIC = f"Basic {b64encode(b'AC1:token-1').decode()}"
HELLO = Outgoing(reference="c-1", to="+5511987654321", text="Olá")
ACCEPTED = {"sid": "SM1", "status": "queued"}
MEDIA_URL = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"


def fields(channel: str = "twilio_sms", account: str = "551130000001", **changed: Any) -> dict[str, str]:
    keys = changed.pop("keys", KEYS)
    return request_fields(channel, account, keys, HELLO._replace(**changed))


def failed(status: int, body: object, *headers: str) -> SendFailed:
    with wire(answer(status, body, *headers)) as provider, pytest.raises(SendFailed) as caught:
        twilio_sms.send("551130000001", KEYS, HELLO, through(Http(provider.url)))
    return caught.value


def test_a_text_goes_from_the_number_with_our_reference_in_the_callback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEBHOOKS_URL", "https://hooks.example")
    with wire(answer(201, ACCEPTED)) as provider:
        sent = twilio_sms.send("551130000001", KEYS, HELLO, through(Http(provider.url)))
    ((head, body),) = provider.requests
    assert sent.provider_id == "SM1"
    assert head.startswith("POST /api.twilio.com/2010-04-01/Accounts/AC1/Messages.json ")
    assert f"authorization: {BASIC}" in head
    assert dict(parse_qsl(body)) == {
        "To": "+5511987654321",
        "From": "+551130000001",
        "Body": "Olá",
        "StatusCallback": "https://hooks.example/webhooks/twilio_sms/551130000001?ref=c-1",
    }


def test_it_goes_to_twilio() -> None:
    assert may_reach(API_URL)


def test_without_a_public_address_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOKS_URL", raising=False)
    assert fields() == {"To": "+5511987654321", "From": "+551130000001", "Body": "Olá"}


@pytest.mark.parametrize(
    ("account", "keys", "sender"),
    [
        ("551130000001", KEYS, {"From": "+551130000001"}),
        ("12345", KEYS, {"From": "12345"}),
        ("CLINICA", KEYS, {"From": "CLINICA"}),
        ("MG1", KEYS, {"MessagingServiceSid": "MG1"}),
        ("551130000001", {**KEYS, "messaging_service_sid": "MG2"}, {"MessagingServiceSid": "MG2"}),
    ],
)
def test_the_sender_is_a_number_a_short_code_a_name_or_a_service(
    account: str, keys: dict[str, str], sender: dict[str, str]
) -> None:
    found = fields(account=account, keys=keys)
    assert {name: found[name] for name in ("From", "MessagingServiceSid") if name in found} == sender


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("+5511987654321", "whatsapp:+5511987654321"),
        ("5511987654321", "whatsapp:+5511987654321"),
        ("BR.13491208655302741918", "whatsapp:BR.13491208655302741918"),
    ],
)
def test_on_whatsapp_both_ends_say_so(to: str, expected: str) -> None:
    found = fields("twilio_whatsapp", to=to)
    assert (found["To"], found["From"]) == (expected, "whatsapp:+551130000001")


def test_options_stand_under_the_text() -> None:
    assert fields(buttons=[("confirm", "Sim")])["Body"] == "Olá\n\n1 Sim"


@pytest.mark.parametrize("kept", [{"reminder/pt-BR": "HX1"}, ("reminder/pt-BR = HX1", "reminder/es=HX2")])
def test_a_template_goes_by_twilio_s_name_for_it(kept: object) -> None:
    template = Template("reminder", "pt-BR", {"1": "Ana\n Luz", "2": "30/11"})
    found = fields("twilio_whatsapp", template=template, keys={**KEYS, "content_sids": kept})
    assert found["ContentSid"] == "HX1"
    assert found["ContentVariables"] == '{"1":"Ana Luz","2":"30/11"}'
    assert "Body" not in found


def test_a_template_may_be_named_by_its_content_sid() -> None:
    sid = "HX00000000000000000000000000000000"
    found = fields("twilio_whatsapp", template=Template(sid, "es", {}))
    assert found["ContentSid"] == sid
    assert "ContentVariables" not in found


def test_a_template_that_twilio_does_not_have_is_not_sent() -> None:
    with pytest.raises(SendFailed) as caught:
        fields("twilio_whatsapp", template=Template("reminder", "ca", {}))
    assert caught.value.outcome == "fix_account"


def test_by_sms_a_template_is_its_text() -> None:
    template = Template("reminder", "pt-BR", {}, [("confirm", "Sim")])
    assert fields(template=template)["Body"] == "Olá\n\n1 Sim"


def test_every_file_goes_along() -> None:
    files = [Media(f"https://files.example/{n}", "image", "image/png", "a.png", "", bytes) for n in (1, 2)]
    with wire(answer(201, ACCEPTED)) as provider:
        message = HELLO._replace(media=files)
        twilio_whatsapp.send("551130000001", KEYS, message, through(Http(provider.url)))
    sent = [value for name, value in parse_qsl(provider.requests[0][1]) if name == "MediaUrl"]
    assert sent == ["https://files.example/1", "https://files.example/2"]


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, {"code": 21610}, "opted_out"),
        (400, {"code": 21211}, "bad_address"),
        (400, {"code": 63016}, "template_only"),
        (400, {"code": 21617}, "fix_request"),
        (401, {"code": 20003}, "fix_account"),
        (400, {"code": 99999}, "fix_account"),
        (400, {"code": True}, "fix_account"),
        (404, {}, "fix_account"),
        (429, {"code": 20429}, "retry"),
        (429, "slow down", "retry"),
        (503, "upstream connect error", "unknown"),
        (500, {"code": 20429}, "unknown"),
        (201, {}, "unknown"),
        (200, [], "unknown"),
    ],
)
def test_only_a_clear_refusal_says_that_nothing_was_sent(
    status: int, body: object, expected: Outcome
) -> None:
    assert failed(status, body).outcome == expected


def test_a_wait_that_twilio_names_is_kept() -> None:
    assert failed(429, {"code": 20429}, "retry-after: 7").retry_after == 7


def test_every_code_means_one_thing() -> None:
    assert sum(len(codes) for codes in CODES.values()) == len(BY_CODE)
    assert all(outcome(code) == BY_CODE[code] for code in BY_CODE)


def test_a_file_is_asked_for_with_credentials_and_its_store_without() -> None:
    moved = answer(307, {}, "location: https://mms.twiliocdn.com/AC1/file?Signature=1")
    with wire(moved, answer(200, {"the": "file"}, "content-type: image/png")) as provider:
        found = twilio_sms.fetch("1", KEYS, {"url": MEDIA_URL}, through(Http(provider.url)))
    (first, _), (second, _) = provider.requests
    assert f"authorization: {BASIC}" in first
    assert second.startswith("GET /mms.twiliocdn.com/AC1/file?Signature=1 ")
    assert "authorization" not in second.lower()
    assert (found.content, found.mime) == (b'{"the": "file"}', "image/png")


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/a",
        "http://mms.twiliocdn.com/a",
        "https://mms.twiliocdn.com@evil.example/a",
        "https://mms.twiliocdn.com.evil.example/a",
        "https://s3-external-1.amazonaws.com/another-bucket/a",
        "https://169.254.169.254/latest",
        "//mms.twiliocdn.com/a",
        "/a",
    ],
)
def test_no_other_place_is_followed(location: str) -> None:
    with wire(answer(302, {}, f"location: {location}")) as provider, pytest.raises(SendFailed) as caught:
        twilio_sms.fetch("1", KEYS, {"url": MEDIA_URL}, through(Http(provider.url)))
    assert caught.value.outcome == "fix_request"
    assert len(provider.requests) == 1


@pytest.mark.parametrize(
    "url",
    ["", "https://evil.example/ME1", "https://api.twilio.com@evil.example/", "http://api.twilio.com/ME1"],
)
def test_no_other_host_gets_the_credentials(url: str) -> None:
    with wire(answer(200, {})) as provider, pytest.raises(SendFailed):
        twilio_sms.fetch("1", KEYS, {"url": url}, through(Http(provider.url)))
    assert provider.requests == []


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, {}, "fix_account"),
        (404, {}, "fix_account"),
        (200, {"status": "suspended"}, "fix_account"),
        (500, {}, "unknown"),
    ],
)
def test_an_account_that_does_not_work_is_told_of(status: int, body: object, expected: str) -> None:
    with wire(answer(status, body)) as provider, pytest.raises(SendFailed) as caught:
        twilio_sms.check("1", KEYS, through(Http(provider.url)))
    assert caught.value.outcome == expected


HOOK = "https://hooks.example/webhooks/twilio_sms/551130000001"
ACTIVE = answer(200, {"status": "active"})


def numbers(*urls: str) -> bytes:
    return answer(200, {"incoming_phone_numbers": [{"sms_url": url} for url in urls]})


def check(*answers: bytes, **changed: str) -> str:
    """What an account with this number asks for last."""
    with wire(ACTIVE, *answers) as provider:
        twilio_sms.check("551130000001", {**KEYS, **changed}, through(Http(provider.url)))
    return provider.requests[-1][0].split()[1]


def test_an_account_that_works_is_silent() -> None:
    url = "/api.twilio.com/2010-04-01/Accounts/AC1/IncomingPhoneNumbers.json?PhoneNumber=%2B551130000001"
    assert check(numbers(HOOK)) == url
    assert check(numbers("https://elsewhere.example"), messaging_service_sid="MG1") == url
    with wire(ACTIVE) as provider:
        twilio_whatsapp.check("551130000001", KEYS, through(Http(provider.url)))


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (numbers(), "fix_account"),
        (numbers("https://elsewhere.example/sms"), "fix_account"),
        (numbers(""), "fix_account"),
        (answer(500, {}), "unknown"),
    ],
)
def test_a_number_that_is_not_ours_or_calls_elsewhere_is_told_of(told: bytes, outcome: str) -> None:
    with pytest.raises(SendFailed) as caught:
        check(told)
    assert caught.value.outcome == outcome
