"""Whatever somebody sends, the answer says what is wrong with it, and never more."""

import base64
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from api.app import app
from api.resource import logger
from recado.store import contacts, tenants
from recado.store.clients import client

from tests.api.client import Context, person, rest_event
from tests.api.desk import Desk, opened
from tests.cloud import Cloud

ana = person("agent")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the API logs, as it formats it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logger.registered_formatter)
    logging.getLogger("recado").addHandler(handler)
    yield stream
    logging.getLogger("recado").removeHandler(handler)


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    """Boa Vista, with a contact."""
    return opened(cloud)


def replies(desk: Desk) -> str:
    return f"/contacts/{desk.contact.id}/replies"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": None}, "text"),
        ({"text": 7}, "text"),
        ({"text": ["Olá"]}, "text"),
        ({"text": "x" * 4097}, "text"),
        ({"text": "Olá", "version": 0}, "version"),
        ({"text": "Olá", "version": True}, "version"),
        ({"text": "Olá", "version": 1.5}, "version"),
        ({"text": "Olá", "agent": "bruno"}, "agent"),
        ({"text": "Olá", "state": "read"}, "state"),
        ({"text": "Olá", "tenant": "delsol"}, "tenant"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(desk: Desk, body: dict[str, object], field: str) -> None:
    refused = ana.post(replies(desk), body)
    assert (refused.status, refused.error) == (400, ("invalid", field))
    assert contacts.get_contact("boavista", desk.contact.id) == desk.contact


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "nothing",
        '{"text": NaN}',
        '{"text": 1e999}',
        "[" * 100_000,
        "[]",
        '"text"',
        "null",
        "{'text': 1}",
    ],
)
def test_what_is_no_json_object_is_unreadable(desk: Desk, body: str) -> None:
    refused = ana.post(replies(desk), body)
    assert (refused.status, refused.error[0]) == (400, "unreadable")


def test_four_thousand_and_ninety_six_characters_are_taken(desk: Desk) -> None:
    answer = ana.post(replies(desk), {"text": "ã" * 4096})
    assert (answer.status, answer.body["text"]) == (201, "ã" * 4096)


def test_what_cannot_be_stored_is_left_out_or_replaced(desk: Desk) -> None:
    answer = ana.post(replies(desk), r'{"text": "a\u0000b \ud800 c \ud83d\ude00"}')
    assert (answer.status, answer.body["text"]) == (201, "ab \ufffd c \U0001f600")


def test_an_answer_is_kept_as_it_was_written(desk: Desk) -> None:
    assert ana.post(replies(desk), {"text": "  1. um\n  2. dois\n"}).body["text"] == "  1. um\n  2. dois\n"


def test_a_body_over_the_limit_is_too_large(desk: Desk) -> None:
    refused = ana.post(replies(desk), json.dumps({"text": "x" * 262_144}))
    assert (refused.status, refused.error) == (413, ("too_large", None))


def raw_reply(desk: Desk, body: str, encoded: bool) -> Any:
    event = rest_event("POST", replies(desk), body, {}, {})
    event["requestContext"]["authorizer"] = {
        "claims": {"cognito:groups": "agent", "custom:tenant": "boavista", "custom:agent": "ana"}
    }
    event["isBase64Encoded"] = encoded
    return app(event, Context())


@pytest.mark.parametrize("body", ["%%%", base64.b64encode(b'{"text": "\xff"}').decode()])
def test_an_encoded_body_that_is_none_is_unreadable(desk: Desk, body: str) -> None:
    assert raw_reply(desk, body, True)["statusCode"] == 400


def test_an_encoded_body_is_read(desk: Desk) -> None:
    assert raw_reply(desk, base64.b64encode(b'{"text": "Ol\xc3\xa1"}').decode(), True)["statusCode"] == 201


def test_a_lone_surrogate_in_the_event_itself_is_unreadable(desk: Desk) -> None:
    assert raw_reply(desk, '{"text": "\ud800"}', False)["statusCode"] == 400


