"""An SIU message as a visit. Source: HL7 v2.5.1 chapter 10 (SCH, AIS, AIP, TQ1; table 0278)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from recado.errors import Invalid
from recado.model.appointment import AppointmentStatus
from recado.rules.hl7.message import Message
from recado.rules.times import start_of
from recado.rules.told_visits import ToldPatient, ToldVisit

EVENTS: Final[Mapping[tuple[str, str], AppointmentStatus]] = {
    ("SIU", "S12"): "booked",
    ("SIU", "S13"): "booked",
    ("SIU", "S14"): "booked",
    ("SIU", "S15"): "cancelled",
    ("SIU", "S16"): "cancelled",
    ("SIU", "S17"): "cancelled",
    ("SIU", "S26"): "noshow",
}
"""New, moved, changed, called off, discontinued, deleted, did not come (table 0003) → our states."""
_STATUSES: Final[Mapping[str, AppointmentStatus]] = {
    "started": "arrived",
    "complete": "fulfilled",
    "noshow": "noshow",
    "cancelled": "cancelled",
    "deleted": "cancelled",
    "dc": "cancelled",
}
"""SCH-25 → ours, where it says more than the event."""
_MINUTES: Final[Mapping[str, float]] = {
    "": 1,
    "min": 1,
    "m": 1,
    "h": 60,
    "hr": 60,
    "s": 1 / 60,
    "sec": 1 / 60,
}
"""Units of durations (UCUM and what is written for it) in minutes."""
_STARTS: Final = (("SCH-11", 4), ("TQ1-7", 1), ("AIS-4", 1), ("AIP-6", 1))
"""Where versions 2.3 to 2.8 put the time, the most usual first."""
_DURATIONS: Final = (("SCH-9", "SCH-10"), ("AIS-7", "AIS-8"), ("AIP-9", "AIP-10"))
_TIME: Final = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})?(?:\.[0-9]{1,4})?([+-][0-9]{4})?"
)


def visit(message: Message, patient: ToldPatient, timezone: str) -> ToldVisit:
    """What a message of one of EVENTS says. Its times are the clinic's, unless they name an offset.

    Raises Invalid that names the field.
    """
    system, value = _identifier(message)
    status = _status(message)
    start = _start(message)
    if not start and status == "booked":
        raise Invalid("SCH-11", "Say when it begins.")
    return ToldVisit(
        system=system,
        value=value,
        status=status,
        start=start,
        patient=patient,
        told_at=_told_at(message, timezone),
        minutes=_minutes(message),
        practitioner=_practitioner(message),
        type=(message.value("SCH-8", 2) or message.value("AIS-3", 2))[:100],
        confirmed=message.value("SCH-25").lower() == "confirmed",
    )


def _identifier(message: Message) -> tuple[str, str]:
    """The filler's number of the visit, whose calendar it is, else the placer's."""
    for name in ("SCH-2", "SCH-1"):
        value = message.value(name)
        if value and len(value) <= 200:
            return message.value(name, 2)[:200] or message.value("MSH-3")[:200] or "hl7", value
    raise Invalid("SCH-2", "Give the appointment's number: by it we know it again.")


def _status(message: Message) -> AppointmentStatus:
    by_event = EVENTS["SIU", message.value("MSH-9", 2)]
    return _STATUSES.get(message.value("SCH-25").lower(), by_event) if by_event == "booked" else by_event


def _start(message: Message) -> str:
    for name, component in _STARTS:
        written = message.value(name, component)
        if written:
            return _time(written, name)
    return ""


def _time(written: str, name: str) -> str:
    """As ISO 8601 has it. Raises Invalid."""
    found = _TIME.fullmatch(written)
    if found is None:
        raise Invalid(name, "Give a date and a time, such as 20261124093000 or 202611240930-0300.")
    year, month, day, hour, minute, second, offset = found.groups()
    zone = f"{offset[:3]}:{offset[3:]}" if offset else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}"


def _told_at(message: Message, timezone: str) -> datetime | None:
    written = message.value("MSH-7")
    try:
        return start_of(_time(written, "MSH-7"), timezone) if written else None
    except Invalid as wrong:
        raise Invalid("MSH-7", str(wrong)) from None


def _minutes(message: Message) -> int | None:
    for amount, unit in _DURATIONS:
        written = message.value(amount)
        times = _MINUTES.get(message.value(unit).lower())
        if re.fullmatch("[0-9]{1,4}", written) and times and int(written):
            return max(1, round(int(written) * times))
    return None


def _practitioner(message: Message) -> str:
    prefix, given, family = (message.value("AIP-3", part) for part in (6, 3, 2))
    return " ".join(one for one in (prefix, given, family) if one)[:100]
