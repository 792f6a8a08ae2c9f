"""Situations of e-mail: told of by a topic, read from a bucket, answered by Amazon SES in its thread."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import dedupe
import delivery
import intake
import routing
from recado.channels import email_thread
from recado.model.tenant import Account
from recado.store import tenants
from recado.store.clients import client

from tests.channels.bodies import sample
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import MAIL_TOPIC, Event, Stage, queue, schedule, stream
from tests.faults.worlds_inbound import answered

ADDRESS, MARIA = "recepcao@boavista.example", "maria.silva@example.com"
KEY = {"thread_key": "sample-thread-key"}
MAIL = f"From: {MARIA}\r\nSubject: Consulta\r\nMessage-ID: <CAF-2@example.com>\r\n\r\nPosso ir?\r\n".encode()


def _told(stage: Stage) -> tuple[Event, dict[str, tuple[str, ...]]]:
    """A mail has come: only the address that it was written to proves whose it is."""
    tenants.save_account("boavista", Account(tenant="boavista", channel="email", id=ADDRESS))
    stage.cloud.secret(f"{os.environ['ACCOUNT_SECRETS']}/boavista/email/{ADDRESS}", KEY)
    document: dict[str, Any] = sample("email_notification")
    receipt = document["receipt"]
    receipt |= {"dmarcVerdict": {"status": "FAIL"}}
    receipt["recipients"] = [email_thread.reply_address(KEY, ADDRESS, MARIA)]
    client("s3").put_object(Bucket=os.environ["MAIL_BUCKET"], Key=receipt["action"]["objectKey"], Body=MAIL)
    told = {
        "MessageId": "1",
        "Timestamp": "2026-11-23T14:00:01.000Z",
        "TopicArn": MAIL_TOPIC,
        "Message": json.dumps(document),
    }
    event = {"Records": [{"EventSource": "aws:sns", "Sns": told}]}
    return event, {"boavista": (document["mail"]["messageId"],)}


def _notified(stage: Stage) -> Situation:
    return Situation(*_told(stage))


def _to_read(stage: Stage) -> Situation:
    event, accepted = _told(stage)
    stage.deliver(schedule, intake.handler, event)
    return Situation(stage.cloud.queued("inbound"), accepted)


def _read(stage: Stage) -> Iterator[str]:
    said = [(one.text, one.subject) for one in rows(stage, "boavista").communications]
    points = [point for one in rows(stage, "boavista").patients for point in one.contact_points]
    if said != [("Posso ir?", "Consulta")] or [one.system for one in points] != ["email"]:
        yield f"the mail says {said} and is of {points}"


def _answer(stage: Stage) -> Situation:
    situation = _to_read(stage)
    stage.deliver(queue, dedupe.handler, situation.event)
    stage.carry()
    answered(stage)
    stage.deliver(stream, routing.handler, stage.cloud.streamed())
    return Situation(stage.cloud.queued("outbound"), situation.accepted)


def _sent_at_most_once(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.author == "agent:ana"]
    if states not in (["sent"], ["unknown"]) or len(stage.provider.taken) > 1:
        yield f"the answer is {states}, and {len(stage.provider.taken)} mails were sent"


WORLDS = (
    World("intake", "a topic tells of a mail", intake.handler, schedule, _notified, _read),
    World("dedupe", "a mail is read", dedupe.handler, queue, _to_read, _read),
    World("delivery", "an answer by mail", delivery.handler, queue, _answer, _sent_at_most_once),
)
