"""What every channel must do, whoever the provider is. A new channel is covered by being in the registry."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import MODULES, Channel, Received, Request, channel, whatsapp
from recado.errors import Forged, NotFound

NAMES = sorted(MODULES)
HEAVY = ("pydantic", "urllib3", "botocore", "boto3", "phonenumbers", "pynamodb", "babel")


def test_a_module_is_a_channel() -> None:
    typed: Channel = whatsapp
    assert channel("whatsapp") is typed


def test_an_unknown_channel_is_not_found() -> None:
    with pytest.raises(NotFound):
        channel("telepathy")


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_knows_its_own_name(name: str) -> None:
    assert name == channel(name).NAME


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("secrets", [{}, {"app_secrets": None}, {"app_secrets": []}, {"app_secrets": [""]}])
def test_without_a_secret_nothing_is_genuine(name: str, secrets: dict[str, object]) -> None:
    with pytest.raises(Forged):
        channel(name).verify(Request("POST", "/", {}, {}, b"{}"), secrets)
    with pytest.raises(Forged):
        channel(name).handshake(Request("GET", "/", {}, {}, b""), secrets)


@pytest.mark.parametrize("name", NAMES)
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_body_is_ever_lost_and_none_raises(name: str, body: bytes) -> None:
    (kept,) = channel(name).parse(Request("POST", "/", {}, {}, body))
    assert not isinstance(kept, Received)
    assert kept.raw == body


@pytest.mark.parametrize("name", NAMES)
def test_the_webhook_imports_nothing_heavy(name: str) -> None:
    program = f"import sys, {MODULES[name]}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603 - our own
    assert json.loads(done.stdout) == []
