"""A mail in our bucket → a message on the timeline, whoever sent it and whatever is in it."""

from __future__ import annotations

import json
import os
from email.message import EmailMessage
from typing import Any

import pytest
from recado.actions.record import record
from recado.channels import Received, Request, Wire, email, email_content, email_thread
from recado.channels.http import Http
from recado.errors import SendFailed, Unavailable
from recado.model.communication import Communication, Receipt
from recado.model.contact_point import ContactPoint
from recado.store import clients, contacts, patients

from tests.channels.bodies import sample
from tests.cloud import Cloud
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("clinic")

ACCOUNT = "recepcao@boavista.example"
MARIA = "maria.silva@example.com"
KEY = {"thread_key": "sample-thread-key"}


def told(**changes: Any) -> Received:
    """The event of the sample's notification, as it comes off the queue."""
    document = sample("email_notification")
    document["receipt"] |= changes
    (event,) = email.parse(Request("SNS", "", {}, {}, json.dumps(document).encode()))
    assert isinstance(event, Received)
    return Received(**json.loads(json.dumps(event._asdict())))


def put(raw: bytes) -> None:
    """Into the bucket, where the sample says that it is."""
    name = told().event["content"]["object"]
    clients.client("s3").put_object(Bucket=os.environ["MAIL_BUCKET"], Key=name, Body=raw)


def written(text: str = "Posso chegar às dez?", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    known = {
        "From": f"Maria Silva <{MARIA}>",
        "Subject": "Consulta",
        "Message-ID": "<CAF-2@example.com>",
    }
    for name, value in (known | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    return mail


def timeline(system: str = "email") -> list[Communication]:
    point = ContactPoint.model_validate({"system": system, "value": MARIA})
    (link,) = patients.view("boavista", point).links
    return list(contacts.timeline("boavista", link.patient)[0])


def recorded(mail: EmailMessage | bytes, **changes: Any) -> Communication:
    put(mail if isinstance(mail, bytes) else mail.as_bytes())
    event = told(**changes)
    record("boavista", event, NOW)
    (communication,) = timeline(event.identities[0][0])
    return communication


def test_the_timeline_shows_what_they_wrote_and_its_subject_without_what_they_answered() -> None:
    quoted = "Sim!\n\nEm seg., 23 de nov. de 2026 às 10:22, Clínica <c@x.example> escreveu:\n> Pode vir?\n"
    found = recorded(written(quoted))
    assert (found.text, found.subject, found.author) == ("Sim!", "Consulta", "patient")
    assert found.message_id == "CAF-2@example.com"
    assert found.raw is not None
    assert found.raw["receipt"]["action"]["objectKey"]


def test_the_same_notification_again_changes_nothing() -> None:
    recorded(written())
    record("boavista", told(), NOW)
    assert len(timeline()) == 1


def test_an_answer_hangs_on_the_mail_of_ours_that_it_names() -> None:
    provider_id = told().event["reply_to"]
    assert provider_id
    ours = Receipt(channel="email", account=ACCOUNT, provider_id=provider_id, communication="c1", at=NOW)
    contacts.save_receipt("boavista", ours)
    mail = written(In_Reply_To=f"<{provider_id}@email.amazonses.com>", References="<x@y>, <x@y>")
    assert recorded(mail).reply_to == "c1"


def test_what_is_attached_waits_in_the_mail_and_can_be_fetched_from_it() -> None:
    mail = written()
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../exame.pdf")
    mail.add_attachment(written("Outro"), filename="fwd.eml")
    paper, forwarded = recorded(mail).attachments
    assert (paper.state, paper.kind, paper.mime, paper.name) == (
        "waiting",
        "document",
        "application/pdf",
        "exame.pdf",
    )
    wire = Wire(Http(), clients.client, lambda *_: None)
    assert email.fetch(ACCOUNT, {}, paper.model_dump(), wire).content == b"%PDF-1.7"
    assert b"Outro" in email.fetch(ACCOUNT, {}, forwarded.model_dump(), wire).content


@pytest.mark.parametrize("name", ["", "x", "x#", "#1", "in/none#1", "x#99999", "x#-1", "x#1e3"])
def test_what_is_no_part_of_a_mail_of_ours_is_gone_for_good(name: str) -> None:
    wire = Wire(Http(), clients.client, lambda *_: None)
    with pytest.raises(SendFailed) as caught:
        email.fetch(ACCOUNT, {}, {"id": name}, wire)
    assert caught.value.outcome == "fix_request"


def test_a_part_that_is_not_there_is_gone_for_good() -> None:
    put(written().as_bytes())
    wire = Wire(Http(), clients.client, lambda *_: None)
    with pytest.raises(SendFailed) as caught:
        email.fetch(ACCOUNT, {}, {"id": f"{told().event['content']['object']}#7"}, wire)
    assert caught.value.outcome == "fix_request"


def test_a_mail_that_is_too_large_is_a_message_that_says_so() -> None:
    found = recorded(b"Subject: x\n\n" + b"a" * email_content.MAX_BYTES)
    assert [(one.state, one.error) for one in found.attachments] == [("refused", "too_large")]
    assert found.subject == "Consulta de amanhã"


def test_a_mail_that_is_a_bomb_is_a_message_that_says_so() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth) for depth in range(1300)
    )
    found = recorded(b"Subject: Oi\n" + nested)
    assert [(one.state, one.error) for one in found.attachments] == [("refused", "too_complex")]
    assert found.subject == "Oi"


