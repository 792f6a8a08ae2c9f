"""AWS's own services as boto's clients find them here: what they refuse, and what they publish."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.fakes import aws
from infra.local.fakes.aws_social import phone_id
from tests.infra.providers import PERSON, Stage, staged, until

FROM = "contato@boavista.example"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


def client(stage: Stage, service: str) -> Any:
    """A client that is told only where to go, as the deployed functions' are."""
    places = aws.endpoints(str(stage.client.base_url).rstrip("/"))
    place = next(url for url in places.values() if url.endswith(f"/{service}"))
    session = boto3.Session("id", "secret", region_name="us-east-1")
    return session.client(service, endpoint_url=place, config=Config(retries={"total_max_attempts": 1}))


def refused(call: Any, **arguments: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"], dict(caught.value.response)


def text(stage: Stage, **more: Any) -> dict[str, Any]:
    origin = f"+{stage.account('aws_sms')}"
    known = {"DestinationPhoneNumber": f"+{PERSON}", "OriginationIdentity": origin, "MessageBody": "Olá"}
    return {**known, **more}


def test_a_text_is_taken_and_its_events_bring_our_context_back(stage: Stage) -> None:
    sms = client(stage, "pinpoint-sms-voice-v2")
    ident = sms.send_text_message(**text(stage, Context={"reference": "ours"}))["MessageId"]
    until(lambda: len(stage.told("aws_sms")) == 2)
    assert [event["eventType"] for event in stage.told("aws_sms")] == ["TEXT_SENT", "TEXT_DELIVERED"]
    assert {(event["messageId"], event["context"]["reference"]) for event in stage.told("aws_sms")} == {
        (ident, "ours")
    }


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"DestinationPhoneNumber": "+5511999990000"}, "ValidationException"),
        ({"MessageBody": "x" * 1601}, "ValidationException"),
        ({"Context": {str(n): "x" for n in range(6)}}, "ValidationException"),
        ({"OriginationIdentity": "+15550000001"}, "ResourceNotFoundException"),
    ],
)
def test_what_the_text_service_does_not_take(stage: Stage, more: dict[str, Any], code: str) -> None:
    sms = client(stage, "pinpoint-sms-voice-v2")
    assert refused(sms.send_text_message, **text(stage, **more))[0] == code


def test_who_stopped_conflicts_until_they_start(stage: Stage) -> None:
    sms = client(stage, "pinpoint-sms-voice-v2")
    stage.writes("aws_sms", text="STOP")
    code, response = refused(sms.send_text_message, **text(stage))
    assert (code, response["Reason"]) == ("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT")
    stage.writes("aws_sms", action="start")
    assert sms.send_text_message(**text(stage))["MessageId"]


def test_a_text_from_the_phone_is_published_as_two_way_sms(stage: Stage) -> None:
    stage.writes("aws_sms", text="Olá")
    (told,) = stage.told("aws_sms")
    assert told["originationNumber"] == f"+{PERSON}"
    assert told["destinationNumber"] == f"+{stage.account('aws_sms')}"
    assert (told["messageBody"], stage.screen("aws_sms")[0]["text"]) == ("Olá", "Olá")


@pytest.mark.parametrize("service", ["pinpoint-sms-voice-v2", "socialmessaging", "sesv2"])
def test_each_can_be_told_to_be_busy(stage: Stage, service: str) -> None:
    channel = {"pinpoint-sms-voice-v2": "aws_sms", "socialmessaging": "aws_social", "sesv2": "email"}[service]
    stage.client.post(f"/fake/{channel}/faults", json={"kind": "refuse"})
    call, arguments = sending(stage, service)
    usual = {"aws_sms": "ThrottlingException", "aws_social": "ThrottledRequestException"}
    assert refused(call, **arguments)[0] == usual.get(channel, "TooManyRequestsException")
    assert call(**arguments)["ResponseMetadata"]["HTTPStatusCode"] == 200


def sending(stage: Stage, service: str) -> tuple[Any, dict[str, Any]]:
    made = client(stage, service)
    if service == "sesv2":
        return made.send_email, mail()
    if service == "socialmessaging":
        return made.send_whatsapp_message, whatsapp(stage)
    return made.send_text_message, text(stage)


def whatsapp(stage: Stage, **more: Any) -> dict[str, Any]:
    body = {"messaging_product": "whatsapp", "to": f"+{PERSON}", "type": "text", "text": {"body": "Olá"}}
    return {
        "originationPhoneNumberId": phone_id(stage.account("aws_social")),
        "metaApiVersion": "v20.0",
        "message": json.dumps({**body, **more}).encode(),
    }


def statuses(stage: Stage) -> list[dict[str, Any]]:
    entries = [json.loads(told["whatsAppWebhookEntry"]) for told in stage.told("aws_social")]
    values = [entry["changes"][0]["value"] for entry in entries]
    return [status for value in values for status in value.get("statuses", ())]


