"""A clinic's own page, from a visitor's browser to the front desk and back."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import intake
import pytest
from recado.actions.reply import reply
from recado.channels import webchat
from recado.channels.requests import by_http
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import OpeningHours
from recado.store import contacts, tenants, unreadable
from recado.store.clients import client

from tests.cloud import Cloud
from tests.pages import CONTEXT, carry_on, equip
from tests.samples import BOAVISTA

ORIGIN = "https://clinica.example"
NOON = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday at the clinic."""


@pytest.fixture
def pages(clinic: Cloud) -> Cloud:
    """Boa Vista has a form and a chat on its page."""
    equip(clinic, ORIGIN, thanks_url=f"{ORIGIN}/obrigado")
    return clinic


def ask(
    channel: str,
    body: dict[str, Any] | None = None,
    token: str = "",
    query: dict[str, str] | None = None,
    at: datetime = NOON,
    **headers: str,
) -> dict[str, Any]:
    """A request as the gateway hands it over; what intake answers."""
    path = f"/webhooks/{channel}/pub-{channel}"
    method = "POST" if body is not None else "GET"
    told = {"content-type": "application/json", "origin": ORIGIN, **headers}
    event = {
        "rawPath": path,
        "headers": told | ({"authorization": f"Bearer {token}"} if token else {}),
        "queryStringParameters": query,
        "pathParameters": {"channel": channel, "account": f"pub-{channel}"},
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "203.0.113.7"},
            "timeEpoch": int(at.timestamp() * 1000),
        },
        "body": json.dumps(body) if body is not None else "",
        "isBase64Encoded": False,
    }
    answer: dict[str, Any] = intake.handler(event, CONTEXT)
    return answer


def hello(token: str = "", at: datetime = NOON) -> str:
    given: str = json.loads(ask("webchat", {"type": "hello"}, token, at=at)["body"])["token"]
    return given


def say(token: str, text: str, ident: str) -> int:
    status: int = ask("webchat", {"type": "message", "clientMsgId": ident, "text": text}, token)["statusCode"]
    return status


def look(token: str, after: int = 0, at: datetime = NOON, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        ask("webchat", None, token, {"after": str(after), **query}, at)["body"]
    )
    return found


def the_contact() -> Contact:
    (contact,), _ = contacts.open_contacts("boavista")
    return contact


def test_a_visitor_writes_an_agent_answers_and_the_visitor_sees_it_once(pages: Cloud) -> None:
    token = hello()
    assert say(token, "Bom dia!", "c-1") == 200
    assert say(token, "Bom dia!", "c-1") == 200
    carry_on(pages)
    contact = the_contact()
    assert (contact.channel, contact.last_text, contact.unread) == ("webchat", "Bom dia!", 1)
    reply("boavista", "ana", contact.id, "Olá! Como posso ajudar?", datetime.now(UTC))
    carry_on(pages)
    (message,) = look(token)["messages"]
    assert message["text"] == "Olá! Como posso ajudar?"
    assert look(token, message["place"])["messages"] == []
    assert look(hello())["messages"] == []


def test_what_a_visitor_has_seen_the_front_desk_knows(pages: Cloud) -> None:
    token = hello()
    say(token, "Oi", "c-1")
    carry_on(pages)
    sent = reply("boavista", "ana", the_contact().id, "Olá!", datetime.now(UTC))
    carry_on(pages)
    ask("webchat", {"type": "seen", "messages": [look(token)["messages"][0]["id"]]}, token)
    carry_on(pages)
    assert stored(sent).state == "read"


def stored(communication: Communication) -> Communication:
    found = contacts.find_communication("boavista", communication.id)
    assert found is not None
    return found


@pytest.mark.usefixtures("pages")
def test_a_visitor_is_the_same_after_a_reload() -> None:
    token = hello()
    again = hello(token)
    assert token.split(".")[1] == again.split(".")[1]
    assert hello().split(".")[1] != token.split(".")[1]


@pytest.mark.usefixtures("pages")
def test_the_page_is_told_when_somebody_is_there() -> None:
    hours = (OpeningHours(weekday=0, opens="08:00", closes="18:00"),)
    tenants.save_tenant("boavista", BOAVISTA.model_copy(update={"hours": hours, "version": 1}))
    tenants.forget()
    token = hello()
    told = look(token)
    assert told["clinic"]["name"] == "Clínica Boa Vista"
    assert (told["open"], told["opensAt"], told["paused"]) == (True, None, False)
    evening = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    told = look(token, at=evening)
    assert (told["open"], told["opensAt"]) == (False, "2026-11-30T11:00:00.000Z")


