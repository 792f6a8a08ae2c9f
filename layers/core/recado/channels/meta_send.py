"""Sending on Messenger and Instagram: what goes into the request, what its answer means.

A message is words or a file, never both, and a file goes without a description: there is no place for one.
Nor is a message quoted: Meta's reference does not settle how.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from recado.channels import File, Outgoing, Sent
from recado.channels.events import child, text
from recado.channels.http import Answer, Http
from recado.channels.meta_codes import outcome
from recado.channels.meta_graph import (
    GRAPH_URL,
    authorised,
    download,
    error_of,
    failure,
    number,
    refused_check,
)
from recado.channels.meta_messaging import USER_REF
from recado.errors import Outcome, SendFailed

MAX_BUTTONS: Final = 13
MAX_TITLE: Final = 20
"""Characters."""
MAX_PAYLOAD: Final = 1000
"""Characters."""
KINDS: Final = {"document": "file"}
"""What Meta calls a kind of ours, where it has another word."""


def send(credentials: Mapping[str, Any], outgoing: Outgoing, media: Collection[str], http: Http) -> Sent:
    """POST the message once. Raises SendFailed; what is over a limit, or unknown here, does not leave."""
    url, body = f"{GRAPH_URL}/me/messages", request_body(outgoing, media)
    answer = http.post_json(url, body, authorised(credentials))
    if (error := error_of(answer)) is not None:
        raise failure(answer, number(error), _outcome(answer, error))
    if not (provider_id := text(answer.json(), "message_id")):
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(provider_id)


def request_body(outgoing: Outgoing, media: Collection[str]) -> dict[str, Any]:
    """The JSON that the Send API takes for one message. Raises SendFailed `fix_request`."""
    message = _content(outgoing, media)
    buttons = outgoing.buttons or (outgoing.template.buttons if outgoing.template else ())
    if buttons:
        message["quick_replies"] = [_quick_reply(payload, title) for payload, title in buttons]
    _refuse(len(buttons) > MAX_BUTTONS, "There are too many buttons.")
    # It comes back in the echo, by which we know that it is ours.
    message["metadata"] = outgoing.reference
    return {"recipient": _recipient(outgoing.to), **_permission(outgoing), "message": message}


def refuse_longer(length: int, limit: int) -> None:
    """Raise SendFailed `fix_request` for a text over the limit."""
    _refuse(length > limit, f"The text is longer than {limit}.")


def fetch(attachment: Mapping[str, Any], http: Http) -> File:
    """A file at the address that came with the message, which needs no token and is shown none."""
    return download(str(attachment.get("url", "")), {}, http)


def check(account: str, credentials: Mapping[str, Any], field: str, http: Http) -> None:
    """Ask whose the token is: its page's `field` is the account. Raises SendFailed."""
    answer = http.get(f"{GRAPH_URL}/me?fields={field}", authorised(credentials))
    if (error := error_of(answer)) is not None:
        raise refused_check(answer, number(error), _outcome(answer, error))
    told = answer.json()
    found = text(told, field) or text(child(told, field), "id")
    if found != account:
        raise SendFailed(
            "fix_account",
            "This access token belongs to another account.",
            provider_code="another_account",
        )


def _outcome(answer: Answer, error: Mapping[str, Any]) -> Outcome:
    return outcome(number(error), number(error, "error_subcode"), answer.status)


def _recipient(to: str) -> dict[str, str]:
    return {"user_ref": to.removeprefix(USER_REF)} if to.startswith(USER_REF) else {"id": to}


def _permission(outgoing: Outgoing) -> dict[str, str]:
    """By what right it is sent: an answer, or a person's that comes late."""
    if outgoing.outside_window and outgoing.by_person:
        return {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    return {"messaging_type": "RESPONSE"}


def _content(outgoing: Outgoing, media: Collection[str]) -> dict[str, Any]:
    if not outgoing.media:
        _refuse(not outgoing.text, "There is nothing to send.")
        return {"text": outgoing.text}
    _refuse(bool(outgoing.text) or len(outgoing.media) > 1, "A file goes alone, as a message of its own.")
    (one,) = outgoing.media
    _refuse(one.kind not in media, "This kind of file cannot be sent here.")
    kind = KINDS.get(one.kind, one.kind)
    return {"attachment": {"type": kind, "payload": {"url": one.url, "is_reusable": False}}}


def _quick_reply(payload: str, title: str) -> dict[str, str]:
    too_long = len(title) > MAX_TITLE or len(payload) > MAX_PAYLOAD
    _refuse(too_long or not title or not payload, "A button's words are too long, or it has none.")
    return {"content_type": "text", "title": title, "payload": payload}


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise SendFailed("fix_request", why)
