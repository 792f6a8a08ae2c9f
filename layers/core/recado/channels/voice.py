"""Calls that we make: Amazon Connect rings somebody, and our flow (infra/connect) says what is to be said.

The account is the clinic's number, which whom we call sees; we call from it
where its settings say so (`reminders`). The call carries our reference and nothing of what it is about: the
flow asks for the words once somebody has answered, so that Connect's records hold none. Nothing comes in
here; what became of a call Connect tells the voice function.

A machine is not told from a person: Connect does so for its campaigns only, which need a quota of their own.
A key that was pressed is the proof of a person.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from recado.channels import (
    File,
    Outgoing,
    Person,
    Received,
    Request,
    Secrets,
    Sent,
    Traits,
    Unreadable,
    Wire,
    aws,
    connect,
)
from recado.channels import accepted as reply  # noqa: F401 - the Protocol's
from recado.errors import Forged, Outcome, SendFailed

NAME: Final = connect.NAME
PROVIDER: Final = "aws"
TRAITS: Final = Traits(systems=("phone",), max_text=0, spoken=True, per_second=1, burst=1)
"""Connect starts two calls a second for all clinics of the AWS account together."""

RINGS_S: Final = 30
"""Before most voicemails answer. Connect takes 15 to 60."""
ON: Final = "reminders"
"""The setting of a clinic's number by which we call from it."""

_FLOW: Final = re.compile(r".*:instance/(?P<instance>[0-9a-f-]{36})/contact-flow/(?P<flow>[0-9a-f-]{36})")
OUTCOMES: Final[dict[str, Outcome]] = {
    # So many calls at once as the instance takes.
    "LimitExceededException": "retry",
    "DestinationNotAllowedException": "bad_address",
    "OutboundContactNotPermittedException": "fix_account",
    "ResourceNotFoundException": "fix_account",
    "InvalidParameterException": "fix_request",
    "InvalidRequestException": "fix_request",
}


def send(account: str, _credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Let Connect ring somebody from the number `account`. Raises SendFailed."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - keeps other starts small

    told = parameters(account, outgoing)
    try:
        answer = wire.aws("connect").start_outbound_voice_contact(**told)
    except (BotoCoreError, ClientError) as error:
        raise aws.failure(error, OUTCOMES) from None
    if not (provider_id := answer.get("ContactId")):
        raise SendFailed("unknown", "Connect accepted the request but named no contact.")
    return Sent(str(provider_id))


def parameters(account: str, outgoing: Outgoing) -> dict[str, Any]:
    """What StartOutboundVoiceContact takes. The same token again, while it rings, starts no second call.
    Raises SendFailed, also for what Connect would take and could not call."""
    flow = _FLOW.fullmatch(os.environ.get("REMINDER_FLOW", ""))
    if flow is None:
        raise SendFailed("fix_account", "No flow for reminders is deployed.")
    if not connect.E164.fullmatch(outgoing.to):
        raise SendFailed("bad_address", "This is no number that can be called.")
    return {
        "InstanceId": flow["instance"],
        "ContactFlowId": flow["flow"],
        "SourcePhoneNumber": account,
        "DestinationPhoneNumber": outgoing.to,
        "ClientToken": outgoing.reference,
        "Attributes": {"reference": outgoing.reference},
        "RingTimeoutInSeconds": RINGS_S,
        "TrafficType": "GENERAL",
    }


def verify(_request: Request, _secrets: Secrets) -> None:
    """There is no webhook. Raises Forged."""
    raise Forged


def handshake(_request: Request, _secrets: Secrets) -> str:
    """There is no webhook. Raises Forged."""
    raise Forged


def parse(_request: Request) -> list[Received | Unreadable]:
    """Nothing comes in this way."""
    return []


def fetch(_account: str, _credentials: Mapping[str, Any], _file: Mapping[str, Any], _wire: Wire) -> File:
    """Nothing is ever attached. Raises SendFailed."""
    _refuse()


def check(_account: str, _credentials: Mapping[str, Any], _wire: Wire) -> None:
    """The operator puts the number behind our flow (README, "Deploy"): there is nothing to ask."""


def sample(_account: str, _person: Person, _said: str, _at: str) -> Request:
    """Nothing comes in this way. Raises SendFailed."""
    _refuse()


def _refuse() -> NoReturn:
    raise SendFailed("fix_request", "Nothing comes in by this channel.")
