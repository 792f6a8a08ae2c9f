"""HL7 version 2 for systems of before FHIR: messages over HTTP, each with its acknowledgement."""

from __future__ import annotations

import hashlib
from typing import Final, Literal

from recado.actions.take_in_hl7 import take_in_hl7
from recado.errors import RecadoError, TooLarge, UnreadableInput
from recado.rules.hl7 import acknowledgement, message
from typing_extensions import TypedDict

from api.resource import Call, File, Reply, Resource

resource = Resource(__name__)

MIME: Final = "application/hl7-v2"
KINDS: Final = (MIME, "x-application/hl7-v2+er7")
"""As "HL7 over HTTP" and its forerunner call it (HAPI HL7v2)."""
LIMIT: Final = 1_048_576
"""Bytes of a body."""
MOST: Final = 50
"""Messages of a body: what is worked off well within the gateway's 29 s."""


class Acknowledgement(TypedDict):
    """What became of a message (`control_id`, its MSH-10): AA it is so, AE it is not, because of `field`, AR
    we take none of this kind."""

    control_id: str
    code: Literal["AA", "AE", "AR"]
    field: str | None
    message: str | None


class Acknowledgements(TypedDict):
    """One for each message, in their order."""

    items: list[Acknowledgement]


@resource.route("POST", "/hl7", "hl7_messages", Acknowledgements, content=KINDS, also=(MIME,))
def hl7_messages(call: Call, body: File) -> Acknowledgements | Reply:
    """Messages, alone, in a row or in a batch: SIU^S12 to S17 and S26 (visits), ADT^A01, A04, A05, A08, A28
    and A31 (patients). Each is answered by an ACK, or by one in JSON where that is asked for. The same again
    changes nothing that is so."""
    if len(body.content) > LIMIT:
        raise TooLarge
    given = list(message.messages(body.content))
    if not given:
        raise UnreadableInput("No message begins here: MSH is missing.")
    if len(given) > MOST:
        raise TooLarge(f"At most {MOST} messages at once.")
    told = [(one, _taken(call, one)) for one in [message.parse(one) for one in given]]
    if call.wants("application/json"):
        return {"items": [_shown(one, refused) for one, refused in told]}
    written = (acknowledgement.written(one, refused, _named(one), call.now) for one, refused in told)
    return Reply(200, "".join(written), {"Content-Type": f"{MIME}; charset=utf-8"})


def _taken(call: Call, told: message.Message) -> RecadoError | None:
    """Why it is not so; none: it is."""
    try:
        take_in_hl7(call.tenant, told, call.now, author=call.author)
    except RecadoError as error:
        if error.status >= 500:
            raise
        return error
    return None


def _shown(told: message.Message, error: RecadoError | None) -> Acknowledgement:
    return {
        "control_id": told.value("MSH-10"),
        "code": acknowledgement.code(error),
        "field": error.field if error else None,
        "message": str(error) if error else None,
    }


def _named(told: message.Message) -> str:
    """Our own control id: the same for the same message."""
    return hashlib.sha256(f"{told.value('MSH-3')} {told.value('MSH-10')}".encode()).hexdigest()[:20]
