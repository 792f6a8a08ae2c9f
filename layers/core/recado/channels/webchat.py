"""The chat on a clinic's own page. The protocol is our own, and recado-chat.js speaks it:

    POST {"type": "hello"}                            → {"token"}: the visitor's, to send from then on
    POST {"type": "message", "clientMsgId", "text"}   → {"received": true}; the same id again changes nothing
    POST {"type": "seen", "messages": [ids]}          → {"received": true}; the visitor has read these
    GET ?after=<place>&language=                      → the clinic, and what was left for the visitor since

The token goes into `Authorization: Bearer …`. It alone says who writes: neither a tenant nor a visitor nor a
time that a page sends is believed, and the name that somebody types is only what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from recado.channels import (
    File,
    Kind,
    Need,
    Outgoing,
    Person,
    Received,
    Reply,
    Request,
    Secrets,
    Sent,
    Traits,
    Unreadable,
    Wire,
    pages,
    strict_json,
    visitors,
)
from recado.channels import events as form
from recado.channels.events import Fields, identifier, text
from recado.channels.traits import live
from recado.errors import Forged, RecadoError, SendFailed, TooLarge, UnreadableInput

NAME: Final = "webchat"
PROVIDER: Final = ""
TRAITS: Final = Traits(
    systems=("webchat",),
    max_text=4096,
    live=True,
    per_caller=120,
    # An open page looks every two seconds: four of them, behind one address.
    looks_per_caller=1200,
    made_id=True,
    needs=(
        Need("origins", secret=False, many=True, sends=False, verifies="origins"),
        Need("visitor_key", made=True, sends=False, verifies="visitor_keys"),
    ),
)
MAX_BYTES: Final = 32_768
"""Of one request: a text of the longest, each character escaped."""
MAX_SEEN: Final = 50
URL: Final = re.compile(r"https?://[^\s\x00-\x20]{1,2000}")


def verify(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless it comes from a page of the clinic's and carries a token of ours; only a greeting
    may come without. Raises TooLarge.

    A page of our own origin does not say where it is when it only looks: there the token is enough.
    """
    looks = request.method == "GET" and not pages.origin(request)
    if not looks:
        pages.from_own_page(request, secrets)
    if len(request.body) > MAX_BYTES:
        raise TooLarge
    if looks or "authorization" in request.headers or not _is_greeting(request):
        _visitor(request, secrets)
    elif not live(secrets, "visitor_keys"):
        raise Forged


def handshake(request: Request, secrets: Secrets) -> str:
    """The visitor who looks in. Raises Forged."""
    return _visitor(request, secrets)


def reply(request: Request, secrets: Secrets) -> Reply:
    """A token to a greeting, a new one to who has one; 400 for what could not be read."""
    if _is_greeting(request):
        visitor = visitors.named(_token(request)) or visitors.new()
        token = visitors.issued(visitor, request.account, live(secrets, "visitor_keys")[0], request.at)
        return pages.answer({"token": token})
    for event in parse(request):
        if isinstance(event, Unreadable):
            return pages.refusal(UnreadableInput(event.reason))
    return pages.answer({"received": True})


