"""One mail, as it came, read within bounds: what it says, what it answers, what is attached.

Parsing is the standard library's, over a message class that refuses what grows without end: too many parts,
too deep, too many lines; headers are cut. Attachments are listed, and taken out one by one when asked for.
Nothing that is attached is opened, an attached mail least of all.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from typing import Any, Final, NamedTuple

from recado.channels import File, email_headers, email_quotes, email_thread
from recado.channels.email_headers import STUMBLES, Header
from recado.channels.events import MAX_NAME, Fields, file
from recado.channels.strict_json import clean
from recado.errors import UnreadableInput

MAX_BYTES: Final = 25 * 1024 * 1024
"""Of a whole mail, as much as of a file of any channel. SES takes 40 MB."""
MAX_LINES: Final = 450_000
"""25 MiB of base64 are 345,000 to 410,000. The parser holds each line for itself."""
MAX_PARTS: Final = 100
MAX_DEPTH: Final = 20
MAX_HEADERS: Final = 500
"""Of one part; more are not read."""
MAX_HEADER: Final = 8000
"""Characters of one header."""
STRUCTURED: Final = frozenset({"content-type", "content-disposition", "content-transfer-encoding"})
MAX_STRUCTURED: Final = 1000
"""Characters of one of these, which the standard library reads in the square of their length."""
MAX_PARAMETERS: Final = 50
MAX_WORK: Final = 5 * MAX_LINES
"""Lines times depth: the parser holds each line against the boundary of every part that it lies in."""
MAX_BODY: Final = 300_000
"""Bytes of a body that are read for its text."""
MAX_TEXT: Final = 60_000
"""Characters of it that the timeline shows."""
HEAD_BYTES: Final = 65_536
"""Of a mail that cannot be parsed, as much is read for its headers."""
CHARSETS: Final = re.compile(
    r"utf-(?:7|8|8-sig|16|16-[bl]e|32|32-[bl]e)|ascii|iso8859-[0-9]+|cp[0-9]+|koi8-[rtu]|mac-[a-z]+|hz|johab"
    r"|gb[0-9]+|gbk|big5|big5hkscs|euc_[a-z_0-9]+|shift_jis[x0-9_]*|iso2022_[a-z0-9_]+|tis-620|ptcp154|kz1048"
)
"""Python's names of the character sets of mail; of its other codecs, some take the square of their text."""
KINDS: Final = frozenset({"image", "video", "audio"})


class Mail(NamedTuple):
    """What a mail says. `answers` are the ids in In-Reply-To and References, the last the nearest.

    `files` are its attachments, each with its place among the parts; `error` why it could not be parsed
    (`too_large`, `too_complex`, `broken`), and then only its headers are here.
    """

    subject: str
    text: str
    message_id: str
    answers: tuple[str, ...]
    automatic: bool
    files: tuple[tuple[int, Fields], ...] = ()
    error: str | None = None


class _Part(Message):
    """A message or a part of one that ends the parsing at the bounds."""

    depth = 0
    lines = 0
    """Of the whole mail."""

    def set_raw(self, name: str, value: str) -> None:
        if len(self) < MAX_HEADERS:
            super().set_raw(name, email_headers.whole(_cut(name, value)))

    def attach(self, payload: Any) -> None:
        payload.depth = self.depth + 1
        if payload.depth > MAX_DEPTH or payload.depth * payload.lines > MAX_WORK:
            raise UnreadableInput("too_complex")
        super().attach(payload)


def read(raw: bytes) -> Mail:
    """The mail; never raises. Takes some 0.3 s for 25 MiB."""
    try:
        root = _parsed(raw)
        body, attached = _sorted(root)
        mail = _headers(root)
    except UnreadableInput as error:
        return _head(raw)._replace(error=str(error))
    except STUMBLES:
        return _head(raw)._replace(error="broken")
    return mail._replace(text=_shown(body) or mail.subject, files=tuple(attached))


def filled(event: Fields, mail: Mail, stored: str) -> Fields:
    """The event of a message with what its mail says; `stored` names the object that it lies in, if any."""
    attachments = [_attachment(place, told, stored) for place, told in mail.files]
    if mail.error:
        attachments = [file("document", mime="message/rfc822", state="refused", error=mail.error)]
    return {
        **event,
        "subject": mail.subject or event.get("subject") or "",
        "text": mail.text or mail.subject,
        "attachments": attachments,
        "message_id": mail.message_id or event.get("message_id") or "",
        "reply_to": email_thread.ours(mail.answers) or event.get("reply_to"),
        "automatic": mail.automatic or bool(event.get("automatic")),
        "error": {"code": mail.error} if mail.error else event.get("error"),
    }


def part(raw: bytes, place: int) -> File:
    """One attachment, by its place among the parts. Raises UnreadableInput where there is none."""
    try:
        found = next(itertools.islice(_leaves(_parsed(raw)), place, None), None)
        if found is None:
            raise UnreadableInput("no such part")
        return File(_bytes(found), found.get_content_type())
    except STUMBLES:
        raise UnreadableInput("broken") from None