@pytest.mark.usefixtures("pages")
def test_a_chat_that_the_clinic_closed_says_where_else_to_write() -> None:
    account = tenants.account("boavista", "webchat", "pub-webchat")
    told = {"pt-BR": "Escreva para o WhatsApp.", "es": "Escríbanos por WhatsApp."}
    tenants.save_account("boavista", account.model_copy(update={"state": "paused", "redirect": told}))
    token = hello()
    assert look(token, language="es-MX")["redirect"] == "Escríbanos por WhatsApp."
    assert look(token)["redirect"] == "Escreva para o WhatsApp."
    assert look(token)["paused"]


@pytest.mark.usefixtures("pages")
def test_a_place_that_is_none_is_refused_by_name() -> None:
    assert ask("webchat", None, hello(), {"after": "-1"})["statusCode"] == 400
    assert ask("webchat", None, hello(), {"after": "1" * 20})["statusCode"] == 400


@pytest.mark.usefixtures("pages")
def test_nobody_looks_in_without_a_token_of_this_chat() -> None:
    assert ask("webchat", None, "")["statusCode"] == 403
    assert ask("webchat", None, hello() + "0")["statusCode"] == 403


def test_a_form_reaches_the_front_desk_once(pages: Cloud) -> None:
    form = {"name": "Beatriz", "phone": "11 98765-4321", "message": "Oi", "submission_id": "s-1"}
    assert json.loads(ask("webform", form)["body"]) == {"received": True}
    ask("webform", form)
    carry_on(pages)
    assert (the_contact().channel, the_contact().unread) == ("webform", 1)


@pytest.mark.usefixtures("pages")
def test_a_form_without_a_script_ends_on_the_clinic_s_page() -> None:
    answer = ask("webform", {"message": "Oi"}, accept="text/html")
    assert (answer["statusCode"], answer["headers"]["location"]) == (303, f"{ORIGIN}/obrigado")


def test_what_a_machine_filled_in_is_nowhere(pages: Cloud) -> None:
    assert ask("webform", {"message": "Buy", "website": "spam"})["statusCode"] == 200
    carry_on(pages)
    assert contacts.open_contacts("boavista") == ([], None)
    assert unreadable.listing("boavista") == []


def test_a_form_that_is_refused_is_kept_for_its_clinic(pages: Cloud) -> None:
    answer = ask("webform", {"message": "Oi", "phone": "call me"})
    assert (answer["statusCode"], json.loads(answer["body"])["error"]["field"]) == (400, "phone")
    ask("webform", {"nombre": "Ana"})
    carry_on(pages)
    assert {kept.reason for kept in unreadable.listing("boavista")} == {
        "This is not a phone number.",
        "notice: form no known field",
    }


def test_one_address_may_not_post_without_end(pages: Cloud) -> None:
    statuses = [ask("webform", {"message": f"Oi {n}"}, at=NOON)["statusCode"] for n in range(25)]
    assert statuses == [200] * 20 + [429] * 5
    carry_on(pages)
    assert len(contacts.open_contacts("boavista")[0]) == 20


def test_what_comes_from_another_page_is_refused_before_it_is_counted(pages: Cloud) -> None:
    for channel in ("webform", "webchat"):
        for _ in range(3):
            assert ask(channel, {"message": "Oi"}, origin="https://evil.example")["statusCode"] == 403
    assert pages.items("idempotency") == []


def test_one_address_may_look_often_but_not_without_end(pages: Cloud) -> None:
    token = hello()
    look(token)
    (row,) = [one for one in pages.items("idempotency") if "webchat/pub-webchat/looks" in one["id"]["S"]]
    row["requests"] = {"N": str(webchat.TRAITS.looks_per_caller - 2)}
    client("dynamodb").put_item(TableName=os.environ["IDEMPOTENCY_TABLE"], Item=row)
    assert [ask("webchat", None, token)["statusCode"] for _ in range(4)] == [200] * 2 + [429] * 2
    assert say(token, "Oi", "c-1") == 200
    assert ask("webchat", None, token, at=NOON + timedelta(minutes=11))["statusCode"] == 200


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("name", ["webform", "webchat"])
def test_a_route_of_a_channel_s_own_is_that_channel_s(name: str) -> None:
    event = {
        "rawPath": f"/webhooks/{name}/pub-{name}",
        "headers": {},
        "pathParameters": {"account": f"pub-{name}"},
        "requestContext": {"http": {"method": "POST"}},
    }
    told, request = by_http(event)
    assert (told, request.account) == (name, f"pub-{name}")


@pytest.mark.usefixtures("pages")
def test_a_form_of_another_page_and_one_of_no_page_are_refused_alike() -> None:
    answers = [ask("webform", {"message": "Oi"}, origin=page) for page in ("https://evil.example", "")]
    told = {(one["statusCode"], one["body"]) for one in answers}
    assert told == {(403, "The signature is missing or wrong.")}
