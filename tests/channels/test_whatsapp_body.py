"""The JSON that WhatsApp's Cloud API takes for one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Media, Outgoing, Template, whatsapp
from recado.channels.http import Http
from recado.channels.whatsapp_body import CHOOSE, request_body
from recado.errors import SendFailed

from tests.channels.test_whatsapp_send import ENVELOPE, HELLO, TOKEN
from tests.channels.wire import through


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