def _cut(name: str, value: str) -> str:
    """A header within its bounds; what is beyond them is not read."""
    if name.lower() not in STRUCTURED:
        return value[:MAX_HEADER]
    return ";".join(value[:MAX_STRUCTURED].split(";", MAX_PARAMETERS)[:MAX_PARAMETERS])


def _parsed(raw: bytes) -> Message:
    if len(raw) > MAX_BYTES:
        raise UnreadableInput("too_large")
    # The parser ends a line at either, and a header block of short lines is held as so many strings.
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    if lines > MAX_LINES:
        raise UnreadableInput("too_complex")
    parsed: Message = BytesParser(_bounded(lines), policy=compat32).parsebytes(raw)
    return parsed


def _bounded(lines: int) -> Callable[..., _Part]:
    """Makes the parts of one mail of so many lines, and no more than MAX_PARTS of them."""
    counted = itertools.count()

    def make(policy: Any = compat32) -> _Part:
        if next(counted) > MAX_PARTS:
            raise UnreadableInput("too_complex")
        made = _Part(policy)
        made.lines = lines
        return made

    return make


def _head(raw: bytes) -> Mail:
    """What the first headers of a mail tell, when the rest of it cannot be read."""
    head = re.split(rb"\r?\n\r?\n", raw[:HEAD_BYTES], maxsplit=1)[0]
    try:
        return _headers(BytesHeaderParser(_Part, policy=compat32).parsebytes(head))
    except STUMBLES:
        return Mail("", "", "", (), automatic=False)


def _headers(root: Message) -> Mail:
    headers: list[Header] = [(name, str(value)) for name, value in root.raw_items()]
    answers = [
        one
        for name in ("references", "in-reply-to")
        for told in email_headers.values(headers, name)
        for one in email_thread.message_ids(told)
    ]
    ids = email_thread.message_ids(email_headers.value(headers, "message-id"))
    return Mail(
        subject=email_headers.words(email_headers.value(headers, "subject")),
        text="",
        message_id=clean(ids[0]) if ids else "",
        answers=tuple(clean(one) for one in answers),
        automatic=email_headers.is_automatic(headers),
    )


def _leaves(root: Message) -> Iterator[Message]:
    """Every part that holds no others, in their order; an attached mail is one."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        inner = one.get_payload() if one.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting.extend(part for part in reversed(inner) if isinstance(part, Message))
        else:
            yield one


def _sorted(root: Message) -> tuple[list[Message], list[tuple[int, Fields]]]:
    """The parts that are the text, and the attachments: what is not shown as the one is the other.

    Plain parts come before HTML, which says the same again. A multipart without its boundary is plain text.
    """
    leaves = list(enumerate(_leaves(root)))
    plain = [(place, one) for place, one in leaves if _is_body(one, "text/plain")]
    styled = [(place, one) for place, one in leaves if _is_body(one, "text/html")]
    body = plain if any(_text(one).strip() for _, one in plain) else styled[:1] or plain
    shown = {place for place, _ in (*plain, *styled[:1])}
    attached = [(place, _told(one)) for place, one in leaves if place not in shown]
    return [one for _, one in body], attached


def _is_body(one: Message, kind: str) -> bool:
    described = one.get_content_type()
    if described.startswith("multipart/"):
        described = "text/plain"
    return described == kind and one.get_content_disposition() != "attachment" and not one.get_filename()


def _shown(body: list[Message]) -> str:
    return email_quotes.visible("\n\n".join(_text(one) for one in body)[:MAX_BODY])[:MAX_TEXT]


def _text(one: Message) -> str:
    """A part's words."""
    said = _decoded(_bytes(one)[:MAX_BODY], str(one.get_param("charset") or ""))
    if one.get_content_type() == "text/html":
        from recado.channels import email_html  # noqa: PLC0415 - few mails have nothing else

        said = email_html.text(said)
    return clean(said)


def _decoded(content: bytes, charset: str) -> str:
    """In the character set that it says, or the likeliest."""
    try:
        name = codecs.lookup(charset[:40].strip().lower()).name
        if CHARSETS.fullmatch(name):
            return content.decode(name)
    except (LookupError, ValueError, UnicodeError):
        pass
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _bytes(one: Message) -> bytes:
    """What a part holds; of an attached mail, its own source."""
    if one.is_multipart():
        attached = (inner for inner in one.get_payload() if isinstance(inner, Message))
        return b"".join(inner.as_bytes(policy=compat32.clone(mangle_from_=False)) for inner in attached)
    found = one.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _told(one: Message) -> Fields:
    """What a part says of itself."""
    mime = one.get_content_type()
    kind = mime.partition("/")[0]
    name = email_headers.words(str(one.get_filename() or ""))
    return file(
        kind if kind in KINDS else "document",
        mime=mime,
        name=re.split(r"[/\\]", name)[-1][-MAX_NAME:],
        description=email_headers.words(str(one.get("content-description") or ""))[:MAX_NAME],
    )


def _attachment(place: int, told: Fields, stored: str) -> Fields:
    if stored:
        return {**told, "id": f"{stored}#{place}", "state": "waiting"}
    return {**told, "state": "refused", "error": "not_kept"}
