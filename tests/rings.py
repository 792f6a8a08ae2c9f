"""Calls by which patients are reminded: a clinic that makes them, and Amazon Connect at the wire."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse
from recado.actions.deliver import deliver
from recado.actions.lookup_caller import answer_flow
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.store import contacts, tenants
from recado.store.clients import client

from infra.local.fakes.aws import AwsRefused
from infra.local.fakes.connect import Exchange
from infra.local.fakes.limits import Limit
from tests import calls, visits
from tests.calls import FLOW
from tests.samples import BOAVISTA

MARIA = visits.POINT.value
MORNING = visits.START - timedelta(minutes=90)
"""When the third rung of the usual ladder is due: three hours before, were it not night."""


def turned_on(tenant: str = "boavista", number: str = BOAVISTA.phone) -> None:
    """The clinic reminds by calls from this number."""
    line = tenants.account(tenant, "voice", number)
    tenants.save_account(tenant, line.model_copy(update={"settings": {"reminders": "on"}}))
    tenants.forget()


@contextmanager
def connected() -> Iterator[Exchange]:
    """Connect, as our client finds it over HTTP."""
    exchange = Exchange(FLOW, {BOAVISTA.phone}, Limit(1000, 1000))
    events, name = client("connect").meta.events, "before-send.connect.StartOutboundVoiceContact"

    def answer(request: Any, **_: Any) -> AWSResponse:
        try:
            rung, _is_new = exchange.start(json.loads(request.body))
        except AwsRefused as refusal:
            told = refusal.answer()
            return _Response(request.url, told.status_code, dict(told.headers), bytes(told.body))
        return _Response(request.url, 200, {}, json.dumps({"ContactId": rung.id}).encode())

    events.register_first(name, answer)
    try:
        with patch.dict(os.environ, REMINDER_FLOW=FLOW):
            yield exchange
    finally:
        events.unregister(name, answer)


class _Response(AWSResponse):  # type: ignore[misc]  # botocore has no types
    def __init__(self, url: str, status: int, headers: dict[str, str], body: bytes) -> None:
        super().__init__(url, status, headers, None)
        self._content = body


def reminded() -> tuple[Appointment, Communication]:
    """A visit that nobody confirmed, and the call about it, which is to be made."""
    visit = visits.booked()
    for now in (visits.FIRST, visits.SECOND, MORNING):
        visits.reminded(now)
    return visits.now_is(visit), visits.written(visit.patient, "reminder")[-1]


def called(exchange: Exchange) -> tuple[Appointment, Communication, str]:
    """The same, when Connect has it in hand: and what Connect calls it."""
    visit, call = reminded()
    deliver("boavista", call.id, MORNING)
    return visit, now_is(call), exchange.calls[-1].id


def now_is(call: Communication) -> Communication:
    """The call as it is stored now."""
    found = contacts.find_communication("boavista", call.id)
    assert found
    return found


def asks(step: str, contact: str, reference: str, key: str = "", **extra: Any) -> dict[str, Any]:
    """What the reminder flow invokes the voice function with."""
    known = {"InitiationMethod": "API", "Attributes": {"reference": reference}, **extra}
    told = calls.flow(step, MARIA, contact, **known)
    told["Details"]["Parameters"]["key"] = key
    return told


def hears(step: str, contact: str, reference: str, key: str = "", **extra: Any) -> dict[str, str]:
    """What the flow is answered."""
    return answer_flow(asks(step, contact, reference, key, **extra), MORNING)


def record(contact: str, reference: str, reason: str, *, connected: bool) -> dict[str, Any]:
    """The contact record of a call of ours."""
    at = MORNING.isoformat()
    return calls.record(
        {"ended": timedelta(seconds=40)}, MARIA, contact, MORNING,
        InitiationMethod="API", DisconnectReason=reason, Attributes={"reference": reference},
        ConnectedToSystemTimestamp=at if connected else None,
    )  # fmt: skip
