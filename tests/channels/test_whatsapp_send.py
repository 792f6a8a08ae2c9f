from __future__ import annotations

from typing import Any

import pytest
from recado.channels import File, Outgoing, Sent, whatsapp
from recado.channels.http import Http, may_reach
from recado.channels.meta_graph import GRAPH_URL
from recado.channels.whatsapp_codes import BY_CODE, CODES, outcome
from recado.errors import SendFailed

from tests.channels.wire import answer, through, wire

TOKEN = {"access_token": "token-1"}
HELLO = Outgoing(reference="c-1", to="5511987654321", text="Olá")
ACCEPTED = {
    "messaging_product": "whatsapp",
    "contacts": [{"wa_id": "5511"}],
    "messages": [{"id": "wamid.out"}],
}
ENVELOPE = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+5511987654321"}


def send(monkeypatch: pytest.MonkeyPatch, *answers: bytes, outgoing: Outgoing = HELLO) -> tuple[Sent, Any]:
    with wire(*answers) as provider:
        sent = whatsapp.send("100000000000001", TOKEN, outgoing, through(Http(provider.url)))
    return sent, provider.requests[0]


def failed(monkeypatch: pytest.MonkeyPatch, status: int, body: object, *headers: str) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        send(monkeypatch, answer(status, body, *headers))
    return caught.value


def test_a_text_goes_to_the_number_s_own_address_with_our_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    sent, (head, body) = send(monkeypatch, answer(200, ACCEPTED))
    assert sent == Sent("wamid.out")
    assert head.startswith("POST /graph.facebook.com/v25.0/100000000000001/messages ")
    assert "authorization: Bearer token-1" in head
    assert body == {
        **ENVELOPE,
        "type": "text",
        "text": {"body": "Olá", "preview_url": False},
        "biz_opaque_callback_data": "c-1",
    }


def test_it_goes_to_meta() -> None:
    assert may_reach(GRAPH_URL)


LOOKASIDE = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7"


def fetched(*answers: bytes) -> tuple[File, list[tuple[str, Any]]]:
    with wire(*answers) as provider:
        file = whatsapp.fetch("1", TOKEN, {"id": "7"}, through(Http(provider.url)))
    return file, provider.requests


def test_a_file_is_where_meta_says_and_asked_for_with_the_token() -> None:
    told = {"url": LOOKASIDE, "mime_type": "image/jpeg"}
    file, asked = fetched(answer(200, told), answer(200, "bytes"))
    assert file == File(b'"bytes"', "image/jpeg")
    assert asked[0][0].startswith("GET /graph.facebook.com/v25.0/7 ")
    assert asked[1][0].startswith("GET /lookaside.fbsbx.com/")
    assert all("authorization: bearer token-1" in head.lower() for head, _ in asked)


def test_no_other_host_is_shown_the_token() -> None:
    told = {"url": "https://scontent.xx.fbcdn.net/v/7", "mime_type": "image/jpeg"}
    _, asked = fetched(answer(200, told), answer(200, "bytes"))
    assert "authorization" not in asked[1][0].lower()


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([answer(404, {"error": {"code": 100}})], "fix_request"),
        ([answer(401, {"error": {"code": 190}})], "fix_account"),
        ([answer(200, {"url": "https://files.example/7"})], "fix_account"),
        ([answer(200, {"url": LOOKASIDE}), answer(404, {})], "fix_request"),
        ([answer(200, {"url": LOOKASIDE}), answer(302, {}, "location: http://10.0.0.1/")], "fix_request"),
        ([answer(200, {"url": LOOKASIDE}), answer(503, {})], "retry"),
        ([answer(200, {"url": LOOKASIDE}), answer(429, {})], "retry"),
    ],
)
def test_a_file_that_is_not_there_is_given_up_and_trouble_is_not(answers: list[bytes], outcome: str) -> None:
    with pytest.raises(SendFailed) as caught:
        fetched(*answers)
    assert caught.value.outcome == outcome


def test_a_number_is_asked_for_before_it_is_used() -> None:
    with wire(answer(200, {"verified_name": "Clínica"}), answer(401, {"error": {"code": 190}})) as provider:
        whatsapp.check("100000000000001", TOKEN, through(Http(provider.url)))
        with pytest.raises(SendFailed, match="connect the account again") as caught:
            whatsapp.check("100000000000001", TOKEN, through(Http(provider.url)))
    assert caught.value.outcome == "fix_account"
    assert provider.requests[0][0].startswith("GET /graph.facebook.com/v25.0/100000000000001?fields=")


