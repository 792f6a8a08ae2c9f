from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import http, pinned
from recado.channels.http import Http, may_reach
from recado.errors import Outcome, SendFailed

from tests.channels.wire import answer, wire

URL = "https://graph.facebook.com/x"


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def failure(client: Http, url: str) -> Outcome:
    with pytest.raises(SendFailed) as caught:
        client.post_json(url, {"to": "+5511987654321"}, {})
    assert "+55" not in str(caught.value)
    return caught.value.outcome


@pytest.mark.parametrize(
    "url",
    [
        "https://graph.facebook.com/v25.0/1/messages",
        "https://graph.facebook.com:443/x",
        "https://GRAPH.facebook.com/x",
        f"https://{'a' * 63}.xx.fbcdn.net/x",
        "https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/file",
    ],
)
def test_a_provider_s_host_may_be_reached(url: str) -> None:
    assert may_reach(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://graph.facebook.com/x",
        "https://graph.facebook.com:8443/x",
        "https://graph.facebook.com.evil.example/x",
        "https://evil.example/graph.facebook.com",
        "https://graph.facebook.com@evil.example/x",
        "https://user@graph.facebook.com/x",
        "https://evil.example\\@graph.facebook.com/x",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:8080/graph",
        "http://localhost/x",
        "http://[::1]/x",
        "http://2130706433/x",
        "https://graph.facebook.com:99999/x",
        "https://[graph.facebook.com/x",
        "file:///etc/passwd",
        "https://graph.facebook.com/\n.evil.example",
        "https://graph.face\tbook.com/x",
        "https://graph.facebook.com\\@evil.example/x",
        "https://graph.facebook.com /x",
        "https://graph.facebооk.com/x",
        "https://xn--grph-5qa.facebook.com/x",
        "https://graph.facebook.com./x",
        "https://graph.facebook.com@/x",
        "https://:@graph.facebook.com/x",
        "https://graph.facebook.com:80/x",
        "https://graph.facebook.com:0443x/x",
        f"https://{'a' * 64}.fbcdn.net/x",
        f"https://{'a.' * 2}{'a' * 64}.cdninstagram.com/x",
        "https://s3-external-1.amazonaws.com/another-bucket/a",
        "https://s3-external-1.amazonaws.com/media.twiliocdn.com.evil/a",
        "https://s3-external-1.amazonaws.com@evil.example/media.twiliocdn.com/a",
        "https://LOOKASIDE.fbsbx.com.169.254.169.254/x",
        "//graph.facebook.com/x",
        "",
    ],
)
def test_no_other_address_may(url: str) -> None:
    assert not may_reach(url)
    assert failure(Http(), url) == "fix_account"


def no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)


def test_the_fakes_are_on_loopback_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    no_such_host(monkeypatch)
    assert failure(Http("http://fakes.example:9000"), URL) == "retry"


