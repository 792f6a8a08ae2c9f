"""Telegram is told our address by us, and asked who the bot is; what is wrong has a name."""

from __future__ import annotations

from typing import Any

import pytest
from recado.channels import telegram, telegram_updates, whatsapp
from recado.channels.http import Http
from recado.channels.needs import Registers
from recado.channels.telegram_send import UPDATES
from recado.errors import SendFailed
from recado.rules.accounts import PROBLEMS

from tests.channels.wire import answer, through, wire

TOKEN = {"bot_token": "9001:AAsecret"}
URL = "https://hooks.example/webhooks/telegram/9001"


def said(status: int, **result: Any) -> bytes:
    return answer(status, {"ok": status == 200, "result": result})


def checked(*answers: bytes) -> SendFailed:
    with wire(*answers) as provider, pytest.raises(SendFailed) as caught:
        telegram.check("9001", TOKEN, through(Http(provider.url)))
    return caught.value


def test_telegram_is_told_the_address_the_newest_secret_and_every_kind_of_update_that_is_read() -> None:
    with wire(answer(200, {"ok": True, "result": True})) as provider:
        telegram.register(TOKEN, {"secret_tokens": ["new", "old"]}, URL, through(Http(provider.url)))
    ((head, told),) = provider.requests
    assert head.startswith("POST /api.telegram.org/bot9001:AAsecret/setWebhook ")
    assert told == {"url": URL, "secret_token": "new", "allowed_updates": list(UPDATES)}
    assert set(telegram_updates.READERS) <= set(UPDATES)


@pytest.mark.parametrize("secrets", [{}, {"secret_tokens": []}])
def test_without_a_secret_nothing_is_registered(secrets: dict[str, Any]) -> None:
    """Telegram would send without one, and no update could be told from a forged one."""
    with wire() as provider, pytest.raises(SendFailed) as caught:
        telegram.register(TOKEN, secrets, URL, through(Http(provider.url)))
    assert caught.value.provider_code == "secrets_missing"
    assert provider.requests == []


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_that_telegram_does_not_know_is_refused(status: int) -> None:
    with wire(answer(status, {"ok": False})) as provider, pytest.raises(SendFailed) as caught:
        telegram.register(TOKEN, {"secret_tokens": ["a"]}, URL, through(Http(provider.url)))
    assert (caught.value.outcome, caught.value.provider_code) == ("fix_account", "refused")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ((said(401), said(401)), "refused"),
        ((said(200, id=9002), said(200, url=URL)), "another_account"),
        ((said(200, id=9001), said(200, url="")), "webhook_elsewhere"),
        ((said(200, id=9001), said(200, url="https://other.example/hook")), "webhook_elsewhere"),
    ],
)
def test_what_is_wrong_with_a_bot_has_a_name_that_can_be_told(
    answers: tuple[bytes, ...], problem: str
) -> None:
    failure = checked(*answers)
    assert failure.provider_code == problem
    assert problem in PROBLEMS
    assert "AAsecret" not in str(failure)


def test_only_a_channel_whose_provider_takes_our_address_from_us_registers() -> None:
    assert isinstance(telegram, Registers)
    assert not isinstance(whatsapp, Registers)