def test_what_meta_refuses_is_told_afterwards_when_it_goes_by_aws(stage: Stage) -> None:
    social = client(stage, "socialmessaging")
    assert social.send_whatsapp_message(**whatsapp(stage))["messageId"]
    until(lambda: statuses(stage))
    assert [(one["status"], one["errors"][0]["code"]) for one in statuses(stage)] == [("failed", 131047)]
    stage.writes("aws_social")
    social.send_whatsapp_message(**whatsapp(stage, biz_opaque_callback_data="ours"))
    until(lambda: len(statuses(stage)) == 3)
    assert [one["status"] for one in statuses(stage)[1:]] == ["sent", "delivered"]
    assert statuses(stage)[-1]["biz_opaque_callback_data"] == "ours"


def test_a_number_that_aws_does_not_have_sends_nothing(stage: Stage) -> None:
    social = client(stage, "socialmessaging")
    wish = {**whatsapp(stage), "originationPhoneNumberId": "phone-number-id-0"}
    assert refused(social.send_whatsapp_message, **wish)[0] == "ResourceNotFoundException"


def mail(to: str = "zoe@example.com", **more: Any) -> dict[str, Any]:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = FROM, to, "Sua consulta"
    written["Reply-To"] = "contato+t0k3n@boavista.example"
    written.set_content("Olá!")
    content = {"Content": {"Raw": {"Data": written.as_bytes()}}, "ConfigurationSetName": "any"}
    tags = [{"Name": "reference", "Value": "ours"}]
    return {
        "FromEmailAddress": FROM,
        "Destination": {"ToAddresses": [to]},
        "EmailTags": tags,
        **content,
        **more,
    }


def test_a_mail_is_taken_and_its_events_bring_our_tags_back(stage: Stage) -> None:
    ident = client(stage, "sesv2").send_email(**mail())["MessageId"]
    until(lambda: len(stage.told("email")) == 2)
    assert [event["eventType"] for event in stage.told("email")] == ["Send", "Delivery"]
    assert {event["mail"]["messageId"] for event in stage.told("email")} == {ident}
    assert stage.told("email")[0]["mail"]["tags"] == {"reference": ["ours"]}
    assert stage.outbox.outbound()[0]["text"] == "Olá!"


def test_an_address_where_nobody_is_bounces(stage: Stage) -> None:
    client(stage, "sesv2").send_email(**mail("nobody0000@example.com"))
    until(lambda: stage.told("email"))
    (event,) = stage.told("email")
    assert (event["eventType"], event["bounce"]["bounceType"]) == ("Bounce", "Permanent")


def test_only_a_clinic_s_own_address_may_send(stage: Stage) -> None:
    ses = client(stage, "sesv2")
    assert refused(ses.send_email, **mail(FromEmailAddress="x@other.example"))[0] == "MessageRejected"
    assert ses.get_email_identity(EmailIdentity="boavista.example")["VerifiedForSendingStatus"]
    assert refused(ses.get_email_identity, EmailIdentity="other.example")[0] == "NotFoundException"


def test_a_mail_from_the_phone_is_kept_and_told_of(stage: Stage) -> None:
    stage.writes("email", email="zoe@example.com", subject="Consulta", text="Bom dia", file="photo")
    (told,) = stage.told("email")
    key = told["receipt"]["action"]["objectKey"]
    kept = email.message_from_bytes(stage.cloud.kept[f"mail/{key}"], policy=default)
    assert (kept["Subject"], told["receipt"]["recipients"]) == ("Consulta", [FROM])
    assert [part.get_content_type() for part in kept.iter_attachments()] == ["image/png"]
    assert told["mail"]["messageId"] == key.rpartition("/")[2]


def test_an_answer_goes_where_it_is_asked_to_and_names_what_it_answers(stage: Stage) -> None:
    client(stage, "sesv2").send_email(**mail())
    (item,) = stage.outbox.outbound()
    stage.writes("email", email="zoe@example.com", text="Obrigada", reply_to=item["id"])
    told = stage.told("email")[0]
    assert told["receipt"]["recipients"] == ["contato+t0k3n@boavista.example"]
    kept = email.message_from_bytes(next(iter(stage.cloud.kept.values())), policy=default)
    assert kept["In-Reply-To"] == item["message_id"]
    assert "> Olá!" in kept.get_content()


def test_a_mail_that_is_marked_as_junk_is_a_complaint(stage: Stage) -> None:
    client(stage, "sesv2").send_email(**mail())
    until(lambda: len(stage.told("email")) == 2)
    stage.writes("email", email="zoe@example.com", action="stop")
    assert stage.told("email")[-1]["eventType"] == "Complaint"


def test_a_script_may_publish_what_aws_would(stage: Stage) -> None:
    assert stage.client.post("/fake/aws_sms/message", json={"any": 1}).status_code == 202
    assert stage.told("aws_sms") == [{"any": 1}]
    assert stage.client.post("/fake/whatsapp/message", json={"any": 1}).status_code == 400
    raw = b"From: a@example.com\r\nSubject: x\r\n\r\nhi"
    assert stage.client.post("/fake/email/mail", params={"to": FROM}, content=raw).status_code == 202
    assert list(stage.cloud.kept.values()) == [raw]
    assert stage.client.post("/fake/email/mail", params={"to": "no@other"}, content=raw).status_code == 400
