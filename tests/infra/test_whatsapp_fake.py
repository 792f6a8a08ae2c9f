"""The fake provider refuses what WhatsApp refuses, and tells how the rest fares."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from recado.channels import meta as verifier

from infra.local.fakes.faults import KINDS
from infra.local.fakes.whatsapp_bodies import MAX_TEXT, approved_templates
from infra.local.outbox import Outbox, stamp
from tests.infra.providers import BOAVISTA, PERSON, SECRET, Stage, staged, until

ACCOUNT = BOAVISTA.whatsapp


class Provider:
    """The fake with a client in front of it, and the webhooks that it has posted."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.outbox = stage.outbox
        self.fake = stage.network.fakes["whatsapp"]
        self.token = {"authorization": f"Bearer {stage.key('whatsapp', 'access_token')}"}

    def hear(self, person: str = PERSON, at: str = "") -> None:
        """Somebody writes to the clinic."""
        item = {"direction": "inbound", "account": ACCOUNT, "id": f"in-{person}-{at}", "from": person}
        self.outbox.add({**item, "at": at or stamp(), "type": "text", "state": "delivered"})

    def post(self, headers: dict[str, str] | None = None, **request: Any) -> httpx.Response:
        """A request to the address that messages are sent to."""
        path = f"/wire/graph.facebook.com/v25.0/{ACCOUNT}/messages"
        return self.stage.client.post(path, headers=self.token if headers is None else headers, **request)

    def send(self, headers: dict[str, str] | None = None, **body: Any) -> Any:
        """Send; the HTTP status and the error's code."""
        text = {"type": "text", "text": {"body": "Olá"}}
        answer = self.post(
            headers, json={"messaging_product": "whatsapp", "to": f"+{PERSON}", **text, **body}
        )
        return answer.status_code, answer.json().get("error", {}).get("code")

    def states(self) -> list[str]:
        """The statuses posted so far."""
        return [status["status"] for status in self.statuses()]

    def statuses(self) -> list[dict[str, Any]]:
        values = [
            json.loads(request.body)["entry"][0]["changes"][0]["value"] for request in self.stage.webhooks
        ]
        return [status for value in values for status in value.get("statuses", ())]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with staged() as stage:
        yield Provider(stage)


def template(name: str = "missed_call", language: str = "pt_BR", *texts: str) -> dict[str, Any]:
    names = approved_templates().get(name, {}).get("pt-BR", {"parameters": []})["parameters"]
    parameters = [
        {"type": "text", "parameter_name": n, "text": t} for n, t in zip(names, texts, strict=False)
    ]
    components = [{"type": "body", "parameters": parameters}]
    return {
        "type": "template",
        "template": {"name": name, "language": {"code": language}, "components": components},
    }


def test_a_wrong_token_is_refused(provider: Provider) -> None:
    provider.hear()
    assert provider.send({"authorization": "Bearer wrong"}) == (401, 190)
    assert provider.send({}) == (401, 190)


def test_free_text_goes_out_only_within_a_day_of_that_persons_last_message(provider: Provider) -> None:
    assert provider.send() == (400, 131047)
    provider.hear("5511900000001")
    assert provider.send() == (400, 131047)
    provider.hear(at="2020-01-01T00:00:00Z")
    assert provider.send() == (400, 131047)
    provider.hear()
    assert provider.send() == (200, None)


def test_templates_need_no_open_window_but_must_be_approved_and_complete(provider: Provider) -> None:
    assert provider.send(**template("missed_call", "pt_BR", "Clínica Boa Vista")) == (200, None)
    assert provider.send(**template("invented", "pt_BR")) == (404, 132001)
    assert provider.send(**template("missed_call", "fr", "Clínica")) == (404, 132001)
    assert provider.send(**template("missed_call", "pt_BR")) == (400, 132000)


def test_a_template_arrives_with_its_parameters_in_place(provider: Provider) -> None:
    provider.send(**template("missed_call", "pt_BR", "Clínica Boa Vista"))
    item = provider.outbox.outbound()[0]
    assert "Clínica Boa Vista" in item["text"]
    assert "{" not in item["text"]


@pytest.mark.parametrize("text", ["", "   ", "x" * (MAX_TEXT + 1), None])
def test_a_text_must_be_there_and_not_too_long(provider: Provider, text: str | None) -> None:
    provider.hear()
    assert provider.send(text={"body": text}) == (400, 100)


def test_a_number_that_is_not_on_whatsapp_is_refused(provider: Provider) -> None:
    assert provider.send(to="+5511999990000") == (400, 131026)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000])
