"""What the headers of a mail tell: words in any character set, who sent it, whether a machine did.

Everything that is read here is bounded first, and the standard library may stumble over it: its parser of
structured headers raises whatever it runs into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.errors import MessageError
from email.policy import default
from email.utils import parseaddr
from typing import Final

from recado.channels.strict_json import clean

Header = tuple[str, str]
"""Name and value, the value as it came: encoded words, bytes beyond ASCII as surrogates."""

STUMBLES: Final = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
"""What the standard library's parsers have been seen to raise at broken mail."""
MAX_WORDS: Final = 1000
"""Characters of a subject or a name that are read."""
MAX_ADDRESS: Final = 254
"""RFC 5321, section 4.5.3.1.3."""
ADDRESS: Final = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]{1,253}")
UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Line breaks and marks that turn the reading direction: neither belongs in one line of words."""
BULK: Final = frozenset({"bulk", "list", "junk", "auto_reply"})
MACHINES: Final = frozenset({"x-autoreply", "x-auto-response-suppress", "list-id"})


def value(headers: Iterable[Header], name: str) -> str:
    """The first header of this name, as it came; "" without one."""
    return next((told for key, told in headers if key.lower() == name), "")


def values(headers: Iterable[Header], name: str) -> list[str]:
    """All headers of this name, as they came."""
    return [told for key, told in headers if key.lower() == name]


def words(raw: str) -> str:
    """A subject or a name as people read it, in one line. Never raises."""
    raw = whole(raw[:MAX_WORDS])
    try:
        read = str(default.header_factory("subject", UNSEEN.sub(" ", raw)))
    except STUMBLES:
        read = raw
    return " ".join(UNSEEN.sub(" ", clean(read)).split())


def whole(raw: str) -> str:
    """Bytes beyond ASCII, which a header should not hold, as the characters that they were meant for."""
    try:
        told = raw.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return clean(raw)
    try:
        return told.decode()
    except UnicodeDecodeError:
        return told.decode("cp1252", "replace")


def sender(raw: str) -> tuple[str, str]:
    """Name and address (lower case, "" where there is none) of a From. Never raises."""
    raw = whole(raw[:MAX_WORDS])
    try:
        name, address = parseaddr(raw)
    except STUMBLES:
        return "", ""
    address = address.strip().lower()
    address = address if ADDRESS.fullmatch(address) else _alone(raw)
    return words(name), address if len(address) <= MAX_ADDRESS else ""


def _alone(raw: str) -> str:
    """The one address that a From names, at its end, where the parser has none: it stumbles over a comma in a
    name without quotes; that of Python 3.11.2 over a name that is an address itself."""
    named = _named(raw)
    ends_with = (one for one in named if raw.lower().rstrip().endswith(f"<{one}>"))
    return next(ends_with, "") if len(named) == 1 else ""


def is_plain(raw: str, address: str) -> bool:
    """Whether a From names this address and nothing else like one: every reader takes it for the same."""
    named = _named(whole(raw[:MAX_WORDS]))
    return len(raw) <= MAX_WORDS and named == {address} and raw.count("@") == raw.lower().count(address)


def _named(raw: str) -> set[str]:
    return {one.lower() for one in ADDRESS.findall(raw)}


def is_automatic(headers: Iterable[Header]) -> bool:
    """Whether a machine sent it: an auto-reply, a report, a list. No machine of ours answers such a mail.

    Source: RFC 3834, section 2.
    """
    known = [(name.lower(), told.strip().lower()) for name, told in headers]
    return any(_is_machine(name, told) for name, told in known)


def _is_machine(name: str, told: str) -> bool:
    if name == "auto-submitted":
        return told.partition(";")[0].strip() != "no"
    if name == "precedence":
        return told in BULK
    if name == "return-path":
        return told in ("", "<>")
    if name == "content-type":
        return told.startswith("multipart/report")
    return name in MACHINES
