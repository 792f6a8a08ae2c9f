"""A message's way through the functions: intake → dedupe → routing → delivery, each with the real event."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import dedupe
import delivery
import intake
import pytest
import routing
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.reply import reply
from recado.model.contact_point import ContactPoint
from recado.store import contacts, patients, tenants, unreadable

from tests.cloud import META_SECRET, Cloud
from tests.provider import Provider
from tests.samples import NOW, PHONE, http_event, signed, status_webhook, text_message, webhook

CONTEXT = LambdaContext()


def carry(clinic: Cloud) -> None:
    """Deliver whatever waits on a queue or in the stream, until nothing does."""
    while True:
        moved = [
            (handler, event)
            for handler, event in (
                (dedupe.handler, clinic.queued("inbound")),
                (routing.handler, clinic.streamed()),
                (delivery.handler, clinic.queued("outbound")),
            )
            if event["Records"]
        ]
        if not moved:
            return
        for handler, event in moved:
            assert handler(event, CONTEXT) == {"batchItemFailures": []}


def post(*messages: dict[str, Any], **settings: Any) -> int:
    status: int = intake.handler(signed(webhook(*messages, **settings)), CONTEXT)["statusCode"]
    return status


def test_a_message_reaches_an_agent_and_the_answer_reaches_the_patient(
    clinic: Cloud, provider: Provider
) -> None:
    assert post(text_message("Bom dia, tem horário amanhã?")) == 200
    carry(clinic)
    (contact,), _ = contacts.open_contacts("boavista")
    assert (contact.state, contact.agent, contact.last_text) == (
        "assigned",
        "ana",
        "Bom dia, tem horário amanhã?",
    )

    answer = reply("boavista", "ana", contact.id, "Temos sim, às 10h.", NOW)
    carry(clinic)
    assert [(sent["to"], sent["text"]["body"]) for sent in provider.taken] == [
        (f"+{PHONE}", "Temos sim, às 10h.")
    ]

    for status in ("sent", "read", "delivered"):
        intake.handler(signed(status_webhook(provider.last_id(), status)), CONTEXT)
    carry(clinic)
    settled = contacts.find_communication("boavista", answer.id)
    assert settled is not None
    assert settled.state == "read"


def test_a_batch_of_several_clinics_numbers_and_people_is_handled_message_by_message(clinic: Cloud) -> None:
    one = webhook(text_message("um"), text_message("dois", "wamid.2", "5511900000002"))
    other = webhook(text_message("tres", "wamid.3", "34600000003"), tenant="delsol")
    assert (
        intake.handler(signed({**one, "entry": one["entry"] + other["entry"]}), CONTEXT)["statusCode"] == 200
    )
    carry(clinic)
    texts = {
        tenant: {one.last_text for one in contacts.open_contacts(tenant)[0]} for tenant in tenants.everyone()
    }
    assert texts == {"boavista": {"um", "dois"}, "delsol": {"tres"}}


def test_a_bad_event_in_a_batch_is_kept_and_its_neighbours_live(clinic: Cloud) -> None:
    body = webhook(text_message("um"), text_message("sem id", ""))
    assert intake.handler(signed(body), CONTEXT)["statusCode"] == 200
    carry(clinic)
    assert len(contacts.open_contacts("boavista")[0]) == 1
    assert len(unreadable.listing("boavista")) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"a": NaN}',
        b"[" * 100_000,
        b"\xff\xfe",
        b"1" * 5000,
        b'{"object": "page"}',
    ],
    ids=["empty", "cut", "list", "null", "nan", "deep", "bytes", "big int", "another object"],
)
def test_what_is_verified_but_cannot_be_read_is_answered_200_and_kept(raw: bytes, clinic: Cloud) -> None:
    event = signed(raw)
    event["body"], event["isBase64Encoded"] = __import__("base64").b64encode(raw).decode(), True
    assert intake.handler(event, CONTEXT)["statusCode"] == 200
    assert len(unreadable.listing(None)) == 1


def test_an_account_that_is_no_clinics_is_kept_for_the_operator(clinic: Cloud) -> None:
    body = webhook(text_message("um"))
    body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"
    assert intake.handler(signed(body), CONTEXT)["statusCode"] == 200
    assert [kept.reason for kept in unreadable.listing(None)] == ["no clinic has this account"]


def forgeries() -> Iterator[tuple[str, dict[str, Any]]]:
    genuine = signed(webhook(text_message("um")))
    header = genuine["headers"]["x-hub-signature-256"]
    yield "unsigned", {**genuine, "headers": {}}
    yield "empty", {**genuine, "headers": {"x-hub-signature-256": ""}}
    yield "malformed", {**genuine, "headers": {"x-hub-signature-256": header.removeprefix("sha256=")}}
    yield "another secret", signed(webhook(text_message("um")), "another-secret")
    yield "another body", {**genuine, "body": genuine["body"].replace("um", "dois")}
    yield "written again", {**genuine, "body": json.dumps(json.loads(genuine["body"]), indent=1)}


@pytest.mark.parametrize("event", [pytest.param(event, id=name) for name, event in forgeries()])
def test_a_forged_webhook_is_refused_and_leaves_no_trace(event: dict[str, Any], clinic: Cloud) -> None:
    assert intake.handler(event, CONTEXT)["statusCode"] == 403
    assert clinic.queued("inbound") == {"Records": []}
    assert clinic.items("contacts") == []
    assert unreadable.listing(None) == []


def test_a_body_over_the_limit_is_refused(clinic: Cloud) -> None:
    assert intake.handler(signed(b" " * (3 * 1024 * 1024 + 1)), CONTEXT)["statusCode"] == 413


def test_the_handshake_answers_the_challenge_and_only_to_who_knows_the_token(clinic: Cloud) -> None:
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": "<b>1",
        "hub.verify_token": str(META_SECRET["verify_token"]),
    }
    answer = intake.handler(http_event("GET", query=query), CONTEXT)
    assert (answer["statusCode"], answer["body"]) == (200, "<b>1")
    assert answer["headers"]["content-type"].startswith("text/plain")
    wrong = {**query, "hub.verify_token": "guess"}
    assert intake.handler(http_event("GET", query=wrong), CONTEXT)["statusCode"] == 403


def test_a_channel_that_we_do_not_have_is_not_found(clinic: Cloud) -> None:
    event = {**http_event("POST"), "pathParameters": {"channel": "fax"}}
    assert intake.handler(event, CONTEXT)["statusCode"] == 404


def test_one_senders_failing_message_does_not_hold_up_another_sender(clinic: Cloud) -> None:
    post(text_message("um"), text_message("dois", "wamid.2", "5511900000002"))
    event = clinic.queued("inbound")
    event["Records"][0]["body"] = "{}"
    failures = dedupe.handler(event, CONTEXT)["batchItemFailures"]
    assert [one["itemIdentifier"] for one in failures] == [event["Records"][0]["messageId"]]
    assert [one.last_text for one in contacts.open_contacts("boavista")[0]] == ["dois"]


def test_what_a_newer_version_queued_is_stored_by_this_one(clinic: Cloud) -> None:
    post(text_message("um"))
    event = clinic.queued("inbound")
    job = json.loads(event["Records"][0]["body"])
    event["Records"][0]["body"] = json.dumps({**job, "of_a_newer_version": {"any": "thing"}})
    assert dedupe.handler(event, CONTEXT) == {"batchItemFailures": []}
    assert [one.last_text for one in contacts.open_contacts("boavista")[0]] == ["um"]


def test_a_patients_wish_about_marketing_holds_for_whoever_is_booked_at_the_number(clinic: Cloud) -> None:
    body = webhook(text_message("um"))
    change = body["entry"][0]["changes"][0]
    change["field"] = "user_preferences"
    del change["value"]["messages"]
    wish = {"wa_id": PHONE, "detail": "User requested to stop", "category": "marketing_messages"}
    change["value"]["user_preferences"] = [{**wish, "value": "stop", "timestamp": "1795442400"}]
    assert intake.handler(signed(body), CONTEXT)["statusCode"] == 200
    carry(clinic)
    point = ContactPoint(system="phone", value=f"+{PHONE}")
    (link,) = patients.view("boavista", point).links
    assert patients.get("boavista", link.patient).opted_out == {"marketing"}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the functions log, as they format it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(intake.logger.registered_formatter)
    logging.getLogger("recado").addHandler(handler)
    yield stream
    logging.getLogger("recado").removeHandler(handler)


def test_no_log_line_holds_what_a_patient_wrote_or_their_number(
    clinic: Cloud, provider: Provider, logged: io.StringIO
) -> None:
    post(text_message("CANARIO-TEXTO"), name="CANARIO-NOME")
    carry(clinic)
    (contact,), _ = contacts.open_contacts("boavista")
    reply("boavista", "ana", contact.id, "CANARIO-RESPOSTA", NOW)
    carry(clinic)
    dedupe.handler({"Records": [_poisoned(clinic)]}, CONTEXT)
    text = logged.getvalue()
    assert all(message in text for message in ("received", "recorded", "handled", "failed"))
    assert "CANARIO" not in text
    assert PHONE not in text


def _poisoned(clinic: Cloud) -> dict[str, Any]:
    """A queue record that cannot be stored, with a patient's words in what is wrong with it."""
    post(text_message("um", "wamid.9"))
    record: dict[str, Any] = clinic.queued("inbound")["Records"][0]
    job = json.loads(record["body"])
    job["event"]["text"] = {"CANARIO": PHONE}
    return {**record, "body": json.dumps(job)}
