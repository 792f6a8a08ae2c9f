"""What is answered to a message. Source: HL7 v2.5.1, 2.9.2 (original mode), 2.15 (MSA, ERR), table 0357."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from recado.errors import Invalid, NotFound, NotTaken, RecadoError, UnreadableInput
from recado.rules.hl7.message import Message

Code = Literal["AA", "AE", "AR"]
_CODES: Final[Mapping[type[RecadoError], tuple[str, str]]] = {
    NotTaken: ("200", "Unsupported message type"),
    UnreadableInput: ("100", "Segment sequence error"),
    Invalid: ("102", "Data type error"),
    NotFound: ("204", "Unknown key identifier"),
}


def code(error: RecadoError | None) -> Code:
    """Accepted; of no kind that we take; or wrong, so that its sender has to see to it."""
    if error is None:
        return "AA"
    return "AR" if isinstance(error, NotTaken) else "AE"


def written(message: Message, error: RecadoError | None, control_id: str, now: datetime) -> str:
    """The ACK of a message, with what is wrong, and where. In the usual separators, whatever the message's
    are."""
    header = _header(message, control_id, now)
    segments = [header, f"MSA|{code(error)}|{_escaped(message.value('MSH-10'))}"]
    if error is not None:
        segments.append(_fault(error))
    return "".join(f"{one}\r" for one in segments)


def _header(message: Message, control_id: str, now: datetime) -> str:
    def said(name: str, component: int = 1) -> str:
        return _escaped(message.value(name, component))

    header = [
        r"MSH|^~\&",
        said("MSH-5"),
        said("MSH-6"),
        said("MSH-3"),
        said("MSH-4"),
        now.strftime("%Y%m%d%H%M%S+0000"),
        "",
        f"ACK^{said('MSH-9', 2)}^ACK",
        control_id,
        said("MSH-11") or "P",
        said("MSH-12") or "2.5",
        *[""] * 5,
        "UNICODE UTF-8",
    ]
    return "|".join(header)


def _fault(error: RecadoError) -> str:
    field = error.field or ""
    told = next(
        (told for kind, told in _CODES.items() if isinstance(error, kind)), ("207", "Application error")
    )
    place = re.fullmatch("([A-Z][A-Z0-9]{2})-([0-9]{1,2})", field)
    where = f"{place[1]}^1^{place[2]}" if place else _escaped(field)
    return f"ERR||{where}|{told[0]}^{told[1]}^HL70357|E||||{_escaped(str(error))}"


def _escaped(text: str) -> str:
    """With a sequence for each separator in it."""
    for written, sequence in {"\\": "E", "|": "F", "^": "S", "&": "T", "~": "R"}.items():
        text = text.replace(written, f"\0{sequence}\0")
    return re.sub(r"[\r\n]+", " ", text).replace("\0", "\\")
