"""A fake of Amazon Connect: a call comes in, the flow asks the voice function, the caller hangs up.

The voice function is invoked with what infra/voice.yaml would bring it: the flow's question, then contact
events as EventBridge sends them, and a while later the contact record as Kinesis does.
"""

import asyncio
import base64
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from infra.local.clinics import Clinic
from infra.local.emulator import ACCOUNT, REGION, Emulator

Json = dict[str, Any]
HangUp = Literal["queue", "menu"]

INSTANCE = f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/00000000-0000-4000-8000-000000000001"
QUEUE = f"{INSTANCE}/queue/00000000-0000-4000-8000-000000000002"
IN_MENU = timedelta(seconds=8)
IN_QUEUE = timedelta(seconds=25)
"""How long the caller is taken to have listened to the menu, and to have waited after it."""

RECORD_DELAY_SECONDS = 3.0
"""Contact records come later than events. Connect takes a minute or more."""


@dataclass(frozen=True)
class Call:
    """One call that nobody answers."""

    id: str
    clinic: Clinic
    caller: str
    began: datetime
    queued: datetime | None
    ended: datetime

    def event(self, kind: str, at: datetime) -> Json:
        """A contact event in EventBridge's envelope. It knows neither the caller nor any attribute."""
        detail: Json = {
            "eventType": kind,
            "contactId": self.id,
            "channel": "VOICE",
            "instanceArn": INSTANCE,
            "initiationMethod": "INBOUND",
            "initiationTimestamp": iso(self.began),
            "connectedToSystemTimestamp": iso(self.began),
            "tags": {"aws:connect:systemEndpoint": self.clinic.phone},
        }
        if self.queued and at >= self.queued:
            enqueued = iso(self.queued)
            detail["queueInfo"] = {"queueArn": QUEUE, "queueType": "STANDARD", "enqueueTimestamp": enqueued}
        if kind == "DISCONNECTED":
            detail["disconnectTimestamp"] = iso(self.ended)
        return {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "Amazon Connect Contact Event",
            "source": "aws.connect",
            "account": ACCOUNT,
            "time": iso(at),
            "region": REGION,
            "resources": [INSTANCE, f"{INSTANCE}/contact/{self.id}"],
            "detail": detail,
        }

    def record(self) -> Json:
        """The contact record, as Connect writes it when all is over."""
        waited = int((self.ended - self.queued).total_seconds()) if self.queued else 0
        queue = {
            "ARN": QUEUE,
            "Name": "reception",
            "EnqueueTimestamp": iso(self.queued or self.ended),
            "DequeueTimestamp": iso(self.ended),
            "Duration": waited,
        }
        return {
            "AWSAccountId": ACCOUNT,
            "AWSContactTraceRecordFormatVersion": "2017-03-10",
            "Agent": None,
            "AgentConnectionAttempts": 0,
            "Attributes": {},
            "Channel": "VOICE",
            "ConnectedToSystemTimestamp": iso(self.began),
            "ContactId": self.id,
            "CustomerEndpoint": {"Address": self.caller, "Type": "TELEPHONE_NUMBER"},
            "DisconnectReason": "CUSTOMER_DISCONNECT",
            "DisconnectTimestamp": iso(self.ended),
            "InitialContactId": None,
            "InitiationMethod": "INBOUND",
            "InitiationTimestamp": iso(self.began),
            "InstanceARN": INSTANCE,
            "LastUpdateTimestamp": iso(self.ended + timedelta(minutes=1)),
            "NextContactId": None,
            "PreviousContactId": None,
            "Queue": queue if self.queued else None,
            "SystemEndpoint": {"Address": self.clinic.phone, "Type": "TELEPHONE_NUMBER"},
        }

    def question(self) -> Json:
        """What the flow asks while the caller listens."""
        contact = {
            "Attributes": {},
            "Channel": "VOICE",
            "ContactId": self.id,
            "CustomerEndpoint": {"Address": self.caller, "Type": "TELEPHONE_NUMBER"},
            "CustomerId": None,
            "InitialContactId": self.id,
            "InitiationMethod": "INBOUND",
            "InstanceARN": INSTANCE,
            "LanguageCode": "en-US",
            "MediaStreams": {"Customer": {"Audio": None}},
            "PreviousContactId": self.id,
            "Queue": None,
            "References": {},
            "SystemEndpoint": {"Address": self.clinic.phone, "Type": "TELEPHONE_NUMBER"},
        }
        parameters = {"step": "lookup"}
        return {"Name": "ContactFlowEvent", "Details": {"ContactData": contact, "Parameters": parameters}}


class Connect:
    """The telephone network of the demo clinics; `function` is the voice function that the flow invokes."""

    def __init__(self, emulator: Emulator, function: str) -> None:
        self._emulator = emulator
        self._function = function
        self._tasks: set[asyncio.Task[None]] = set()

    async def call(self, clinic: Clinic, caller: str, hang_up: HangUp) -> Json:
        """Let somebody call and hang up unanswered; the call's id and what the flow was told."""
        ended = datetime.now(UTC)
        queued = ended - IN_QUEUE if hang_up == "queue" else None
        call = Call(str(uuid.uuid4()), clinic, caller, (queued or ended) - IN_MENU, queued, ended)
        answer = await self.invoke(call.question())
        await self.invoke(call.event("INITIATED", call.began))
        if call.queued:
            await self.invoke(call.event("QUEUED", call.queued))
        await self.invoke(call.event("DISCONNECTED", call.ended))
        task = asyncio.ensure_future(self._report(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return {"call": call.id, "clinic": clinic.id, "from": caller, "flow_was_told": answer}

    async def stop(self) -> None:
        """Report nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _report(self, call: Call) -> None:
        await asyncio.sleep(RECORD_DELAY_SECONDS)
        await self.invoke({"Records": [kinesis(call.record())]})

    async def invoke(self, event: Json) -> Any:
        """Tell the voice function, and its answer."""
        client = self._emulator.client("lambda")
        payload = json.dumps(event).encode()
        answer = await asyncio.to_thread(client.invoke, FunctionName=self._function, Payload=payload)
        return json.loads(answer["Payload"].read() or b"null")


def kinesis(record: Json) -> Json:
    """A contact record as a stream brings it."""
    data = base64.b64encode(json.dumps(record).encode()).decode()
    sequence = str(uuid.uuid4().int)
    return {
        "eventSource": "aws:kinesis",
        "eventID": f"shardId-000000000000:{sequence}",
        "eventName": "aws:kinesis:record",
        "eventVersion": "1.0",
        "awsRegion": REGION,
        "eventSourceARN": f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/recado-local-contact-records",
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": record["ContactId"],
            "sequenceNumber": sequence,
            "data": data,
            "approximateArrivalTimestamp": datetime.now(UTC).timestamp(),
        },
    }


def iso(at: datetime) -> str:
    """A time as Connect writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