def test_a_mail_that_is_gone_is_a_message_that_says_so() -> None:
    record("boavista", told(), NOW)
    (found,) = timeline()
    assert [(one.state, one.error) for one in found.attachments] == [("refused", "not_found")]


def test_a_bucket_that_does_not_answer_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_BUCKET", "recado-test-no-such-bucket")
    with pytest.raises(Unavailable):
        record("boavista", told(), NOW)


def test_a_forged_from_leads_to_nobody_s_timeline() -> None:
    recorded(written("Sou a Maria"))
    forged = told(dmarcVerdict={"status": "FAIL"})
    forged = forged._replace(event={**forged.event, "provider_id": "forged"})
    record("boavista", forged, NOW)
    assert len(timeline("email")) == 1
    assert len(timeline("unverified_email")) == 1


def tagged(address: str, key: dict[str, str] = KEY) -> Received:
    """Without DMARC, to the address that we gave this person."""
    to = email_thread.reply_address(key, ACCOUNT, address)
    return told(dmarcVerdict={"status": "GRAY"}, recipients=[to])


def test_who_answers_the_address_that_we_gave_them_is_who_they_say(clinic: Cloud) -> None:
    clinic.secret(f"{os.environ['ACCOUNT_SECRETS']}/boavista/email/{ACCOUNT}", KEY)
    put(written().as_bytes())
    record("boavista", tagged(MARIA), NOW)
    assert len(timeline("email")) == 1


@pytest.mark.parametrize("event", [tagged("eve@example.com"), tagged(MARIA, {"thread_key": "another"})])
def test_another_s_address_or_another_key_proves_nothing(event: Received, clinic: Cloud) -> None:
    clinic.secret(f"{os.environ['ACCOUNT_SECRETS']}/boavista/email/{ACCOUNT}", KEY)
    put(written().as_bytes())
    record("boavista", event, NOW)
    assert len(timeline("unverified_email")) == 1


def test_without_a_key_an_address_proves_nothing() -> None:
    put(written().as_bytes())
    record("boavista", tagged(MARIA), NOW)
    assert len(timeline("unverified_email")) == 1


def test_stop_stops_unless_a_machine_says_it() -> None:
    assert not recorded(written("STOP")).automatic
    assert contacts.open_contacts("boavista")[0][0].pending


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "x"}]
)
def test_what_a_machine_says_is_kept_and_answers_nothing(headers: dict[str, str]) -> None:
    found = recorded(written("STOP", **headers))
    assert found.automatic
    assert not contacts.open_contacts("boavista")[0][0].pending


def test_an_unsubscribe_mail_of_nothing_but_a_subject_stops() -> None:
    found = recorded(b"From: maria.silva@example.com\nSubject: STOP\n\n")
    assert found.text == "STOP"
    assert contacts.open_contacts("boavista")[0][0].pending
