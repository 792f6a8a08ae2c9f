"""Where the entries of a FHIR Bundle begin and end, in a document of any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recado.errors import UnreadableInput
from recado.rules.imports.buffer import LONGEST, Buffer, Frame

_SPACE: Final = re.compile(rb"[ \t\r\n]*")
_STRUCTURE: Final = re.compile(rb'[{}\[\]"]')
_IN_STRING: Final = re.compile(rb'["\\]')
_SCALAR: Final = re.compile(rb"[^,\]}\s]*")
_PATIENT: Final = re.compile(rb'"resourceType"\s*:\s*"Patient"')
_CUT_SHORT: Final = "The file ends in the middle of a Bundle."


def entries(buffer: Buffer, *, inside: bool) -> Iterator[Frame]:
    """The entries of a Bundle, from its beginning or (`inside`) from after one of them; what is no Patient is
    empty.

    Raises UnreadableInput for what is no Bundle, or is cut short.
    """
    if not inside and not _find_entries(buffer):
        return
    while (following := _next(buffer)) != b"]":
        if following == b",":
            buffer.take(1)
        elif following == b"{":
            frame = _value(buffer)
            yield frame if _PATIENT.search(frame.content) else frame._replace(content=b"")
        else:
            raise UnreadableInput("The entries of this Bundle are no list of objects.")


def _find_entries(buffer: Buffer) -> bool:
    """Read up to the first entry; false where there are none."""
    opening = _next(buffer)
    while opening in (b"{", b","):
        buffer.take(1)
        name = _member(buffer)
        if name == b'"entry"' and _next(buffer) == b"[":
            buffer.take(1)
            return True
        value = _value(buffer).content
        if name == b'"resourceType"' and value != b'"Bundle"':
            break
        opening = _next(buffer)
        if opening == b"}":
            return False
    raise UnreadableInput("This is no FHIR Bundle.")


def _member(buffer: Buffer) -> bytes:
    if _next(buffer) != b'"':
        raise UnreadableInput("This is no FHIR Bundle.")
    name = _value(buffer).content
    if _next(buffer) != b":":
        raise UnreadableInput("This is no FHIR Bundle.")
    buffer.take(1)
    return name


def _next(buffer: Buffer) -> bytes:
    """The next byte that is no space, which is not read yet. Raises UnreadableInput at the file's end."""
    while True:
        space = _SPACE.match(buffer.data)
        buffer.take(space.end() if space else 0)
        if buffer.data:
            return bytes(buffer.data[:1])
        if not buffer.more():
            raise UnreadableInput(_CUT_SHORT)


def _value(buffer: Buffer) -> Frame:
    """One JSON value, read; of one that is too long the beginning."""
    if _next(buffer) not in (b"{", b"[", b'"'):
        return _scalar(buffer)
    head, at, depth, quoted = b"", 0, 0, False
    while at == 0 or depth or quoted:
        found = (_IN_STRING if quoted else _STRUCTURE).search(buffer.data, at)
        if found is None or (found[0] == b"\\" and found.end() == len(buffer.data)):
            at = found.start() if found else len(buffer.data)
            if len(buffer.data) > LONGEST:
                head, at = head or bytes(buffer.data[:LONGEST]), at - len(buffer.take(at))
            if not buffer.more():
                raise UnreadableInput(_CUT_SHORT)
            continue
        at = found.end() + (found[0] == b"\\")
        quoted ^= found[0] == b'"'
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(found[0], 0)
    content = head or buffer.take(at)
    if head:
        buffer.take(at)
    return Frame(content[:LONGEST], buffer.offset, cut=len(content) > LONGEST or bool(head))


def _scalar(buffer: Buffer) -> Frame:
    """A number, `true` or the like."""
    buffer.fill(LONGEST)
    found = _SCALAR.match(buffer.data)
    if found is None or not found[0] or found.end() >= LONGEST:
        raise UnreadableInput("This is no FHIR Bundle.")
    return Frame(buffer.take(found.end()), buffer.offset)
