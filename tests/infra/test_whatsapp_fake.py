"""The fake provider refuses what WhatsApp refuses, and tells how the rest fares."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from infra.local.faults import KINDS
from infra.local.outbox import Outbox, stamp
from infra.local.whatsapp import MAX_TEXT, WhatsApp, approved_templates
from tests.infra.serving import served

ACCOUNT = "100000000000001"
PERSON = "5511987654321"
TOKEN = {"authorization": "Bearer right"}


class Provider:
    """The fake with a client in front of it, and the webhooks that it has posted."""

    def __init__(self) -> None:
        self.outbox = Outbox(None)
        self.webhooks: list[dict[str, Any]] = []
        self.fake = WhatsApp(self.outbox, {ACCOUNT: "right"}, self._take)
        route = Route(
            "/wire/graph.facebook.com/{version}/{account}/messages", self.fake.messages, methods=["POST"]
        )
        self.app = Starlette(routes=[route])
        self.client = httpx.Client()

    async def _take(self, body: dict[str, Any]) -> bool:
        self.webhooks.append(body)
        return True

    def hear(self, person: str = PERSON, at: str = "") -> None:
        """Somebody writes to the clinic."""
        item = {"direction": "inbound", "account": ACCOUNT, "id": f"in-{person}-{at}", "from": person}
        self.outbox.add({**item, "at": at or stamp(), "type": "text", "state": "delivered"})

    def send(self, headers: dict[str, str] = TOKEN, **body: Any) -> Any:
        """Send; the HTTP status and the error's code."""
        message = {
            "messaging_product": "whatsapp",
            "to": f"+{PERSON}",
            "type": "text",
            "text": {"body": "Olá"},
        }
        answer = self.client.post(
            f"/wire/graph.facebook.com/v25.0/{ACCOUNT}/messages", json={**message, **body}, headers=headers
        )
        return answer.status_code, answer.json().get("error", {}).get("code")

    def states(self) -> list[str]:
        """The statuses posted so far."""
        values = [body["entry"][0]["changes"][0]["value"] for body in self.webhooks]
        return [status["status"] for value in values for status in value["statuses"]]


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    with served(made.app) as made.client:
        yield made


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
    answer = provider.client.post(
        f"/wire/graph.facebook.com/v25.0/{ACCOUNT}/messages", content=body, headers=TOKEN
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


def test_what_was_accepted_is_reported_sent_then_delivered_with_our_reference(provider: Provider) -> None:
    provider.hear()
    provider.send(biz_opaque_callback_data="ours")
    until(lambda: provider.states() == ["sent", "delivered"])
    status = provider.webhooks[0]["entry"][0]["changes"][0]["value"]["statuses"][0]
    assert status["biz_opaque_callback_data"] == "ours"
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


def until(seen: Any) -> None:
    """The fake reports beside us: wait for it."""
    end = time.monotonic() + 10
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.02)
