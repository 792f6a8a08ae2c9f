"""A form on the clinic's own page: "contact us", "ask for an appointment". Messages come in; none go out.

The protocol is our own. POST JSON, urlencoded or multipart; the fields that we know are `name`, `phone`,
`email`, `message`, `service` (or `reason`), `preferred_time`, `language`, `page`, `submission_id` (the dedupe
key, made by the page), `consent` with `consent_wording` (its version), and `utm_campaign`, `utm_source`, ….
Those that spare the desk a question (`birth_date`, `document`, `city`, …) are in `rules/preregistration.py`.
Any other field is kept, too, and shown by its own name. `website` is a trap: people do not see it.

Nothing that is typed here is proven, so no form answers a question of ours, nor stops or starts anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    captcha,
    pages,
    webform_fields,
)
from recado.channels import events as form
from recado.channels.webform_fields import MAX_BYTES, Fields
from recado.errors import Forged, SendFailed, TooLarge, UnreadableInput

NAME: Final = "webform"
PROVIDER: Final = ""
TRAITS: Final = Traits(
    systems=(),
    max_text=0,
    per_caller=20,
    made_id=True,
    needs=(
        Need("origins", secret=False, many=True, sends=False, verifies="origins"),
        Need("thanks_url", secret=False, optional=True, sends=False, verifies="thanks_url"),
        Need("captcha_provider", secret=False, optional=True, sends=False, verifies="captcha_provider"),
        Need("captcha_secret", optional=True, sends=False, verifies="captcha_secrets"),
    ),
)
TRAP: Final = "website"
CONTACT: Final = ("phone", "email")
KNOWN: Final = {*CONTACT, "name", "message", "page", "language", "submission_id"}
"""What a message has in fields of its own; all else goes under its text."""
UNSAID: Final = captcha.FIELDS | {TRAP}
EMAIL: Final = re.compile(r"[^@\s,;<>()]{1,64}@[^@\s,;<>()]+\.[^@\s,;<>().]+")
MAX_EMAIL: Final = 254
"""Characters (RFC 5321, section 4.5.3.1)."""
THANKS: Final = "Obrigado. Gracias. Grazie. Gràcies. Thank you."
"""For a clinic without a page of thanks: which language was read, a form need not say."""
URL: Final = re.compile(r"https?://[^\s\x00-\x20]{1,2000}")


def verify(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless it comes from a page of the clinic's, and a person sent it where one can know.

    Raises TooLarge, and Unavailable while the CAPTCHA's provider does not answer.
    """
    pages.from_own_page(request, secrets)
    if len(request.body) > MAX_BYTES:
        raise TooLarge
    if secrets.get("captcha_secrets"):
        captcha.verify(_fields(request), secrets)


def handshake(_request: Request, _secrets: Secrets) -> str:
    """A form is only ever posted."""
    raise Forged


def reply(request: Request, secrets: Secrets) -> Reply:
    """JSON; the clinic's page of thanks for a form without a script; 400 for what the sender can mend."""
    try:
        fields = webform_fields.read(request)
        if TRAP not in fields:
            _check(fields)
    except UnreadableInput as error:
        return pages.refusal(error)
    if "text/html" not in request.headers.get("accept", ""):
        return pages.answer({"received": True})
    thanks = secrets.get("thanks_url")
    if isinstance(thanks, str) and URL.fullmatch(thanks):
        return Reply(303, headers={"location": thanks})
    return Reply(200, THANKS)


def parse(request: Request) -> list[Received | Unreadable]:
    """The message that a form is; none where the trap was filled in. Never raises."""
    read = form.collected(NAME, request.body, lambda _: _read(request))
    return [one._replace(account=request.account) if isinstance(one, Unreadable) else one for one in read]


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """A form is answered by another channel. Raises SendFailed."""
    raise SendFailed("fix_request", "A form takes no answer: write to the phone or e-mail in it.")


