"""Intake, given what a provider should not send: one bad event stops nothing, and the answer is in time."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

import dedupe
import intake
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.store import contacts, unreadable
from recado.store.clients import client

from tests.cloud import Cloud
from tests.counter import counted
from tests.samples import signed, text_message, webhook

CONTEXT = LambdaContext()


def post(body: dict[str, Any]) -> int:
    status: int = intake.handler(signed(body), CONTEXT)["statusCode"]
    return status


def store(clinic: Cloud) -> list[str]:
    """Deliver what was queued; the last words of each open contact."""
    assert dedupe.handler(clinic.queued("inbound"), CONTEXT) == {"batchItemFailures": []}
    return [one.last_text for one in contacts.open_contacts("boavista")[0]]


def of_account(account: str, *messages: dict[str, Any]) -> dict[str, Any]:
    body = webhook(*messages)
    body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = account
    return body


def test_an_account_too_long_for_a_key_does_not_stop_its_neighbours(clinic: Cloud) -> None:
    good, long = webhook(text_message("dois")), of_account("1" * 5000, text_message("um"))
    assert post({**good, "entry": long["entry"] + good["entry"]}) == 200
    assert store(clinic) == ["dois"]
    assert [kept.reason for kept in unreadable.listing(None)] == ["no phone_number_id"]


def test_the_longest_name_does_not_stop_its_message(clinic: Cloud) -> None:
    assert post(webhook(text_message("um"), name="N" * 1_500_000)) == 200
    assert store(clinic) == ["um"]


def test_the_largest_message_that_is_read_fits_its_row(clinic: Cloud) -> None:
    # Quotation marks are what grows most from the queue to the row.
    assert post(webhook(text_message('"' * 48_000, extra="é" * 100))) == 200
    (last,) = store(clinic)
    assert last.startswith('"')
    assert not unreadable.listing("boavista")


def test_a_long_batch_of_nobodys_account_is_looked_up_once_and_kept_once(clinic: Cloud) -> None:
    ids = [f"wamid.{number}" for number in range(1500)]
    with counted() as operations:
        assert post(of_account("999", *(text_message("um", one) for one in ids))) == 200
    assert operations == ["GetItem"]
    (kept,) = unreadable.listing(None)
    assert kept.reason == "no clinic has this account"
    body = client("s3").get_object(Bucket=os.environ["UNREADABLE_BUCKET"], Key=kept.id)["Body"].read()
    lines = [json.loads(line) for line in body.splitlines()]
    assert [(line["account"], line["event"]["id"]) for line in lines] == [("999", one) for one in ids]


def test_a_clinics_unreadable_events_are_kept_together_by_what_is_wrong_with_them(clinic: Cloud) -> None:
    nameless = [text_message("um", "") for _ in range(3)]
    timeless = text_message("dois") | {"timestamp": "soon"}
    assert post(webhook(*nameless, timeless)) == 200
    assert {kept.reason for kept in unreadable.listing("boavista")} == {"no id", "no time stamp"}
    assert len(unreadable.listing("boavista")) == 2


def test_notices_about_nobody_wait_for_no_other(clinic: Cloud) -> None:
    body = webhook()
    change = body["entry"][0]["changes"][0]
    body["entry"][0]["changes"] = [change | {"field": f"news_{number}"} for number in range(3)]
    assert post(body) == 200
    groups = {record["attributes"]["MessageGroupId"] for record in clinic.queued("inbound")["Records"]}
    assert len(groups) == 3


def test_a_notice_whose_name_is_not_ascii_is_kept_under_what_is(clinic: Cloud) -> None:
    body = webhook()
    body["entry"][0]["changes"][0]["field"] = "atualização\r\nx-amz-acl: public" + "!" * 200
    assert post(body) == 200
    store(clinic)
    (kept,) = unreadable.listing("boavista")
    assert kept.reason.startswith("notice: atualiza o x-amz-acl: public!!!")
    assert len(kept.reason) == 200


def test_a_body_in_base64_is_verified_byte_for_byte(clinic: Cloud) -> None:
    event = signed(webhook(text_message("Olá 😀 1/2")))
    raw = event["body"].encode()
    assert rb"\/" in raw
    for sent, status in ((raw, 200), (raw + b" ", 403), (raw.replace(rb"\/", b"/"), 403)):
        packed = {**event, "body": base64.b64encode(sent).decode(), "isBase64Encoded": True}
        assert intake.handler(packed, CONTEXT)["statusCode"] == status
    assert store(clinic) == ["Olá 😀 1/2"]
