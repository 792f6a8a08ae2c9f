"""Amazon Connect's three ways of telling us about a call.

A flow asks (`Asked`); contact events and contact records report (`Report`). Published samples differ in the
case of their keys, leave out what others have, and write 1970 for "not yet": all of that ends here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

NAME: Final = "voice"

E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
"""Any other address is a caller who withholds their number: the word used for it is not documented."""

MAX_TEXT: Final = 256
"""Characters of an id or a word; Connect's contact ids have at most as many."""

FAILED: Final = {"status": "error"}
"""What a flow is told for want of an answer: it sends the caller to a person, as when we do not answer at
all."""

VOICES: Final = {"pt-BR": "Camila", "es": "Lucia", "it": "Bianca", "ca": "Arlet", "en": "Joanna"}
"""Amazon Polly's voices; the language itself follows from the voice."""

_DAY_S: Final = 86_400

_UNSET: Final = datetime(1971, 1, 1, tzinfo=UTC)
_ENDED: Final = ("DISCONNECTED", "COMPLETED")
_CONTACT_EVENT: Final = "Amazon Connect Contact Event"


class Report(NamedTuple):
    """What one message says of one leg of a call; none: it does not say.

    `call` is the same for every leg of a call. `channel` is upper-case. `withheld`: the message says who
    calls, and gives no number. `updated_at` and the fields after it come from contact records only.
    """

    call: str
    leg: str
    channel: str
    dialled: str | None
    initiation: str | None = None
    caller: str | None = None
    withheld: bool = False
    initiated_at: datetime | None = None
    connected_at: datetime | None = None
    queued_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    callback_requested: bool = False
    self_served: bool = False
    updated_at: datetime | None = None
    talked_s: int | None = None
    disconnect_reason: str | None = None
    next_leg: str | None = None
    reference: str | None = None
    """Of a call that we began: our communication's id, as whoever began it says."""


class Asked(NamedTuple):
    """What a flow asks, at which step of it, and what it knows of the call; later steps say the language, and
    which key was pressed."""

    step: str
    report: Report
    language: str | None = None
    key: str | None = None


def parse(message: object) -> Asked | Report | None:
    """A flow's question, a contact event, or a contact record; none when it is none of these.

    None, too, when it tells a time that no calendar has in UTC: whoever hears it keeps it for an operator.
    """
    told = _lower(message)
    try:
        return _read(told) if isinstance(told, dict) else None
    except OverflowError:
        return None


def _read(told: Mapping[str, Any]) -> Asked | Report | None:
    if isinstance(told.get("details"), dict):
        return _asked(_part(told, "details"))
    if told.get("detail-type") == _CONTACT_EVENT and isinstance(told.get("detail"), dict):
        return _event(_part(told, "detail"), _instant(told.get("time")))
    if told.get("awscontacttracerecordformatversion"):
        return _record(told)
    return None


def _asked(details: Mapping[str, Any]) -> Asked | None:
    contact = _part(details, "contactdata")
    leg = _text(contact.get("contactid"))
    parameters = _part(details, "parameters")
    step = _text(parameters.get("step")) or ""
    if leg is None:
        return None
    common = _common(contact, leg, _endpoint(contact, "systemendpoint"))
    wishes = common._replace(callback_requested=step == "callback", self_served=step == "self_served")
    wishes = wishes._replace(reference=_text(_part(contact, "attributes").get("reference")))
    language, key = _text(parameters.get("language")), _text(parameters.get("key"))
    return Asked(step, _with_caller(wishes, contact), language, key)


def _event(detail: Mapping[str, Any], at: datetime | None) -> Report | None:
    leg = _text(detail.get("contactid"))
    if leg is None:
        return None
    queue, agent = _part(detail, "queueinfo"), _part(detail, "agentinfo")
    ended = detail.get("eventtype") in _ENDED
    return _common(detail, leg, _dialled(detail))._replace(
        connected_at=_instant(detail.get("connectedtosystemtimestamp")),
        queued_at=_instant(queue.get("enqueuetimestamp")),
        answered_at=_instant(agent.get("connectedtoagenttimestamp")),
        ended_at=_instant(detail.get("disconnecttimestamp")) or (at if ended else None),
    )


def _record(record: Mapping[str, Any]) -> Report | None:
    leg = _text(record.get("contactid"))
    if leg is None:
        return None
    queue, agent = _part(record, "queue"), _part(record, "agent")
    updated_at = _instant(record.get("lastupdatetimestamp"))
    told = _common(record, leg, _dialled(record))._replace(
        connected_at=_instant(record.get("connectedtosystemtimestamp")),
        queued_at=_instant(queue.get("enqueuetimestamp")),
        answered_at=_instant(agent.get("connectedtoagenttimestamp")),
        # A record is written when the leg is over, whatever it leaves out.
        ended_at=_instant(record.get("disconnecttimestamp")) or updated_at,
        callback_requested=_part(record, "attributes").get("callback_requested") == "true",
        updated_at=updated_at,
        talked_s=_seconds(agent.get("agentinteractionduration")),
        disconnect_reason=_text(record.get("disconnectreason")),
        next_leg=_text(record.get("nextcontactid")),
        reference=_text(_part(record, "attributes").get("reference")),
    )
    return _with_caller(told, record)


def _common(contact: Mapping[str, Any], leg: str, dialled: str | None) -> Report:
    return Report(
        call=_text(contact.get("initialcontactid")) or leg,
        leg=leg,
        channel=(_text(contact.get("channel")) or "").upper(),
        dialled=dialled,
        initiation=_text(contact.get("initiationmethod")),
        initiated_at=_instant(contact.get("initiationtimestamp")),
    )


def _with_caller(report: Report, contact: Mapping[str, Any]) -> Report:
    caller = _endpoint(contact, "customerendpoint")
    return report._replace(caller=caller, withheld=caller is None)


def _dialled(contact: Mapping[str, Any]) -> str | None:
    """The number that was called: legs after a transfer have it in their tags at best."""
    tagged = _number(_part(contact, "tags").get("aws:connect:systemendpoint"))
    return _endpoint(contact, "systemendpoint") or tagged


def _endpoint(contact: Mapping[str, Any], name: str) -> str | None:
    value = contact.get(name)
    return _number(value.get("address") if isinstance(value, dict) else value)


def _number(value: object) -> str | None:
    return value if isinstance(value, str) and E164.fullmatch(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= MAX_TEXT else None


def _seconds(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) and 0 <= value <= _DAY_S else None


def _instant(value: object) -> datetime | None:
    """A time, unless it is one of Connect's ways to say "not yet". OverflowError outside the calendar."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if at is None:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if aware >= _UNSET else None


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _lower(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name).lower(): _lower(part) for name, part in value.items()}
    return value