def fetch(account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """Files are not taken. Raises SendFailed."""
    raise SendFailed("fix_request", "Forms hold no files.")


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """There is nobody to ask."""


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A form in which `person` writes `said`."""
    import json  # noqa: PLC0415 - for trials

    fields = {"name": person.name, "phone": person.phone, "message": said}
    headers = {"content-type": "application/json"}
    path = f"/webhooks/{NAME}/{account}"
    return Request("POST", path, {}, headers, json.dumps(fields).encode(), account=account, at=at)


def _fields(request: Request) -> Fields:
    try:
        return webform_fields.read(request)
    except UnreadableInput:
        return {}


def _read(request: Request) -> Iterator[Received]:
    fields = webform_fields.read(request)
    if TRAP in fields:
        return
    said = webform_fields.without(fields, UNSAID)
    if not _says_something(fields):
        yield _notice(request, said)
        return
    _check(fields)
    yield _message(request, said)


def _says_something(fields: Mapping[str, str]) -> bool:
    return any(name in fields for name in ("message", *CONTACT))


def _check(fields: Mapping[str, str]) -> None:
    """Raise UnreadableInput that names the field which the sender can mend."""
    if not _says_something(fields):
        raise UnreadableInput("Please write a message, or say how we can reach you.", "message")
    phone, email = fields.get("phone", ""), fields.get("email", "")
    if phone and not 6 <= len(_digits(phone)) <= 20:
        raise UnreadableInput("This is not a phone number.", "phone")
    if email and (len(email) > MAX_EMAIL or not EMAIL.fullmatch(email)):
        raise UnreadableInput("This is not an e-mail address.", "email")


def _message(request: Request, fields: Fields) -> Received:
    provider_id = _id(request, fields)
    identities, typed = _identities(fields)
    event = form.message(
        provider_id,
        "form",
        text=_text(fields),
        name=_line(fields.get("name", "")),
        origin={"type": "form", "id": _campaign(fields), "url": _page(request, fields)},
        form=fields,
        language=_line(fields.get("language", ""))[:20],
        **typed,
    )
    sender = next((value for _, value in identities), next(iter(typed.values()), provider_id))
    return _received(request, "message", provider_id, fields)._replace(
        sender=sender, identities=identities, event=event
    )


def _notice(request: Request, fields: Fields) -> Received:
    """A form of which we know no field: for an operator, since a person may have sent it."""
    event = {"type": "form", "name": "no known field", "provider_id": ""}
    return _received(request, "notice", _id(request, fields), fields)._replace(event=event)


def _received(request: Request, kind: Kind, provider_id: str, fields: Fields) -> Received:
    key = f"{NAME}/{request.account}/{kind}/{provider_id}"
    return Received(NAME, request.account, kind, key, "", [], request.at, {}, {"fields": fields})


def _id(request: Request, fields: Fields) -> str:
    """The page's own name for this submission; else the same words are the same form until the day ends."""
    told = form.identifier(fields, "submission_id")
    return told or form.digest({"day": request.at[:10], "fields": fields})


def _identities(fields: Fields) -> tuple[list[tuple[str, str]], Fields]:
    """Whose contact points these are; and a number without its country's code, which the clinic's completes.

    An e-mail address that somebody typed is nobody's proof.
    """
    phone, email = _line(fields.get("phone", "")), fields.get("email", "").lower()
    digits = _digits(phone)
    international = phone.startswith(("+", "00", "(+"))
    identities = [("phone", f"+{digits.lstrip('0')}")] if phone and international else []
    identities += [("unverified_email", email)] if email else []
    return identities, {"typed_phone": phone} if phone and not international else {}


def _text(fields: Fields) -> str:
    """The message, and under it all that has no field of its own, as the form calls it."""
    rest = [f"{name}: {_line(value)}" for name, value in fields.items() if _belongs_under(name)]
    return "\n\n".join(part for part in (fields.get("message", ""), "\n".join(rest)) if part)


def _belongs_under(name: str) -> bool:
    return name not in KNOWN and not name.startswith("utm_")


def _campaign(fields: Fields) -> str:
    names = ("utm_campaign", "campaign", "utm_source")
    return next((_line(fields[name])[: form.MAX_NAME] for name in names if name in fields), "")


def _page(request: Request, fields: Fields) -> str:
    """Where the form stands: as its page says, else as the browser does."""
    told = fields.get("page") or request.headers.get("referer", "")
    return told if URL.fullmatch(told) else pages.origin(request)


def _digits(phone: str) -> str:
    return re.sub(r"[^0-9]", "", phone)


def _line(text: str) -> str:
    """On one line: nothing typed here breaks a header or a list."""
    return " ".join(text.split())
