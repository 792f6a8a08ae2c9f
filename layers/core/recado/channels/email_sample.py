"""A notification of SES as it would bring a short mail: for trials of a clinic's channel and for tests."""

from __future__ import annotations

import json

from recado.channels import Person, Request
from recado.channels.events import digest
from recado.channels.sns import METHOD


def text(account: str, person: Person, said: str, at: str) -> Request:
    """Somebody writes from an address that DMARC proves; the mail's id is made of all of it."""
    sender = f"{person.name} <{person.email}>"
    headers = {
        "Return-Path": f"<{person.email}>",
        "From": sender,
        "To": account,
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [f"{name}: {value}" for name, value in headers.items()]
    verdicts = ("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict")
    body = {
        "notificationType": "Received",
        "mail": {
            "timestamp": at,
            "source": person.email,
            "messageId": digest({"by": person.email, "to": account, "said": said, "at": at}),
            "destination": [account],
            "headersTruncated": False,
            "headers": [{"name": name, "value": value} for name, value in headers.items()],
            "commonHeaders": {"from": [sender], "to": [account]},
        },
        "receipt": {
            "timestamp": at,
            "recipients": [account],
            **{verdict: {"status": "PASS"} for verdict in verdicts},
            "action": {"type": "SNS", "topicArn": "", "encoding": "UTF8"},
        },
        "content": "\r\n".join([*lines, "", said]),
    }
    return Request(METHOD, "", {}, {}, json.dumps(body).encode())
