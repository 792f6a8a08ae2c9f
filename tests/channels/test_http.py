from __future__ import annotations

import socket

import pytest
from recado.channels import http
from recado.channels.http import Http
from recado.errors import Outcome, SendFailed

from tests.channels.wire import answer, wire


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
    assert Http().may_reach(url)


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
    client = Http()
    assert not client.may_reach(url)
    assert failure(client, url) == "fix_account"


def test_the_local_provider_is_one_origin_and_only_loopback() -> None:
    local = Http("http://127.0.0.1:9000/graph/v25.0")
    assert local.may_reach("http://127.0.0.1:9000/graph/v25.0/1/messages")
    assert not local.may_reach("http://127.0.0.1:9001/graph/v25.0/1/messages")
    assert not local.may_reach("https://127.0.0.1:9000/graph/v25.0/1/messages")
    assert not Http("http://10.0.0.7:9000").may_reach("http://10.0.0.7:9000/x")


@pytest.mark.parametrize(("stage", "reached"), [("local", True), ("prod", False), ("", False)])
def test_the_local_provider_exists_on_a_laptop_only(
    stage: str, reached: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGE", stage)
    monkeypatch.setenv("GRAPH_URL", "http://127.0.0.1:9000")
    assert http.client.__wrapped__().may_reach("http://127.0.0.1:9000/x") is reached


def test_an_answer_of_any_status_is_an_answer() -> None:
    with wire(answer(400, {"error": {"code": 100}}, "Retry-After: 7")) as provider:
        said = Http(provider.url).post_json(f"{provider.url}/x", {"a": "é"}, {"authorization": "Bearer t"})
    assert (said.status, said.json(), said.headers["retry-after"]) == (400, {"error": {"code": 100}}, "7")
    ((head, body),) = provider.requests
    assert head.startswith("POST /v25.0/x HTTP/1.1")
    assert "bearer t" in head.lower()
    assert body == {"a": "é"}


def test_a_refused_connection_is_certainly_not_sent() -> None:
    url = closed_port()
    assert failure(Http(url), url) == "retry"


def test_a_host_without_a_name_is_certainly_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert failure(Http(), "https://graph.facebook.com/x") == "retry"


def test_a_provider_that_hangs_up_leaves_the_outcome_unknown() -> None:
    with wire(b"") as provider:
        assert failure(Http(provider.url), provider.url) == "unknown"


def test_half_an_answer_leaves_the_outcome_unknown() -> None:
    with wire(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{") as provider:
        assert failure(Http(provider.url), provider.url) == "unknown"


def test_no_http_at_all_leaves_the_outcome_unknown() -> None:
    with wire(b"SSH-2.0-OpenSSH\r\n\r\n") as provider:
        assert failure(Http(provider.url), provider.url) == "unknown"


def test_a_silent_provider_leaves_the_outcome_unknown() -> None:
    with wire(None) as provider:
        assert failure(Http(provider.url, read_s=0.1), provider.url) == "unknown"


def test_it_sends_once_and_follows_no_redirect() -> None:
    with wire(answer(307, {}, "location: /elsewhere"), answer(200, {})) as provider:
        said = Http(provider.url).post_json(f"{provider.url}/x", {}, {})
        assert said.status == 307
        assert len(provider.requests) == 1


def test_an_endless_answer_is_read_up_to_the_limit() -> None:
    with wire(answer(200, "x" * (http.MAX_ANSWER * 2))) as provider:
        said = Http(provider.url).post_json(provider.url, {}, {})
    assert len(said.body) == http.MAX_ANSWER
    assert said.json() == {}
