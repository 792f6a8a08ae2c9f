"""A patient's mail, both ways, and what SES says of it."""

import email
import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import formatdate, getaddresses, parseaddr
from typing import Any

from infra.local.clinics import Line
from infra.local.fakes import files
from infra.local.fakes.people import Item, Person, Said
from infra.local.outbox import stamp

Json = dict[str, Any]


def compose(line: Line, person: Person, said: Said) -> EmailMessage:
    """A mail as somebody's mail program writes it; an answer quotes what it answers."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{person.name}" <{person.mailbox}>'
    mail["To"] = (said.answers or {}).get("answer_to") or line.account
    mail["Date"] = formatdate(usegmt=True)
    mail["Message-ID"] = f"<{uuid.uuid4()}@mail.{person.mailbox.rpartition('@')[2]}>"
    mail["Subject"] = said.subject or said.shown[:60] or files.canned(said.file).name
    if said.answers:
        thread = [*said.answers.get("thread", ()), str(said.answers["message_id"])]
        mail["In-Reply-To"] = thread[-1]
        mail["References"] = " ".join(thread)
        quoted = "\n".join(f"> {part}" for part in str(said.answers["text"]).splitlines())
        written = f"{said.shown}\n\nOn {formatdate(usegmt=True)} <{line.account}> wrote:\n{quoted}\n"
    else:
        written = f"{said.shown}\n"
    mail.set_content(written)
    if said.file:
        file = files.canned(said.file)
        main, _, sub = file.mime.partition(";")[0].partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return mail


def received(to: str, raw: bytes, key: str, bucket: str) -> Json:
    """SES's notification of a mail that it has put into a bucket (receipt rule, S3 action)."""
    mail = email.message_from_bytes(raw, policy=default)
    told = {name: {"status": "PASS"} for name in ("spam", "virus", "spf", "dkim", "dmarc")}
    sender = next((address for _, address in getaddresses([str(mail["From"] or "")])), "")
    common = {
        "returnPath": sender,
        "from": [str(mail["From"])],
        "to": [str(mail["To"] or "")],
        "date": str(mail["Date"]),
        "messageId": str(mail["Message-ID"]),
        "subject": str(mail["Subject"]),
    }
    return {
        "notificationType": "Received",
        "receipt": {
            "timestamp": stamp(),
            "processingTimeMillis": 400,
            "recipients": [to],
            **{f"{name}Verdict": verdict for name, verdict in told.items()},
            "action": {
                "type": "S3",
                "topicArn": "",
                "bucketName": bucket,
                "objectKeyPrefix": key.rpartition("/")[0],
                "objectKey": key,
            },
        },
        "mail": {
            "timestamp": stamp(),
            "source": sender,
            "messageId": key.rpartition("/")[2],
            "destination": [to],
            "headersTruncated": False,
            "headers": [{"name": name, "value": str(value)} for name, value in mail.items()],
            "commonHeaders": common,
        },
    }


def event(item: Item, state: str, error: Json | None) -> Json:
    """An event of a configuration set (SES event publishing)."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    mail = {
        "timestamp": item["at"],
        "source": item["sender"],
        "sendingAccountId": "000000000000",
        "messageId": item["id"],
        "destination": [item["to"]],
        "headersTruncated": False,
        "headers": [],
        "tags": item["tags"],
    }
    kind, detail = _detail(item, state, error, now)
    return {"eventType": kind, "mail": mail, kind[0].lower() + kind[1:]: detail}


def _detail(item: Item, state: str, error: Json | None, now: str) -> tuple[str, Json]:
    recipients = [item["to"]]
    if state == "sent":
        return "Send", {}
    if state == "delivered":
        reply = {"smtpResponse": "250 2.0.0 OK", "reportingMTA": "smtp.example", "processingTimeMillis": 300}
        return "Delivery", {"timestamp": now, "recipients": recipients, **reply}
    if state == "complaint":
        people = [{"emailAddress": one} for one in recipients]
        told = {"complainedRecipients": people, "complaintFeedbackType": "abuse", "timestamp": now}
        return "Complaint", {**told, "feedbackId": str(uuid.uuid4())}
    lasting = not error or str(error["code"]) != "Transient"
    bounced = {"action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    told = {"bounceType": "Permanent" if lasting else "Transient", "bounceSubType": "General"}
    people = [{"emailAddress": one, **bounced} for one in recipients]
    return "Bounce", {**told, "bouncedRecipients": people, "timestamp": now, "feedbackId": str(uuid.uuid4())}


def read(raw: bytes) -> Json:
    """What a mail shows to its reader: subject, text, attachments, invitation, its place in a thread."""
    mail = email.message_from_bytes(raw, policy=default)
    body = mail.get_body(("plain", "html"))
    attached = [part.get_filename() or "" for part in mail.iter_attachments()]
    invitations = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return {
        "subject": str(mail["Subject"] or ""),
        "text": str(body.get_content()).strip() if body else "",
        "attachments": [{"kind": "file", "name": name} for name in attached],
        "calendar": "".join(invitations),
        "sender": str(mail["From"] or ""),
        "recipients": [address for _, address in getaddresses([str(mail["To"] or "")])],
        "thread": str(mail["References"] or "").split(),
        "message_id": str(mail["Message-ID"] or ""),
        "answer_to": parseaddr(str(mail["Reply-To"] or ""))[1],
    }
