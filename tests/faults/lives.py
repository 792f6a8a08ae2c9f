"""Two people as patients have them: on every channel, in every store, by what the recorders made of them."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, NamedTuple

import dedupe
import intake
import voice
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.close import close
from recado.actions.describe import Description, describe
from recado.actions.join_records import join_records
from recado.actions.keep_file import keep_file
from recado.actions.note_consent import note_consent
from recado.actions.place_visit import Visit
from recado.actions.reply import reply
from recado.channels import Received
from recado.model.contact_point import ContactPoint
from recado.model.record import iso
from recado.model.tenant import Account
from recado.store import contacts, patients, tenants
from recado.store.clients import client

from tests import calls
from tests.channels.bodies import sample
from tests.faults.provider import PICTURE
from tests.faults.stage import MAIL_TOPIC, Event, Stage, kinesis, queue, schedule, webhook
from tests.faults.worlds_files import of_field
from tests.samples import signed, status_webhook, text_message
from tests.samples import webhook as body_of

ADDRESS: Final = "recepcao@boavista.example"
CHAT: Final = "pub-chat-1"


class Who(NamedTuple):
    """Somebody, in whose words and names there is always their mark."""

    mark: str
    name: str
    phone: str
    """Digits."""
    document: str
    born: str
    day: str
    """Of their visit; far enough from the other's."""

    @property
    def email(self) -> str:
        return f"{self.mark}@mail.example"

    @property
    def visitor(self) -> str:
        return f"v{self.mark * 3}"

    @property
    def traces(self) -> tuple[str, ...]:
        """What must not be found once they are erased, in lower case."""
        words = tuple(word for word in self.name.casefold().split())
        return (self.mark, self.phone, self.document, self.born, *words)


ZENAIDE: Final = Who("alecrim", "Zenaide Quaresma", "5511987650001", "zq1234567", "1980-02-03", "2026-11-30")
HERMES: Final = Who("murta", "Hermes Bittencourt", "5521998760002", "hb7654321", "1971-10-30", "2026-12-01")

Told = tuple[Callable[[Callable[..., Any], Event], Event | None], Callable[..., Any], Event]


