from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Request, meta
from recado.errors import Forged

from tests.channels.bodies import sample

SECRETS = {"app_secrets": ["current", "previous"], "verify_token": "let-me-in"}
BODY = rb'{"object":"whatsapp_business_account","text":"\u00e4 \/ <"}'


def post(body: bytes, signature: str | None) -> Request:
    headers = {"x-hub-signature-256": signature} if signature is not None else {}
    return Request("POST", "/webhooks/whatsapp", {}, headers, body)


def greeting(**query: str) -> Request:
    return Request(
        "GET", "/webhooks/whatsapp", {f"hub.{key}": value for key, value in query.items()}, {}, b""
    )


def test_the_signature_is_hmac_sha256_with_the_secret_as_key() -> None:
    known = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"  # RFC 4231, case 2
    meta.verify(post(b"what do ya want for nothing?", known), {"app_secrets": ["Jefe"]})


@pytest.mark.parametrize("secret", ["current", "previous"])
def test_both_secrets_of_a_rotation_are_live(secret: str) -> None:
    meta.verify(post(BODY, meta.sign(BODY, secret)), SECRETS)


def test_a_secret_beyond_the_two_live_ones_is_retired() -> None:
    with pytest.raises(Forged):
        meta.verify(post(BODY, meta.sign(BODY, "older")), {"app_secrets": ["current", "previous", "older"]})


GOOD = meta.sign(BODY, "current")


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        GOOD.removeprefix("sha256="),
        GOOD.upper(),
        "sha256=" + GOOD.removeprefix("sha256=").upper(),
        GOOD.replace("sha256", "sha1"),
        GOOD + " ",
        GOOD + "\n",
        GOOD[:-1],
        f"{GOOD},{GOOD}",
        meta.sign(BODY, "someone else's"),
        "sha256=" + "é" * 64,
    ],
)
def test_a_signature_of_any_other_form_is_forged(signature: str | None) -> None:
    with pytest.raises(Forged):
        meta.verify(post(BODY, signature), SECRETS)


def test_a_body_written_again_is_forged() -> None:
    with pytest.raises(Forged):
        meta.verify(post(BODY.replace(b"\\/", b"/"), GOOD), SECRETS)


@given(place=st.integers(0, len(BODY) - 1), bit=st.integers(0, 7))
def test_no_bit_of_the_body_can_change(place: int, bit: int) -> None:
    changed = bytearray(BODY)
    changed[place] ^= 1 << bit
    with pytest.raises(Forged):
        meta.verify(post(bytes(changed), GOOD), SECRETS)


@pytest.mark.parametrize("secrets", [{}, {"app_secrets": []}, {"app_secrets": [""]}, {"app_secrets": ["  "]}])
def test_an_unset_secret_lets_nothing_in_even_when_the_signature_fits_it(secrets: dict[str, object]) -> None:
    for key in ("", "  "):
        with pytest.raises(Forged):
            meta.verify(post(BODY, meta.sign(BODY, key)), secrets)


def test_a_secret_that_is_text_and_no_list_lets_nothing_in() -> None:
    with pytest.raises(Forged):
        meta.verify(post(BODY, meta.sign(BODY, "c")), {"app_secrets": "current"})


def test_the_handshake_gives_the_challenge_back_untouched() -> None:
    challenge = "<script>alert(1)</script>"
    request = greeting(mode="subscribe", verify_token="let-me-in", challenge=challenge)
    assert meta.handshake(request, SECRETS) == challenge


@pytest.mark.parametrize(
    "query",
    [
        {"verify_token": "let-me-in", "challenge": "1"},
        {"mode": "unsubscribe", "verify_token": "let-me-in", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "let-me-out", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "ö\ud83d", "challenge": "1"},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "let-me-in"},
        {"mode": "subscribe", "verify_token": "let-me-in", "challenge": "1" * 1025},
    ],
)
def test_any_other_handshake_is_forged(query: dict[str, str]) -> None:
    with pytest.raises(Forged):
        meta.handshake(greeting(**query), SECRETS)


@pytest.mark.parametrize("token", [None, "", " "])
def test_an_unset_verify_token_greets_nobody(token: str | None) -> None:
    request = greeting(mode="subscribe", verify_token=token or "", challenge="1")
    with pytest.raises(Forged):
        meta.handshake(request, {"verify_token": token})


def test_the_sample_events_are_signed_and_greet_with_the_sample_secrets() -> None:
    secrets = {"app_secrets": ["sample-app-secret"], "verify_token": "sample-verify-token"}
    event = sample("intake_message")
    meta.verify(Request("POST", event["rawPath"], {}, event["headers"], event["body"].encode()), secrets)
    hello = sample("intake_handshake")
    request = Request("GET", hello["rawPath"], hello["queryStringParameters"], hello["headers"], b"")
    assert meta.handshake(request, secrets) == "1158201444"
