from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import File, Media, Outgoing, Sent, Template, whatsapp
from recado.channels.http import Http, may_reach
from recado.channels.meta_graph import GRAPH_URL
from recado.channels.whatsapp_body import CHOOSE, request_body
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


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("5511987654321", {"to": "+5511987654321"}),
        ("+5511987654321", {"to": "+5511987654321"}),
        ("US.13491208655302741918", {"recipient": "US.13491208655302741918"}),
        ("user.93737", {"recipient": "user.93737"}),
    ],
)
def test_a_person_is_addressed_by_number_or_by_id(to: str, expected: dict[str, str]) -> None:
    body = request_body(HELLO._replace(to=to))
    assert {key: body[key] for key in ("to", "recipient") if key in body} == expected


def test_an_answer_quotes_the_message_it_answers() -> None:
    assert request_body(HELLO._replace(reply_to="wamid.in"))["context"] == {"message_id": "wamid.in"}


def test_a_template_with_named_values_and_buttons() -> None:
    template = Template(
        "reminder_24h",
        "pt-BR",
        {"name": "Maria\n Silva", "time": "09:30"},
        [("confirm:a1:1", "Confirmo"), ("cancel:a1:1", "Cancelo")],
    )
    assert request_body(HELLO._replace(template=template)) == {
        **ENVELOPE,
        "type": "template",
        "template": {
            "name": "reminder_24h",
            "language": {"code": "pt_BR"},
            "components": [
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "parameter_name": "name", "text": "Maria Silva"},
                        {"type": "text", "parameter_name": "time", "text": "09:30"},
                    ],
                },
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "0",
                    "parameters": [{"type": "payload", "payload": "confirm:a1:1"}],
                },
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "1",
                    "parameters": [{"type": "payload", "payload": "cancel:a1:1"}],
                },
            ],
        },
        "biz_opaque_callback_data": "c-1",
    }


def test_positional_values_go_in_the_order_of_their_numbers() -> None:
    template = Template("t", "es", {"2": "b", "10": "c", "1": "a"})
    (component,) = request_body(HELLO._replace(template=template))["template"]["components"]
    assert component["parameters"] == [{"type": "text", "text": text} for text in ("a", "b", "c")]


def test_a_template_without_values_has_no_components() -> None:
    body = request_body(HELLO._replace(template=Template("t", "it", {})))
    assert body["template"] == {"name": "t", "language": {"code": "it"}, "components": []}


def media(kind: str, shows: str = "Mapa") -> Media:
    return Media("https://files.example/1", kind, "x/y", "mapa.pdf", shows, lambda: b"")


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("image", "", {"caption": "Mapa"}),
        ("image", "Olá", {"caption": "Olá\n\nMapa"}),
        ("video", "Mapa", {"caption": "Mapa"}),
        ("document", "", {"caption": "Mapa", "filename": "mapa.pdf"}),
        ("audio", "", {}),
    ],
)
def test_a_file_goes_by_its_address_and_says_what_it_shows(
    kind: str, words: str, expected: dict[str, str]
) -> None:
    assert request_body(HELLO._replace(text=words, media=[media(kind)])) == {
        **ENVELOPE,
        "type": kind,
        kind: {"link": "https://files.example/1", **expected},
        "biz_opaque_callback_data": "c-1",
    }


def test_a_file_without_a_description_has_no_caption() -> None:
    body = request_body(HELLO._replace(text="", media=[media("image", "")]))
    assert body["image"] == {"link": "https://files.example/1"}


def test_up_to_three_options_are_buttons() -> None:
    body = request_body(HELLO._replace(buttons=[("confirm:a1:1", "Confirmo"), ("cancel:a1:1", "Cancelo")]))
    assert body["type"] == "interactive"
    assert body["interactive"] == {
        "type": "button",
        "body": {"text": "Olá"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "confirm:a1:1", "title": "Confirmo"}},
                {"type": "reply", "reply": {"id": "cancel:a1:1", "title": "Cancelo"}},
            ]
        },
    }


@pytest.mark.parametrize(
    ("language", "opens"),
    [("pt-BR", "Ver opções"), ("ca", "Veure opcions"), ("it", "Vedi opzioni"), ("", "See options")],
)
def test_more_options_are_a_list_which_opens_in_the_patient_s_language(language: str, opens: str) -> None:
    rows = [(f"s{n}", f"Sede {n}") for n in range(10)]
    interactive = request_body(HELLO._replace(buttons=rows, language=language))["interactive"]
    assert interactive["type"] == "list"
    assert interactive["action"]["button"] == opens
    (section,) = interactive["action"]["sections"]
    assert section["rows"] == [{"id": payload, "title": title} for payload, title in rows]


def test_what_opens_a_list_is_short_in_every_language() -> None:
    assert set(CHOOSE) == {"pt", "es", "it", "ca", "en"}
    assert max(map(len, CHOOSE.values())) <= 20


@pytest.mark.parametrize(
    "outgoing",
    [
        HELLO._replace(text=""),
        HELLO._replace(text="a" * 4097),
        HELLO._replace(text="a" * 1025, buttons=[("a", "A")]),
        HELLO._replace(text="", buttons=[("a", "A")]),
        HELLO._replace(buttons=[("a", "A" * 21)]),
        HELLO._replace(buttons=[("a" * 257, "A")]),
        HELLO._replace(buttons=[("", "A")]),
        HELLO._replace(buttons=[("a", "A"), ("b", "A")]),
        HELLO._replace(buttons=[("a", "A"), ("a", "B")]),
        HELLO._replace(buttons=[(str(n), str(n)) for n in range(11)]),
        HELLO._replace(buttons=[(str(n), f"{n}" * 25) for n in range(4)]),
        HELLO._replace(text="a" * 1020, media=[media("image")]),
        HELLO._replace(media=[media("audio")]),
        HELLO._replace(text="", media=[media("sticker")]),
        HELLO._replace(text="", media=[media("image"), media("image")]),
        HELLO._replace(media=[media("image")], buttons=[("a", "A")]),
    ],
)
def test_what_is_over_a_limit_does_not_leave(outgoing: Outgoing) -> None:
    with pytest.raises(SendFailed) as caught:
        whatsapp.send("1", TOKEN, outgoing, through(Http()))
    assert caught.value.outcome == "fix_request"
    assert outgoing.text not in str(caught.value) or not outgoing.text


@given(st.text(min_size=1, max_size=30), st.integers(1, 12))
def test_whatever_is_asked_fits_meta_s_limits_or_is_refused(title: str, many: int) -> None:
    options = [(f"p{n}", f"{n}{title}") for n in range(many)]
    try:
        action = request_body(HELLO._replace(buttons=options))["interactive"]["action"]
    except SendFailed as failed:
        assert failed.outcome == "fix_request"  # noqa: PT017 - or it is not refused, as below
        return
    shown = action.get("buttons") or action["sections"][0]["rows"]
    assert len(shown) == many <= (3 if "buttons" in action else 10)


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