class Life:
    """What one of them did; `told` is all that we were ever told of it."""

    def __init__(self, stage: Stage, who: Who) -> None:
        self.stage, self.who = stage, who
        self.told: list[Told] = []
        self.written = 0
        """How many messages to them a provider took."""

    def live(self) -> None:
        """Write, call, come, and be written to."""
        self._writes()
        self._is_answered()
        self._calls()
        self._comes()
        self._mails()
        self._chats()
        self._is_described()
        self.written = len(self.stage.provider.taken)

    @property
    def record(self) -> str:
        """Their first record."""
        point = ContactPoint(system="phone", value=f"+{self.who.phone}")
        return patients.view("boavista", point).links[0].patient

    @property
    def contact(self) -> str:
        latest = contacts.latest_contact("boavista", self.record)
        assert latest
        return latest.id

    def _hear(self, *told: Told) -> None:
        for trigger, handler, event in told:
            self.stage.deliver(trigger, handler, event)
            self.told.append((trigger, handler, event))
        self.stage.carry()

    def _text(self, text: str, number: int) -> None:
        stamp = str(int(self.stage.now.timestamp()))
        said = text_message(text, self._id(number), self.who.phone, timestamp=stamp)
        self._webhook(body_of(said, name=self.who.name))

    def _id(self, number: object) -> str:
        return f"wamid.{len(self.who.mark)}.{number}"

    def _webhook(self, body: dict[str, Any]) -> None:
        self._hear((webhook, intake.handler, signed(body)))

    def _writes(self) -> None:
        who = self.who
        self._text(f"Bom dia, {who.mark}", 1)
        picture = {"id": "m1", "mime_type": "image/png", "caption": f"o exame {who.mark}"}
        shown = {**text_message("", self._id(2), who.phone), "type": "image", "image": picture}
        del shown["text"]
        self._webhook(body_of(shown, name=who.name))
        past = text_message(f"antes {who.mark}", self._id("past"), who.phone)
        self._webhook(of_field("history", {"messages": [past]}))
        wish = {"wa_id": who.phone, "category": "marketing_messages", "value": "stop"}
        told = {**wish, "timestamp": "1795442400"}
        self._webhook(of_field("user_preferences", {"user_preferences": [told]}))

    def receipt(self, number: int, status: str) -> dict[str, Any]:
        """What the provider says of the `number`-th message that it took."""
        return status_webhook(self.stage.provider.provider_id(number), status, recipient=self.who.phone)

    def _is_answered(self) -> None:
        stage, mark = self.stage, self.who.mark
        kept = keep_file("boavista", self.contact, f"{mark}.png", f"Mapa {mark}", PICTURE)
        keep_file("boavista", self.contact, f"{mark}-2.png", f"nunca {mark}", PICTURE)
        reply("boavista", "ana", self.contact, f"Veja, {mark}", stage.now, files=[kept.id])
        stage.carry()
        for status in ("sent", "delivered"):
            self._webhook(self.receipt(len(stage.provider.taken), status))
        echo = {**text_message(f"Já vamos {mark}", self._id(9), "551130000000"), "to": self.who.phone}
        self._webhook(of_field("smb_message_echoes", {"message_echoes": [echo]}))
        close("boavista", self.contact, "resolved", stage.now, note=f"gentil {mark}")
        stage.carry()

    def _calls(self) -> None:
        call = calls.CALL.replace("1", str(len(self.who.mark)))
        began, caller = self.stage.now, f"+{self.who.phone}"
        self._hear((schedule, voice.handler, calls.flow(caller=caller, call=call)))
        for one in calls.events(calls.ABANDONED, call, began):
            self._hear((schedule, voice.handler, one))
        self.stage.pass_time(timedelta(minutes=3))
        self.stage.sweep()
        record = calls.record(calls.ABANDONED, caller, call, began)
        self._hear((kinesis, voice.handler, calls.records(record)))
        close("boavista", self.contact, "resolved", self.stage.now, note=f"ligou {self.who.mark}")

    def _comes(self) -> None:
        stage, who = self.stage, self.who
        visit = Visit(f"{who.day}T09:30", f"Dra. {who.mark}", f"consulta {who.mark}", 30)
        booked = book("boavista", Person(who.name, f"+{who.phone}"), visit, stage.now, author="agent:ana")
        stage.carry()
        stage.move_to(booked.start - timedelta(hours=71))
        stage.sweep()
        self._text("1", 3)
        stage.move_to(booked.start + timedelta(hours=4))
        stage.sweep()

    def _mails(self) -> None:
        who, document = self.who, self._mail()
        stored = document["receipt"]["action"]["objectKey"]
        body = (
            f"From: {who.name} <{who.email}>\r\nSubject: Resultado {who.mark}\r\n"
            f"Message-ID: <{who.mark}@mail.example>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
            f"Segue {who.mark}\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
            f'Content-Disposition: attachment; filename="{who.mark}.png"\r\n\r\n'
            f"{base64.b64encode(PICTURE).decode()}\r\n--b--\r\n"
        )
        client("s3").put_object(Bucket=os.environ["MAIL_BUCKET"], Key=stored, Body=body.encode())
        sns = {"MessageId": who.mark, "Timestamp": iso(self.stage.now), "TopicArn": MAIL_TOPIC}
        told = {"EventSource": "aws:sns", "Sns": {**sns, "Message": json.dumps(document)}}
        self._hear((schedule, intake.handler, {"Records": [told]}))
        self._joined(ContactPoint(system="email", value=who.email))

    def _mail(self) -> dict[str, Any]:
        """A notification, as SES gives it, of a mail of theirs."""
        text = json.dumps(sample("email_notification"))
        text = text.replace("maria.silva@example.com", self.who.email).replace("Maria Silva", self.who.name)
        document: dict[str, Any] = json.loads(text)
        document["mail"]["messageId"] = f"ses-{len(self.who.mark)}"
        document["receipt"]["action"]["objectKey"] = f"in/ses-{len(self.who.mark)}"
        return document

    def _chats(self) -> None:
        who = self.who
        event = {
            "provider_id": f"{who.visitor}.c-1",
            "type": "text",
            "text": f"Oi {who.mark}",
            "name": who.name,
        }
        said = Received(
            channel="webchat",
            account=CHAT,
            kind="message",
            key=f"webchat/{CHAT}/message/{who.visitor}.c-1",
            sender=who.visitor,
            identities=[("webchat", who.visitor)],
            at=iso(self.stage.now),
            event=event,
            raw={"text": who.mark},
        )
        self._hear((queue, dedupe.handler, inbound(said)))
        point = ContactPoint(system="webchat", value=who.visitor)
        latest = contacts.latest_contact("boavista", patients.view("boavista", point).links[0].patient)
        assert latest
        reply("boavista", "ana", latest.id, f"Olá {who.mark}", self.stage.now)
        self.stage.carry()
        self._joined(point)

    def _joined(self, point: ContactPoint) -> None:
        """Ana knows whose it is."""
        record = patients.view("boavista", point).links[0].patient
        join_records("boavista", record, self.record, "agent:ana", self.stage.now)
        self.stage.carry()

    def _is_described(self) -> None:
        now, who = self.stage.now, self.who
        said = {"br/passport": who.document, "birth_date": who.born, "street": f"Rua {who.mark}"}
        describe("boavista", self.record, Description(said, "agent:ana", now), now)
        disputed = Description({"street": f"Praça {who.mark}"}, "ehr", now)
        describe("boavista", self.record, disputed, now)
        wanted: dict[str, Any] = {"action": "stop", "purposes": ["care"], "note": f"pediu {who.mark}"}
        note_consent("boavista", "ana", self.record, now, **wanted)


def inbound(*received: Received) -> Event:
    """What dedupe is called with."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "body": json.dumps({"tenant": "boavista", **one._asdict()}),
                "attributes": {"MessageGroupId": one.sender or one.key},
            }
            for number, one in enumerate(received)
        ]
    }


def lived(stage: Stage, *whom: Who) -> list[Life]:
    """They live one after the other, from the clinic's first day on."""
    tenants.save_account("boavista", Account(tenant="boavista", channel="email", id=ADDRESS))
    tenants.save_account("boavista", Account(tenant="boavista", channel="webchat", id=CHAT))
    path = f"{os.environ['ACCOUNT_SECRETS']}/boavista"
    stage.cloud.secret(f"{path}/email/{ADDRESS}", {"thread_key": "sample-thread-key"})
    stage.cloud.secret(f"{path}/webchat/{CHAT}", {})
    lives = []
    for who in whom:
        life = Life(stage, who)
        life.live()
        lives.append(life)
    stage.pass_time(timedelta(hours=30))
    stage.sweep()
    return lives
