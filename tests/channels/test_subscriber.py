"""Notices to a clinic's own system: signed as Standard Webhooks says, to a public address and no other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from recado.channels import http, pinned
from recado.channels.http import Http
from recado.channels.subscriber import Message, new_secret, post, signature
from recado.errors import Misconfigured, SendFailed

from tests.channels.test_http import INNER, trapped
from tests.channels.wire import answer, wire

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "https://ehr.example/recado?clinic=1"
MESSAGE = Message("20261123T140000000Z.avisit.1", 1_764_000_000, {"type": "appointment.booked", "data": "é"})


def test_a_message_is_signed_as_the_reference_implementations_sign_it() -> None:
    """The vector that libraries of Standard Webhooks share."""
    body = b'{"test": 2432232314}'
    signed = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_new_secret_is_one_that_libraries_take_and_never_the_same() -> None:
    one, other = new_secret(), new_secret()
    assert one != other
    assert one.startswith("whsec_")
    assert 24 <= len(base64.b64decode(one[6:], validate=True)) <= 64


def test_what_is_no_secret_signs_nothing() -> None:
    with pytest.raises(Misconfigured):
        signature("whsec_é", "m", 1, b"")


def test_a_receiver_can_verify_what_it_gets_with_either_secret_while_they_change() -> None:
    secrets = [new_secret(), new_secret()]
    with wire(answer(200, {})) as receiver:
        said = post(Http(receiver.url), URL, secrets, MESSAGE)
    ((head, body),) = receiver.requests
    lines = head.split("\r\n")
    headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:])}
    assert lines[0] == "POST /ehr.example/recado?clinic=1 HTTP/1.1"
    assert said.taken
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    expected = [
        "v1,"
        + base64.b64encode(hmac.new(base64.b64decode(one[6:]), signed, hashlib.sha256).digest()).decode()
        for one in secrets
    ]
    assert headers["webhook-signature"].split(" ") == expected
    assert "authorization" not in headers


@pytest.mark.parametrize(
    ("status", "taken", "gone"),
    [(200, True, False), (204, True, False), (301, False, False), (410, False, True), (500, False, False)],
)
def test_only_2xx_means_taken_and_no_redirect_is_followed(status: int, taken: bool, gone: bool) -> None:
    with wire(answer(status, {}, "location: http://169.254.169.254/"), answer(200, {})) as receiver:
        said = post(Http(receiver.url), URL, [SECRET], MESSAGE)
        assert (said.taken, said.gone, len(receiver.requests)) == (taken, gone, 1)


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("soon", None), ("9" * 20, None), ("-1", None)])
def test_a_receiver_may_ask_for_patience(told: str, seconds: float | None) -> None:
    with wire(answer(503, {}, f"retry-after: {told}")) as receiver:
        assert post(Http(receiver.url), URL, [SECRET], MESSAGE).retry_after == seconds


@pytest.mark.parametrize("said", [b"", b"SSH-2.0\r\n\r\n", None])
def test_no_answer_in_time_is_tried_again(said: bytes | None) -> None:
    with wire(said) as receiver, pytest.raises(SendFailed) as caught:
        post(Http(receiver.url, total_s=0.2), URL, [SECRET], MESSAGE)
    assert caught.value.outcome == "retry"


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_leads_into_a_network_is_not_connected_to(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for addresses in ([address], ["157.240.1.1", address]):
        trap = trapped(monkeypatch, *addresses)
        with pytest.raises(SendFailed) as caught:
            post(Http(), URL, [SECRET], MESSAGE)
        assert (caught.value.outcome, trap.connected) == ("fix_request", [])


def test_a_public_address_is_asked_for_itself_and_not_by_its_name_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trap = trapped(monkeypatch, "157.240.1.1")
    with pytest.raises(SendFailed) as caught:
        post(Http(), URL, [SECRET], MESSAGE)
    assert (caught.value.outcome, trap.connected) == ("retry", [("157.240.1.1", 443)])


@pytest.mark.parametrize(
    "url", ["http://ehr.example/", "https://ehr.example:8443/", "https://a:b@ehr.example/", "https://", "x"]
)
def test_nothing_but_plain_https_is_posted_to(url: str) -> None:
    assert not http.is_plain(url)
    with pytest.raises(SendFailed) as caught:
        post(Http(), url, [SECRET], MESSAGE)
    assert caught.value.outcome == "fix_request"


def test_a_receivers_answer_is_hardly_read() -> None:
    with wire(answer(200, "x" * 100_000)) as receiver:
        assert len(Http(receiver.url).post_anywhere(URL, b"{}", {}).body) == 4096
    assert pinned.TOTAL_S == 10
