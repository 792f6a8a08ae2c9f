"""One entry of a patient's timeline, as the API shows it."""

from __future__ import annotations

from typing import Any, NotRequired

from recado.model.communication import Attachment, Communication, CommunicationState, Direction
from recado.model.communication import Purpose as CommunicationPurpose
from recado.model.record import iso
from typing_extensions import TypedDict

from api.answers import Moment


class Button(TypedDict):
    payload: str
    title: str


class CallSummary(TypedDict):
    """How a call ended; times in seconds."""

    outcome: str
    waited_s: int
    talked_s: int


class Item(TypedDict):
    """A message, a call or a notice; `kind` may be one that nobody here knows yet.

    One that failed may be `replaced_by` another, by another channel, which is a `fallback_of` it.
    """

    id: str
    channel: str
    direction: Direction
    kind: str
    text: str
    at: Moment
    state: CommunicationState
    author: str
    purpose: CommunicationPurpose
    contact: str | None
    original_type: NotRequired[str]
    reply_to: NotRequired[str]
    fallback_of: NotRequired[str]
    replaced_by: NotRequired[str]
    buttons: NotRequired[list[Button]]
    error: NotRequired[str]
    attachments: NotRequired[list[dict[str, Any]]]
    subject: NotRequired[str]
    call: NotRequired[CallSummary]


def item_of(one: Communication) -> Item:
    """A communication as an entry; what it does not have is left out."""
    item: Item = {
        "id": one.id,
        "channel": one.channel,
        "direction": one.direction,
        "kind": one.kind,
        "text": one.text,
        "at": iso(one.at),
        "state": one.state,
        "author": one.author,
        "purpose": one.purpose,
        "contact": one.contact,
    }
    if one.original_type:
        item["original_type"] = one.original_type
    if one.reply_to:
        item["reply_to"] = one.reply_to
    if one.fallback_of:
        item["fallback_of"] = one.fallback_of
    if one.replaced_by:
        item["replaced_by"] = one.replaced_by
    if one.buttons:
        item["buttons"] = [{"payload": button.payload, "title": button.title} for button in one.buttons]
    if one.error:
        item["error"] = one.error
    if one.subject:
        item["subject"] = one.subject
    if one.attachments:
        item["attachments"] = [_attachment_of(attachment) for attachment in one.attachments]
    if one.call:
        item["call"] = {
            "outcome": one.call.outcome,
            "waited_s": one.call.waited_s,
            "talked_s": one.call.talked_s,
        }
    return item


def _attachment_of(one: Attachment) -> dict[str, Any]:
    """Without where it lies: the provider's id serves the provider's API only, and with our token."""
    return one.model_dump(mode="json", exclude={"id", "url", "object", "sha256"}, exclude_none=True)
