"""A mail's whole way in: SES's notification by SNS, the queue, the bucket, the timeline."""

from __future__ import annotations

import json
import os
from typing import Any

import dedupe
import intake
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.errors import RecadoError
from recado.model.tenant import Account
from recado.store import contacts, tenants, unreadable
from recado.store.clients import client

from tests.channels.bodies import sample
from tests.cloud import Cloud

TOPIC = "arn:aws:sns:us-east-1:123456789012:recado-test-mail"
ACCOUNT = "recepcao@boavista.example"
CONTEXT = LambdaContext()


@pytest.fixture
def mailed(clinic: Cloud, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """Boa Vista has an address, and the topic tells of it."""
    monkeypatch.setenv("EMAIL_TOPIC", TOPIC)
    tenants.save_account("boavista", Account(tenant="boavista", channel="email", id=ACCOUNT))
    return clinic


def told(document: Any, topic: str = TOPIC) -> dict[str, Any]:
    """What SNS calls the function with."""
    record = {
        "MessageId": "1",
        "Timestamp": "2026-11-23T14:00:01.000Z",
        "TopicArn": topic,
        "Message": json.dumps(document),
    }
    return {"Records": [{"EventSource": "aws:sns", "Sns": record}]}


def test_a_mail_reaches_the_timeline(mailed: Cloud) -> None:
    document = sample("email_notification")
    name = document["receipt"]["action"]["objectKey"]
    raw = b"From: maria.silva@example.com\nSubject: Consulta\n\nPosso chegar mais tarde?\n"
    client("s3").put_object(Bucket=os.environ["MAIL_BUCKET"], Key=name, Body=raw)
    intake.handler(told(document), CONTEXT)
    assert dedupe.handler(mailed.queued("inbound"), CONTEXT) == {"batchItemFailures": []}
    ((contact,), _) = contacts.open_contacts("boavista")
    assert (contact.last_text, contact.channel, contact.account) == (
        "Posso chegar mais tarde?",
        "email",
        ACCOUNT,
    )


def test_what_another_topic_says_is_not_taken(mailed: Cloud) -> None:
    with pytest.raises(RecadoError):
        intake.handler(told(sample("email_notification"), "arn:aws:sns:us-east-1:999999999999:mail"), CONTEXT)
    assert mailed.queued("inbound") == {"Records": []}


def test_a_mail_to_two_clinics_is_queued_for_whom_we_know_and_kept_for_an_operator(mailed: Cloud) -> None:
    intake.handler(told(sample("email_two_recipients")), CONTEXT)
    assert len(mailed.queued("inbound")["Records"]) == 1
    assert [kept.reason for kept in unreadable.listing(None)] == ["no clinic has this account"]


def test_a_virus_is_kept_for_an_operator_and_nobody_s_contact(mailed: Cloud) -> None:
    intake.handler(told(sample("email_virus")), CONTEXT)
    assert dedupe.handler(mailed.queued("inbound"), CONTEXT) == {"batchItemFailures": []}
    assert contacts.open_contacts("boavista") == ([], None)
    assert unreadable.listing("boavista")
