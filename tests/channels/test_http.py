from __future__ import annotations

import socket

import pytest
from recado.channels import http
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
