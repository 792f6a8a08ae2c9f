"""Whether a person sent a form, asked of a provider at the other end of a real socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from recado.channels import captcha, http
from recado.errors import Forged, Unavailable

from tests.channels.wire import Wire, answer, wire

SECRETS = {"captcha_provider": "turnstile", "captcha_secrets": ["s-new", "s-old"]}
FIELDS = {"cf-turnstile-response": "token-1"}


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The stage "local", whose providers are all at one address; its client is made anew."""
    monkeypatch.setenv("STAGE", "local")
    http.client.cache_clear()
    yield monkeypatch
    http.client.cache_clear()


def asked(local: pytest.MonkeyPatch, *answers: bytes | None) -> Iterator[Wire]:
    with wire(*answers) as provider:
        local.setenv("PROVIDERS_URL", provider.url)
        yield provider


PASSED, REFUSED = answer(200, {"success": True}), answer(200, {"success": False})


def test_a_person_passes_and_their_address_is_not_told(local: pytest.MonkeyPatch) -> None:
    for provider in asked(local, PASSED):
        captcha.verify(FIELDS, SECRETS)
        ((head, body),) = provider.requests
        assert head.startswith("POST /challenges.cloudflare.com/turnstile/v0/siteverify ")
        assert body == "secret=s-new&response=token-1"


def test_hcaptcha_is_asked_for_its_own_field(local: pytest.MonkeyPatch) -> None:
    for provider in asked(local, PASSED):
        captcha.verify({"h-captcha-response": "t"}, {**SECRETS, "captcha_provider": "hcaptcha"})
        assert provider.requests[0][0].startswith("POST /api.hcaptcha.com/siteverify ")


def test_while_its_secret_is_changed_both_are_tried(local: pytest.MonkeyPatch) -> None:
    for provider in asked(local, REFUSED, PASSED):
        captcha.verify(FIELDS, SECRETS)
        assert len(provider.requests) == 2


def test_a_machine_does_not_pass(local: pytest.MonkeyPatch) -> None:
    for _ in asked(local, REFUSED, REFUSED):
        with pytest.raises(Forged):
            captcha.verify(FIELDS, SECRETS)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"success": "true"}', b'{"success": 1}'])
def test_only_a_clear_yes_is_one(local: pytest.MonkeyPatch, body: bytes) -> None:
    told = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)
    for _ in asked(local, told, told):
        with pytest.raises(Forged):
            captcha.verify(FIELDS, SECRETS)


@pytest.mark.parametrize("said", [b"", answer(503, {"success": True})])
def test_a_provider_that_does_not_answer_lets_nobody_through(local: pytest.MonkeyPatch, said: bytes) -> None:
    for _ in asked(local, said):
        with pytest.raises(Unavailable):
            captcha.verify(FIELDS, SECRETS)


@pytest.mark.parametrize(
    ("fields", "secrets"),
    [
        ({}, SECRETS),
        ({"cf-turnstile-response": "t" * 5000}, SECRETS),
        ({"h-captcha-response": "t"}, SECRETS),
        (FIELDS, {**SECRETS, "captcha_provider": "guess"}),
        (FIELDS, {"captcha_secrets": [""]}),
        (FIELDS, {"captcha_secrets": "s"}),
    ],
)
def test_without_a_token_or_a_whole_setting_nobody_is_asked_and_nobody_passes(
    fields: dict[str, str], secrets: dict[str, object]
) -> None:
    with pytest.raises(Forged):
        captcha.verify(fields, secrets)


def test_a_form_without_a_captcha_asks_nobody() -> None:
    captcha.verify({}, {"origins": ["https://clinic.example"]})