def parse(request: Request) -> list[Received | Unreadable]:
    """What a visitor did, in a verified request; nothing of a greeting. Never raises."""
    found = form.collected(NAME, request.body, lambda body: _read(request, body))
    return [one._replace(account=request.account) if isinstance(one, Unreadable) else one for one in found]


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Leave a message for a visitor who looks in. Raises SendFailed.

    The box knows our reference, so that a message left twice is there once: any failure may be repeated.
    """
    if outgoing.media or len(outgoing.text) > TRAITS.max_text:
        raise SendFailed("fix_request", "The chat takes texts of up to 4096 characters, and no files.")
    template = outgoing.template
    item = {
        "id": outgoing.reference,
        "text": outgoing.text,
        "buttons": [list(one) for one in outgoing.buttons or (template.buttons if template else ())],
        "person": outgoing.by_person,
    }
    try:
        wire.leave(outgoing.to, item)
    except RecadoError as error:
        raise SendFailed("retry", "The message could not be left.") from error
    return Sent(outgoing.reference)


def fetch(account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """Files are not taken. Raises SendFailed."""
    raise SendFailed("fix_request", "The chat holds no files.")


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """There is nobody to ask."""


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A visitor called as `person` writes `said`; the token's signature is still to be made."""
    import base64  # noqa: PLC0415 - for trials, as what follows
    import hashlib  # noqa: PLC0415
    import json  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415

    name = hashlib.sha256(person.handle.encode()).digest()
    visitor = "v" + base64.b32encode(name)[:20].decode().lower()
    seconds = int(datetime.fromisoformat(at).timestamp())
    ident = form.digest({"said": said, "at": at})
    body = {"type": "message", "clientMsgId": ident, "text": said, "name": person.name}
    headers = {"content-type": "application/json", "authorization": f"Bearer v1.{visitor}.{seconds}."}
    path = f"/webhooks/{NAME}/{account}"
    return Request("POST", path, {}, headers, json.dumps(body).encode(), account=account, at=at)


def _visitor(request: Request, secrets: Secrets) -> str:
    return visitors.verify(_token(request), request.account, live(secrets, "visitor_keys"), request.at)


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _is_greeting(request: Request) -> bool:
    try:
        document = strict_json.load(request.body)
    except UnreadableInput:
        return False
    return isinstance(document, dict) and document.get("type") == "hello"


def _read(request: Request, body: bytes) -> Iterator[Received]:
    if len(body) > MAX_BYTES:
        raise UnreadableInput(f"over {MAX_BYTES} bytes")
    document = strict_json.load(body)
    if not isinstance(document, dict):
        raise UnreadableInput("no object")
    kind = document.get("type", "message")
    if kind == "hello":
        return
    visitor = visitors.named(_token(request))
    if not visitor:
        raise UnreadableInput("no visitor")
    reader = READERS.get(kind, _notices) if isinstance(kind, str) else _notices
    for event in reader(request, document):
        yield event._replace(sender=visitor, identities=[("webchat", visitor)])


def _messages(request: Request, document: Fields) -> Iterator[Received]:
    ident, said = identifier(document, "clientMsgId"), document.get("text", "")
    if not ident:
        raise UnreadableInput("no clientMsgId")
    if not isinstance(said, str) or len(said) > TRAITS.max_text:
        raise UnreadableInput("text is none, or too long")
    page = text(document, "page")
    event = form.message(
        # Another visitor's own name for a message must not be taken for this one's.
        f"{visitors.named(_token(request))}.{ident}",
        "text",
        text=said,
        name=" ".join(text(document, "name").split()),
        payload=identifier(document, "payload") or None,
        origin={"type": "page", "id": "", "url": page} if URL.fullmatch(page) else None,
        language=text(document, "language")[:20],
    )
    yield _received(request, "message", event["provider_id"], event, document)


def _seen(request: Request, document: Fields) -> Iterator[Received]:
    """Their ids are our references, which only whom they were left for has been told."""
    told = document.get("messages")
    idents = told if isinstance(told, list) else []
    for ident in dict.fromkeys(one for one in idents[:MAX_SEEN] if isinstance(one, str)):
        if 0 < len(ident) <= form.MAX_ID:
            event = form.receipt(ident, "read", reference=ident)
            yield _received(request, "receipt", f"{ident}/read", event, {"seen": ident})


def _notices(request: Request, document: Fields) -> Iterator[Received]:
    event = {"type": text(document, "type")[: form.MAX_NAME], "name": "", "provider_id": ""}
    yield _received(request, "notice", form.digest(document), event, document)


READERS: Final[Mapping[str, Callable[[Request, Fields], Iterator[Received]]]] = {
    "message": _messages,
    "seen": _seen,
}
"""By what the visitor did; anything else is a notice."""


def _received(request: Request, kind: Kind, ident: str, event: Fields, raw: Fields) -> Received:
    key = f"{NAME}/{request.account}/{kind}/{ident}"
    return Received(NAME, request.account, kind, key, "", [], request.at, event, raw)
