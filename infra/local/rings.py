"""The telephone network for calls of ours: somebody picks up and presses a key, or does not.

What they do at the next call is said beforehand (POST /phone/pick_up); unsaid, nobody answers. The voice
function then hears what the reminder flow, the contact events and the contact record would tell it.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from infra.local.connect import INSTANCE, Json, iso, kinesis
from infra.local.emulator import ACCOUNT, REGION
from infra.local.fakes.connect import Exchange, Rung

Does = Literal["1", "2", "0", "voicemail", "busy", "no_answer"]
DOES: tuple[str, ...] = get_args(Does)
FLOW = f"{INSTANCE}/contact-flow/00000000-0000-4000-8000-000000000003"
REASONS = {"busy": "TELECOM_BUSY", "no_answer": "TELECOM_UNANSWERED"}
RING_SECONDS = 1.0
Invoke = Callable[[Json], Awaitable[Any]]


class Rings:
    """Whom we call, and what they do."""

    def __init__(self, exchange: Exchange, invoke: Invoke, pause: float = RING_SECONDS) -> None:
        self._exchange, self._invoke, self._pause = exchange, invoke, pause
        self._does: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.rung: list[Json] = []

    def pick_up(self, number: str, does: str) -> None:
        """What somebody does at the next call."""
        self._does[number] = does

    async def ring(self, rung: Rung) -> None:
        """Begin to call somebody; what comes of it follows."""
        task = asyncio.ensure_future(self._call(rung))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Call nobody more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _call(self, rung: Rung) -> None:
        began, does = datetime.now(UTC), self._does.pop(rung.to, "no_answer")
        await asyncio.sleep(self._pause)
        heard: list[Any] = []
        if does not in REASONS:
            heard.append(await self._invoke(_asked(rung, {"step": "ring"})))
        if does in ("0", "1", "2") and heard[0].get("status") == "ok":
            heard.append(await self._invoke(_asked(rung, {"step": "pressed", "key": does})))
        self._exchange.over(rung)
        self.rung.append({"id": rung.id, "from": rung.source, "to": rung.to, "does": does, "heard": heard})
        connected = None if does in REASONS else began
        await self._invoke(_event(rung, began, connected))
        await asyncio.sleep(self._pause)
        record = _record(rung, began, connected, REASONS.get(does, "CONTACT_FLOW_DISCONNECT"))
        await self._invoke({"Records": [kinesis(record)]})


def _known(rung: Rung) -> Json:
    return {
        "Attributes": rung.attributes,
        "Channel": "VOICE",
        "ContactId": rung.id,
        "CustomerEndpoint": {"Address": rung.to, "Type": "TELEPHONE_NUMBER"},
        "InitialContactId": None,
        "InitiationMethod": "API",
        "InstanceARN": INSTANCE,
        "PreviousContactId": None,
        "Queue": None,
        "SystemEndpoint": {"Address": rung.source, "Type": "TELEPHONE_NUMBER"},
    }


def _asked(rung: Rung, parameters: Json) -> Json:
    return {"Name": "ContactFlowEvent", "Details": {"ContactData": _known(rung), "Parameters": parameters}}


def _event(rung: Rung, began: datetime, connected: datetime | None) -> Json:
    ended = datetime.now(UTC)
    detail: Json = {
        "eventType": "DISCONNECTED",
        "contactId": rung.id,
        "channel": "VOICE",
        "instanceArn": INSTANCE,
        "initiationMethod": "API",
        "initiationTimestamp": iso(began),
        "disconnectTimestamp": iso(ended),
        "tags": {"aws:connect:systemEndpoint": rung.source},
        **({"connectedToSystemTimestamp": iso(connected)} if connected else {}),
    }
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Amazon Connect Contact Event",
        "source": "aws.connect",
        "account": ACCOUNT,
        "time": iso(ended),
        "region": REGION,
        "resources": [INSTANCE, f"{INSTANCE}/contact/{rung.id}"],
        "detail": detail,
    }


def _record(rung: Rung, began: datetime, connected: datetime | None, reason: str) -> Json:
    ended = datetime.now(UTC)
    return _known(rung) | {
        "AWSAccountId": ACCOUNT,
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": None,
        "AgentConnectionAttempts": 0,
        "ConnectedToSystemTimestamp": iso(connected) if connected else None,
        "DisconnectReason": reason,
        "DisconnectTimestamp": iso(ended),
        "InitiationTimestamp": iso(began),
        "LastUpdateTimestamp": iso(ended + timedelta(minutes=1)),
        "NextContactId": None,
    }