@pytest.mark.parametrize("credentials", [{}, {"access_token": ""}])
def test_without_a_token_nothing_leaves(credentials: dict[str, str]) -> None:
    with pytest.raises(SendFailed) as caught:
        whatsapp.send("1", credentials, HELLO, through(Http()))
    assert caught.value.outcome == "fix_account"


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, 130429, "retry"),
        (400, 131056, "retry"),
        (429, 80007, "retry"),
        (500, 130429, "retry"),  # a clear "not processed", whatever the HTTP status
        (400, 131000, "retry"),
        (500, 131000, "unknown"),
        (503, 131016, "unknown"),
        (500, 424242, "unknown"),
        (400, 131047, "template_only"),
        (400, 131049, "wait"),
        (400, 131050, "opted_out"),
        (400, 368, "opted_out"),
        (400, 131026, "bad_address"),
        (400, 131062, "bad_address"),
        (404, 132001, "fix_request"),
        (400, 100, "fix_request"),
        (401, 190, "fix_account"),
        (403, 200, "fix_account"),
        (403, 299, "fix_account"),
        (400, 0, "fix_account"),
        (400, 424242, "fix_account"),
    ],
)
def test_the_code_decides_the_outcome(
    status: int, code: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = {"error": {"code": code, "message": f"(#{code}) to +5511987654321"}}
    failure = failed(monkeypatch, status, error)
    assert (failure.outcome, failure.provider_code) == (expected, code)
    assert "5511987654321" not in str(failure)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (500, "unknown"),
        (502, "unknown"),
        (504, "unknown"),
        (408, "unknown"),
        (429, "retry"),
        (401, "fix_account"),
        (403, "fix_account"),
        (404, "fix_account"),
        (302, "fix_account"),
        (400, "fix_request"),
        (413, "fix_request"),
    ],
)
@pytest.mark.parametrize("body", [{}, [], "<html>", {"error": "no object"}, {"error": {"code": "no number"}}])
def test_without_a_code_the_status_decides(
    status: int, expected: str, body: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failed(monkeypatch, status, body).outcome == expected


@pytest.mark.parametrize(
    "body", [{}, [], None, {"messages": []}, {"messages": {}}, {"messages": [{}]}, {"messages": [{"id": ""}]}]
)
def test_accepted_without_an_id_is_unknown(body: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failed(monkeypatch, 200, body).outcome == "unknown"


def test_an_error_under_http_200_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failed(monkeypatch, 200, {"error": {"code": 131047}, **ACCEPTED}).outcome == "template_only"


@pytest.mark.parametrize(
    ("code", "headers", "seconds"),
    [
        (131049, [], 86_400),
        (131056, [], 4),
        (131056, ["Retry-After: 30"], 30),
        (130429, [], None),
        (130429, ["Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"], None),
    ],
)
def test_how_long_to_wait_is_told_where_it_is_known(
    code: int, headers: list[str], seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert failed(monkeypatch, 400, {"error": {"code": code}}, *headers).retry_after == seconds


def test_no_code_has_two_outcomes() -> None:
    assert sum(len(codes) for codes in CODES.values()) == len(BY_CODE)


def test_a_server_s_own_trouble_is_never_repeated_blindly() -> None:
    assert {outcome(code, 500) for code in (None, 1, 2, 131000, 131016, 131057)} == {"unknown"}


@pytest.mark.parametrize(
    ("numbers", "problem"), [(["100000000000001"], None), (["2"], "another_account"), ([], "another_account")]
)
def test_a_business_account_is_the_accounts_own_only_where_it_lists_the_number(
    numbers: list[str], problem: str | None
) -> None:
    named = {**TOKEN, "business_account": "900"}
    listed = answer(200, {"data": [{"id": one} for one in numbers]})
    found: object = None
    with wire(answer(200, {"verified_name": "Clínica"}), listed) as provider:
        try:
            whatsapp.check("100000000000001", named, through(Http(provider.url)))
        except SendFailed as failure:
            found = failure.provider_code
    assert found == problem
    assert provider.requests[1][0].startswith("GET /graph.facebook.com/v25.0/900/phone_numbers?")
