"""Twilio's signature, on the vectors of its own documentation and libraries, and on what breaks verifiers."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Request, twilio
from recado.channels.requests import by_http
from recado.errors import Forged

from tests.channels.bodies import EVENTS

TOKEN = "12345"
SECRETS = {"auth_tokens": [TOKEN]}
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
CALL = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
    "Caller": "+14158675309",
}


def post(body: bytes, signature: str, url: str = URL) -> Request:
    return Request("POST", "/", {}, {twilio.HEADER: signature}, body, url)


def signed(body: bytes, url: str = URL) -> Request:
    """As whoever holds the token would sign a form."""
    return post(body, twilio.signature(url.encode() + twilio.signed_fields(body), TOKEN), url)


def genuine(request: Request) -> bool:
    try:
        twilio.verify(request, SECRETS)
    except Forged:
        return False
    return True


def test_the_documented_example() -> None:
    body = urlencode(CALL).encode()
    assert genuine(post(body, "RSOYDt4T1cUTdK1PDd93/VVr8B8="))
    assert not genuine(post(body.replace(b"1234&", b"9999&"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="))


@pytest.mark.parametrize(
    ("url", "signature"),
    [
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("http://mycompany.com/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ],
)
def test_twilio_may_or_may_not_count_the_port(url: str, signature: str) -> None:
    assert genuine(post(urlencode(CALL).encode(), signature, url))


def test_of_a_repeated_field_each_value_counts_once_and_in_order() -> None:
    body = b"Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234"
    assert genuine(post(body, "IK+Dwps556ElfBT0I3Rgjkr1wJU="))


def test_json_is_signed_by_its_hash() -> None:
    body = b'{"property": "value", "boolean": true}'
    url = f"{URL}&bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert genuine(post(body, "a9nBmqA0ju/hNViExpshrM61xv4=", url))
    assert not genuine(post(body.replace(b"true", b"false"), "a9nBmqA0ju/hNViExpshrM61xv4=", url))
    assert not genuine(post(b"", "a9nBmqA0ju/hNViExpshrM61xv4=", url))


def test_a_get_signs_its_address_and_brings_no_body() -> None:
    asked = Request("GET", "/", {}, {twilio.HEADER: twilio.signature(URL.encode(), TOKEN)}, b"", URL)
    assert genuine(asked)
    assert not genuine(asked._replace(body=b"Body=Hi"))
    assert not genuine(asked._replace(method="POST", body=b"Body=Hi"))


@pytest.mark.parametrize(
    "body",
    [
        b"Body=&From=%2B1",
        b"Body=+hi++&From=%2B1",
        b"Body=caf%E9",
        b"Body=50%&New%2DField=%zz",
        b"b=1&B=2&a=3&%C3%A9=4&_=5",
        b"flag&Body=1",
        "Body=olá".encode(),
        b"Body=a%00b&&",
        b"",
    ],
)
def test_fields_are_signed_as_they_came(body: bytes) -> None:
    assert genuine(signed(body))
    assert not genuine(signed(body)._replace(body=body + b"&Extra=1"))


@pytest.mark.parametrize("query", ["?ref=c-1", "?a=it's&b=%7e~", "?b=2&a=1", "?x=%E9&y=a+b", "?a="])
def test_the_query_is_signed_as_it_was_sent(query: str) -> None:
    url = f"https://hooks.example/webhooks/twilio_sms/55{query}"
    request = signed(b"Body=1", url)
    assert genuine(request)
    assert genuine(request._replace(url=f"{url}#rc=2"))
    assert not genuine(request._replace(url=f"{url}1"))


@pytest.mark.parametrize("header", ["", "=", "é", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "\ud800", "a" * 5000])
def test_what_is_no_signature_is_forged(header: str) -> None:
    assert not genuine(post(urlencode(CALL).encode(), header))


@pytest.mark.parametrize("url", ["", "https://[::1", "nonsense", "https://a.example:port/"])
def test_without_an_address_nothing_is_genuine(url: str) -> None:
    assert not genuine(post(b"Body=1", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url))


@pytest.mark.parametrize("path", sorted(EVENTS.glob("twilio_*.json")), ids=lambda path: path.stem)
def test_our_samples_are_genuine(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    _, request = by_http(json.loads(path.read_text()))
    twilio.verify(request, {"auth_tokens": ["sample-auth-token"]})


def test_more_fields_than_twilio_has_are_not_sorted() -> None:
    assert not genuine(signed(b"a=1&b=2")._replace(body=b"&".join(b"a=1" for _ in range(2000))))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_form_is_signed_as_what_it_means(name: bytes, value: bytes) -> None:
    body = urlencode([(b"Body", b"1"), (name, value)]).encode()
    twilio.verify(signed(body), SECRETS)
    assert name + value in twilio.signed_fields(body) or (name, value) == (b"", b"")