def test_when_it_is_how_several_fields_fit_together_one_of_them_is_named(desk: Desk) -> None:
    visit = {"start": "2028-12-01T10:00", "practitioner": "Dra. Lima", "type": "retorno", "minutes": 20}
    assert ana.post("/appointments", visit).error == ("invalid", "patient")
    assert ana.post(f"/contacts/{desk.contact.id}/transfer", {}).error == ("invalid", "agent")


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/contacts", {"state": "lost"}, "state"),
        ("/contacts", {"page": "2"}, "page"),
        ("/contacts", {"next": "x" * 201}, "next"),
        ("/patients", {}, "phone"),
        ("/patients", {"phone": "Maria"}, "phone"),
        ("/patients", {"phone": "1" * 41}, "phone"),
        ("/appointments", {"day": "24/11"}, "day"),
        ("/appointments", {"day": "2026-11-24", "patient": "p1"}, "patient"),
        ("/metrics", {"from": "yesterday"}, "from"),
        ("/metrics", {"since": "2026-11-24"}, "since"),
        ("/me", {"a": "b"}, "a"),
        ("/me", {"\ud800": "b"}, "\ufffd"),
    ],
)
@pytest.mark.usefixtures("clinic")
def test_a_query_that_cannot_be_used_is_named(path: str, query: dict[str, str], field: str) -> None:
    refused = ana.get(path, **query)
    assert (refused.status, refused.error) == (400, ("invalid", field))


@pytest.mark.usefixtures("clinic")
def test_what_lies_behind_all_there_is_is_an_empty_list() -> None:
    answer = ana.get("/reminders/missed", since="9999-12-31T23:59:59Z")
    assert (answer.status, answer.body["items"]) == (200, [])


@pytest.mark.usefixtures("clinic")
def test_an_empty_id_is_nobodys() -> None:
    campaign = {"name": "x", "segment": "", "purpose": "news", "steps": [{"text": "news", "minutes": 0}]}
    assert person("admin").post("/campaigns", campaign).error == ("invalid", "segment")


@pytest.mark.usefixtures("clinic")
def test_a_query_says_each_thing_once() -> None:
    event = rest_event("GET", "/contacts", None, {"state": "open"}, {})
    event["multiValueQueryStringParameters"] = {"state": ["open", "closed"]}
    event["requestContext"]["authorizer"] = {
        "claims": {"cognito:groups": "agent", "custom:tenant": "boavista"}
    }
    assert app(event, Context())["statusCode"] == 400


@pytest.mark.usefixtures("clinic")
def test_a_row_that_cannot_be_read_is_told_of_without_a_word_of_it(logged: io.StringIO) -> None:
    """A row that no code of ours wrote: reading it fails with a message that quotes it."""
    ana_row = {"pk": {"S": "T#boavista#G"}, "sk": {"S": "ana"}, "version": {"N": "1"}}
    secret = "Maria Silva +5511987654321"
    body = json.dumps({"id": "ana", "name": {"text": secret}})
    put = {"TableName": "recado-test-tenants", "Item": {**ana_row, "body": {"S": body}}}
    client("dynamodb").put_item(**put)
    tenants.forget()
    answer = ana.get("/me")
    assert (answer.status, answer.error) == (500, ("misconfigured", None))
    assert "Silva" not in str(answer.body) + logged.getvalue()


@pytest.mark.usefixtures("clinic")
def test_what_nobody_expected_is_answered_with_nothing_but_that(logged: io.StringIO) -> None:
    row = {"pk": {"S": "T#boavista#G"}, "sk": {"S": "ana"}, "version": {"S": "Silva"}, "body": {"S": "{}"}}
    client("dynamodb").put_item(TableName="recado-test-tenants", Item=row)
    tenants.forget()
    answer = ana.get("/me")
    assert answer.status == 500
    assert answer.body == {
        "error": {"code": "error", "message": "Something went wrong on our side.", "field": None}
    }
    assert "Silva" not in logged.getvalue()


def test_what_patients_and_staff_write_is_never_logged(desk: Desk, logged: io.StringIO) -> None:
    ana.post(replies(desk), {"text": "secret-words"})
    ana.post(replies(desk), {"secret-words": "secret-words"})
    ana.get("/patients", phone="+5511987654321")
    ana.get("/contacts")
    assert logged.getvalue().count("answered") == 3
    for word in ("secret-words", "5511987654321", "Maria", "canary"):
        assert word not in logged.getvalue()