@pytest.mark.parametrize("stage", ["prod", ""])
def test_the_fakes_exist_on_a_laptop_only(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    no_such_host(monkeypatch)
    with wire() as provider:
        monkeypatch.setenv("PROVIDERS_URL", provider.url)
        monkeypatch.setenv("STAGE", stage)
        assert failure(http.client.__wrapped__(), URL) == "retry"


def test_an_answer_of_any_status_is_an_answer() -> None:
    with wire(answer(400, {"error": {"code": 100}}, "Retry-After: 7")) as provider:
        said = Http(provider.url).post_json(URL, {"a": "é"}, {"authorization": "Bearer t"})
    assert (said.status, said.json(), said.headers["retry-after"]) == (400, {"error": {"code": 100}}, "7")
    ((head, body),) = provider.requests
    assert head.startswith("POST /graph.facebook.com/x HTTP/1.1")
    assert "bearer t" in head.lower()
    assert body == {"a": "é"}


def test_a_refused_connection_is_certainly_not_sent() -> None:
    assert failure(Http(closed_port()), URL) == "retry"


def test_a_host_without_a_name_is_certainly_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    no_such_host(monkeypatch)
    assert failure(Http(), URL) == "retry"


def test_a_provider_that_hangs_up_leaves_the_outcome_unknown() -> None:
    with wire(b"") as provider:
        assert failure(Http(provider.url), URL) == "unknown"


def test_half_an_answer_leaves_the_outcome_unknown() -> None:
    with wire(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{") as provider:
        assert failure(Http(provider.url), URL) == "unknown"


def test_no_http_at_all_leaves_the_outcome_unknown() -> None:
    with wire(b"SSH-2.0-OpenSSH\r\n\r\n") as provider:
        assert failure(Http(provider.url), URL) == "unknown"


def test_a_silent_provider_leaves_the_outcome_unknown() -> None:
    with wire(None) as provider:
        assert failure(Http(provider.url, read_s=0.1), URL) == "unknown"


def test_it_sends_once_and_follows_no_redirect() -> None:
    with wire(answer(307, {}, "location: /elsewhere"), answer(200, {})) as provider:
        said = Http(provider.url).post_json(URL, {}, {})
        assert said.status == 307
        assert len(provider.requests) == 1


def test_an_endless_answer_is_read_up_to_the_limit() -> None:
    with wire(answer(200, "x" * (http.MAX_ANSWER * 2))) as provider:
        said = Http(provider.url).post_json(URL, {}, {})
    assert len(said.body) == http.MAX_ANSWER
    assert said.json() == {}


def fetched(url: str, client: Http | None = None) -> Outcome:
    with pytest.raises(SendFailed) as caught:
        (client or Http()).get(url, {"authorization": "Bearer sample"})
    return caught.value.outcome


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", "http://graph.facebook.com/x", "https://a@graph.facebook.com/"]
)
def test_a_file_is_fetched_from_no_other_host(url: str) -> None:
    assert fetched(url) == "fix_account"


INNER = [
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255",  # noqa: S104
    "100.64.0.1", "100.127.255.254", "169.254.169.254", "169.254.170.2", "169.254.0.1", "172.16.0.1",
    "172.31.255.254", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.168.0.1", "192.168.255.254", "198.18.0.1",
    "198.19.255.254", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.88.99.1", "192.88.99.255", "3fff::1", "3fff:fff:ffff::1", "2620:4f:8000::1",
    "::", "::1", "::2", "::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::ffff:0:7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b::8.8.8.8", "64:ff9b:1::1", "64:ff9b:1:fffe::1", "100::1", "2001::1", "2001:0:4136:e378::1",
    "2001:2::1", "2001:10::1", "2001:db8::1", "2001:db8:ffff::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1",
    "2002:a00:1::", "2002:808:808::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::1",
    "fe80::1%eth0", "fe80::a9fe:a9fe", "febf::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1", "ff05::1:3",
]  # fmt: skip
"""Addresses that are not anybody's on the internet, or may hide one that is not."""


class Trap:
    """Stands for every connection that could be made, and for every name that could be looked up."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.connected: list[object] = []

    def look_up(self, *_: object, **__: object) -> list[tuple[object, ...]]:
        kinds = [socket.AF_INET6 if ":" in one else socket.AF_INET for one in self.addresses]
        ends = zip(kinds, self.addresses, strict=True)
        return [(kind, socket.SOCK_STREAM, 6, "", (address, 443)) for kind, address in ends]

    def connect(self, address: object, *_: object) -> socket.socket:
        self.connected.append(address)
        raise ConnectionRefusedError


def trapped(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> Trap:
    trap = Trap(*addresses)
    monkeypatch.setattr(socket, "getaddrinfo", trap.look_up)
    monkeypatch.setattr(socket, "create_connection", trap.connect)
    return trap


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_leads_inside_is_not_connected_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for addresses in ([address], ["157.240.1.1", address], [address, "157.240.1.1"]):
        trap = trapped(monkeypatch, *addresses)
        assert fetched(URL) == "fix_request"
        assert trap.connected == []


@pytest.mark.parametrize("address", ["157.240.1.1", "8.8.8.8", "2a03:2880:f10c:83::1", "2606:4700::1111"])
def test_a_public_address_is_asked_for_itself_and_not_by_its_name_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = trapped(monkeypatch, address)
    assert fetched(URL) == "retry"
    assert trap.connected == [(address, 443)]


def test_the_certificate_must_be_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def wrap(context: ssl.SSLContext, plain: socket.socket, *, server_hostname: str) -> socket.socket:
        asked.extend([server_hostname, context.check_hostname, context.verify_mode])
        plain.close()
        raise ssl.SSLCertVerificationError

    trapped(monkeypatch, "157.240.1.1")
    monkeypatch.setattr(socket, "create_connection", lambda *_: socket.socket())
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    assert fetched(URL) == "retry"
    assert asked == ["graph.facebook.com", True, ssl.CERT_REQUIRED]


def test_a_file_comes_with_its_headers_and_what_was_asked_with() -> None:
    with wire(answer(200, "x", "Content-Type: image/png")) as provider:
        said = Http(provider.url).get(f"{URL}?a=1&b=%20", {"authorization": "Bearer t"})
    assert (said.status, said.body, said.headers["content-type"]) == (200, b'"x"', "image/png")
    assert provider.requests[0][0].startswith("GET /graph.facebook.com/x?a=1&b=%20 HTTP/1.1")
    assert "bearer t" in provider.requests[0][0].lower()


def test_a_redirect_of_a_file_is_not_followed() -> None:
    with wire(answer(302, {}, "Location: http://169.254.169.254/"), answer(200, {})) as provider:
        said = Http(provider.url).get(URL, {})
        assert (said.status, said.headers["location"]) == (302, "http://169.254.169.254/")
        assert len(provider.requests) == 1


def test_an_endless_file_is_read_up_to_the_limit() -> None:
    with wire(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000) as provider:
        assert Http(provider.url).get(URL, {}, 1000).body == b"x" * 1000


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nx-slow: ", b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n"]
)
def test_a_server_that_only_drips_is_cut(head: bytes) -> None:
    with dripping(head) as url:
        began = time.monotonic()
        assert fetched(URL, Http(url, total_s=0.4)) == "retry"
        assert time.monotonic() - began < 3


def test_who_lets_us_wait_for_the_connection_has_no_more_time_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connect = socket.create_connection

    def late(*where: object, **how: object) -> socket.socket:
        time.sleep(0.3)
        return connect(*where, **how)  # type: ignore[arg-type]

    with dripping(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n") as url:
        monkeypatch.setattr(socket, "create_connection", late)
        began = time.monotonic()
        assert fetched(URL, Http(url, total_s=0.2)) == "retry"
        assert time.monotonic() - began < 3


@contextmanager
def dripping(head: bytes) -> Iterator[str]:
    """A server that goes on for ever, a byte at a time."""
    done = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(head)
            while not done.wait(0.02):
                connection.sendall(b"a")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        done.set()
        thread.join()
        listener.close()


@pytest.mark.parametrize("said", [b"", b"SSH-2.0\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"])
def test_a_file_that_does_not_come_whole_may_be_asked_for_again(said: bytes) -> None:
    with wire(said) as provider:
        assert fetched(URL, Http(provider.url)) == "retry"


@given(st.ip_addresses())
def test_no_address_breaks_the_check(address: IPv4Address | IPv6Address) -> None:
    assert pinned.is_public(str(address)) in (True, False)


@given(st.text())
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not pinned.is_public(f"{text}x")
