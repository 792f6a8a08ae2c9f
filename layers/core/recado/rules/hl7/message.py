"""An HL7 v2 message in its delimited form, as segments, fields and components.

Source: HL7 v2.5.1 chapter 2 (2.5 segments and fields, 2.7 escape sequences, 2.14 batches; table 0211).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from recado.errors import Invalid, UnreadableInput

FRAME: Final = b"\x0b\x1c"
"""What MLLP puts around a message; some send it over HTTP, too."""
ENVELOPES: Final = ("FHS", "BHS", "BTS", "FTS")
"""Segments around the messages of a batch."""
NULL: Final = '""'
"""What says that there is nothing, as against what is left out."""
_CHARSETS: Final[Mapping[str, str]] = {
    "": "utf-8",
    "ASCII": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "8859/1": "iso-8859-1",
    "8859/15": "iso-8859-15",
}
"""MSH-18 → its encoding. What names none is most often UTF-8."""
MOST: Final = 100
"""So often a field is read; nobody has as many names, numbers or addresses."""
_HEX: Final = re.compile("X((?:[0-9A-Fa-f]{2}){1,200})")


class Message(NamedTuple):
    """Segments in their order, each with its fields as they were written; the first is MSH."""

    segments: tuple[tuple[str, ...], ...]
    component: str
    repetition: str
    escape: str
    subcomponent: str

    def value(self, name: str, component: int = 1, repeat: int = 1) -> str:
        """One component of `PID-5`; "" where it is missing, or said to be nothing. Of several segments of a
        name the first counts, and of what has parts of its own the first part."""
        parts = self.repeats(name)
        if repeat > len(parts):
            return ""
        found = parts[repeat - 1].split(self.component)
        if component > len(found):
            return ""
        first = found[component - 1].partition(self.subcomponent)[0]
        return "" if first == NULL else self._unescaped(first).strip()

    def repeats(self, name: str) -> list[str]:
        """How often a field is given, up to MOST times: each time as it was written."""
        segment, _, field = name.partition("-")
        fields = next((one for one in self.segments if one[0] == segment), ())
        number = int(field) - (segment == "MSH")
        written = fields[number] if number < len(fields) else ""
        return written.split(self.repetition, MOST)[:MOST] if written else []

    def has(self, segment: str) -> bool:
        """Whether there is such a segment."""
        return any(one[0] == segment for one in self.segments)

    def _unescaped(self, written: str) -> str:
        """What stands for a separator becomes it; how a text is to look, and what we do not know, goes.

        Separators differ between messages, so that there is a sequence for each.
        """
        if self.escape not in written:
            return written
        known = {
            "F": "|",
            "S": self.component,
            "T": self.subcomponent,
            "R": self.repetition,
            "E": self.escape,
            ".br": " ",
        }
        plain, *rest = written.split(self.escape)
        for place, part in enumerate(rest):
            inside = place % 2 == 0
            plain += (known.get(part) or _characters(part)) if inside else part
        return plain


def messages(content: bytes) -> Iterator[bytes]:
    """The messages of a request, whether they stand alone, in a row, or in a batch."""
    lines = re.split(rb"[\r\n]+", content.translate(None, FRAME))
    found: list[list[bytes]] = []
    for line in lines:
        if line.startswith(b"MSH"):
            found.append([line])
        elif line and found and line[:3].decode("ascii", "replace") not in ENVELOPES:
            found[-1].append(line)
    return (b"\r".join(one) for one in found)


def parse(content: bytes) -> Message:
    """One message. Raises UnreadableInput where it has no header, Invalid for an encoding that we do not
    read."""
    header = content.partition(b"\r")[0].decode("iso-8859-1")
    separators = header[3:8]
    if len(header) < 9 or len(set(separators)) != 5 or re.search(r"[\w\s]", separators):
        raise UnreadableInput("An HL7 message begins with MSH and its separators.", field="MSH")
    field, component, repetition, escape, subcomponent = list(separators)
    named = (header.split(field) + [""] * 18)[17].split(repetition)[0]
    if named not in _CHARSETS:
        raise Invalid("MSH-18", f"One of: {', '.join(_CHARSETS)}.")
    lines = _decoded(content, _CHARSETS[named]).split("\r")
    segments = tuple(tuple(one.strip().split(field)) for one in lines)
    return Message(segments, component, repetition, escape, subcomponent)


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        raise UnreadableInput("This is not in the encoding that MSH-18 names.", field="MSH-18") from None


def _characters(sequence: str) -> str:
    """Characters given by their codes; nothing of any other sequence."""
    found = _HEX.fullmatch(sequence)
    return bytes.fromhex(found[1]).decode("utf-8", "ignore") if found else ""