def test_nonsense_is_an_invalid_parameter(provider: Provider, body: bytes) -> None:
    answer = provider.post(content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


def test_what_was_accepted_is_reported_sent_then_delivered_with_our_reference(provider: Provider) -> None:
    provider.hear()
    provider.send(biz_opaque_callback_data="ours")
    until(lambda: provider.states() == ["sent", "delivered"])
    assert provider.statuses()[0]["biz_opaque_callback_data"] == "ours"
    assert provider.outbox.outbound()[0]["state"] == "delivered"


def test_it_can_be_told_to_fail(provider: Provider) -> None:
    provider.hear()
    for fault in (
        {"kind": "refuse", "code": 130429},
        {"kind": "lost"},
        {"kind": "undeliverable", "code": 131026},
    ):
        assert provider.fake.faults.plan(fault)
    assert provider.send() == (400, 130429)
    assert provider.send() == (503, 2)
    assert len(provider.outbox.outbound()) == 1, "the answer was lost, not the message"
    assert provider.send() == (200, None)
    until(lambda: "failed" in provider.states())


@pytest.mark.parametrize("wish", [None, [], {}, {"kind": "invented"}, {"kind": "lost", "invented": 1}])
def test_a_fault_that_makes_no_sense_is_not_planned(provider: Provider, wish: object) -> None:
    assert provider.fake.faults.plan(wish) is None
    assert "invented" not in KINDS


def test_the_outbox_outlives_a_restart_and_states_never_move_back(tmp_path: Path) -> None:
    journal = tmp_path / "outbox.jsonl"
    before = Outbox(journal)
    item = {
        "direction": "outbound",
        "account": ACCOUNT,
        "id": "1",
        "to": PERSON,
        "at": stamp(),
        "state": "accepted",
    }
    assert before.add(item)
    assert not before.add(item)
    assert before.move("1", "read")
    assert not before.move("1", "sent")
    after = Outbox(journal)
    assert after.outbound()[0]["state"] == "read"
    assert not after.window_open(ACCOUNT, PERSON, datetime.now(UTC))
    assert len(journal.read_text().splitlines()) == 2
    assert json.loads(journal.read_text().splitlines()[1]) == {"id": "1", "state": "read"}


def test_what_the_phone_writes_is_signed_as_meta_signs(provider: Provider) -> None:
    provider.stage.writes("whatsapp", text="a/b é 😀")
    request = provider.stage.webhooks[0]
    assert b"a\\/b \\u00e9 \\ud83d\\ude00" in request.body
    verifier.verify(request, {"app_secrets": [SECRET]})
    shown = [(item["direction"], item["text"]) for item in provider.stage.screen("whatsapp")]
    assert shown == [("inbound", "a/b é 😀")]


@pytest.mark.parametrize(
    ("file", "kind", "mime"), [("photo", "image", "image/png"), ("voice", "audio", "audio/ogg")]
)
def test_a_file_from_the_phone_is_fetched_with_the_account_s_token_only(
    provider: Provider, file: str, kind: str, mime: str
) -> None:
    shown = provider.stage.writes("whatsapp", file=file)
    assert shown["attachments"][0]["kind"] == kind
    message = json.loads(provider.stage.webhooks[0].body)["entry"][0]["changes"][0]["value"]["messages"][0]
    node = f"/wire/graph.facebook.com/v25.0/{message[kind]['id']}"
    assert provider.stage.client.get(node).status_code == 400
    told = provider.stage.client.get(node, headers=provider.token).json()
    assert told["mime_type"].startswith(mime)
    path = told["url"].replace("https://", "/wire/")
    assert provider.stage.client.get(path).status_code == 401
    assert len(provider.stage.client.get(path, headers=provider.token).content) == told["file_size"]


def test_buttons_are_three_at_most_and_a_pressed_one_comes_back(provider: Provider) -> None:
    provider.hear()

    def asked(count: int) -> dict[str, Any]:
        buttons = [{"type": "reply", "reply": {"id": f"b{n}", "title": f"Opção {n}"}} for n in range(count)]
        interactive = {"type": "button", "body": {"text": "Qual?"}, "action": {"buttons": buttons}}
        return {"type": "interactive", "interactive": interactive}

    assert provider.send(**asked(4)) == (400, 131009)
    assert provider.send(**asked(3)) == (200, None)
    (item,) = provider.outbox.outbound()
    provider.stage.writes("whatsapp", button={"payload": "b1", "text": "Opção 1"}, reply_to=item["id"])
    value = json.loads(provider.stage.webhooks[-1].body)["entry"][0]["changes"][0]["value"]
    assert value["messages"][0]["interactive"]["button_reply"] == {"id": "b1", "title": "Opção 1"}
    assert value["messages"][0]["context"] == {"id": item["id"]}


def test_one_person_is_not_written_to_without_end(provider: Provider) -> None:
    provider.hear()
    answers = [provider.send() for _ in range(45)]
    assert answers == [(200, None)] * 45
    more = (provider.send() for _ in range(45))
    assert next(answer for answer in more if answer != (200, None)) == (400, 131056)
