"""What an event holds, in one form for all channels, and how much of it.

A `message` has: provider_id, type, text, name (what they call themselves), payload (of a button or list
row), attachments, reply_to (the provider's id of the message this one answers, reacts to, edits or revokes),
origin (what brought them: `type` advert, page, form, …, with `id` and `url`), error. Where it applies:
forwarded, group, form (answers by field), typed_phone (a number without its country's code, which the
clinic's completes), language (of the page that they read), changed_to (identities), original_type (of
`unsupported`), subject, content (where the rest of it lies), automatic (true: a machine sent it), message_id
and tag (of an e-mail: what it calls itself, and what stood behind the plus of our address), standby (true:
another app has the thread now).

An `echo` is a message of the clinic's that did not come from us, or not as far as its provider knows: the
same keys, and `reference` where whoever sent it gave one (it is our own if we know that one). An echo or a
message with `historic` (true) is an old one, told when the account was connected: nothing follows from it
now.

A `receipt` has: provider_id, status, reference (ours), error. Without a provider_id it has `until` (ISO
8601): all that was sent to the sender until then has that status.

A `consent` has: action (`stop` or `start`), purposes (of model.patient.Purpose), evidence (what the provider
says happened, in a word).

A `notice` has: type, name, provider_id, and whatever else it tells of an account or a template.

Every attachment has `kind`; a file also id or url (where its provider keeps it), mime, name, sha256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, Literal

from recado.channels import Received, Unreadable
from recado.errors import UnreadableInput

Fields = dict[str, Any]

MAX_ID: Final = 256
"""Characters; Meta says to allow that many for a BSUID. Whatever is longer is no id."""
MAX_NAME: Final = 256
"""Characters of a person's or a file's name that are kept."""
MAX_EVENT: Final = 200_000
"""Bytes as JSON of one event and our reading of it: together they fit one queue message (256 KB) and, as a
message's text, reading and raw form, one row of the database (400 KB)."""
MAX_GROWTH: Final = 20
"""No event takes more times the bytes of its body: a character at most three times, written as \\uXXXX, and
in a form, where a byte need not be one, six times; what is read of it is there at most three times."""
MAX_EVENTS: Final = 2000
"""In one body. Meta: up to 1000 updates are sent together."""
MILLISECONDS: Final = 10**12
"""Time stamps at or above are in milliseconds, below in seconds (courier's rule)."""
YEARS: Final = range(2009, 2101)

Said = Literal["message", "echo"]
Wish = Literal["stop", "start"]

STATUSES: Final = frozenset({"sent", "delivered", "read", "played", "failed"})
"""Of a receipt, whatever the provider calls them."""


def message(provider_id: str, kind: str, **known: Any) -> Fields:
    """The event of a message or an echo; what is not given is empty."""
    event: Fields = {
        "provider_id": provider_id,
        "type": kind,
        "text": "",
        "name": "",
        "payload": None,
        "attachments": [],
        "reply_to": None,
        "origin": None,
        "error": None,
        **known,
    }
    event["name"] = event["name"][:MAX_NAME]
    return event


def receipt(
    provider_id: str,
    status: str,
    *,
    reference: str | None = None,
    error: Fields | None = None,
    until: str | None = None,
) -> Fields:
    """The event of a receipt. `status` is one of STATUSES, `error` has at least `code` and `outcome`."""
    told = {"provider_id": provider_id, "status": status, "reference": reference or None, "error": error}
    return {**told, "until": until} if until else told


def consent(action: Wish, purposes: Iterable[str], evidence: str) -> Fields:
    """The event of somebody who stopped, or takes again, what we send."""
    return {"action": action, "purposes": sorted(purposes), "evidence": evidence}


def file(kind: str, **known: str) -> Fields:
    """An attachment whose bytes its provider keeps; what is not given is empty."""
    return {"kind": kind, "id": "", "url": "", "mime": "", "name": "", "sha256": "", **known}


def collected(
    channel: str, body: bytes, read: Callable[[bytes], Iterable[Received | Unreadable]]
) -> list[Received | Unreadable]:
    """What `read` finds in a body, at most MAX_EVENTS of at most MAX_EVENT bytes; never raises."""
    try:
        events = list(islice(read(body), MAX_EVENTS + 1))
    except UnreadableInput as error:
        return [Unreadable(channel, str(error), body, None)]
    if len(events) > MAX_EVENTS:
        return [Unreadable(channel, f"more than {MAX_EVENTS} events", body, None)]
    return events if len(body) * MAX_GROWTH <= MAX_EVENT else [_bounded(event) for event in events]


def isolated(
    channel: str, account: str, item: Any, read: Callable[[Fields], Received]
) -> Received | Unreadable:
    """One event of a body, which does not stop its neighbours when it cannot be read."""
    if not isinstance(item, dict):
        return unreadable(channel, "an event that is no object", item, account)
    try:
        return read(item)
    except UnreadableInput as error:
        return unreadable(channel, str(error), item, account)


def unreadable(channel: str, reason: str, item: Any, account: str = "") -> Unreadable:
    """One item of a body, kept as JSON."""
    return Unreadable(channel, reason, json.dumps(item).encode(), account or None)


def digest(item: Mapping[str, Any]) -> str:
    """A name for what has none: the same each time it is delivered."""
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()[:32]


def text(fields: Mapping[str, Any], key: str) -> str:
    """A string, or a number as one; "" for anything else."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def identifier(fields: Mapping[str, Any], key: str) -> str:
    """An id; "" for what is too long to be one, as it would be too long for a row's key."""
    value = text(fields, key)
    return value if len(value) <= MAX_ID else ""


def child(fields: Mapping[str, Any], key: str) -> Fields:
    """An object within; an empty one for anything else."""
    value = fields.get(key)
    return value if isinstance(value, dict) else {}


def items(fields: Mapping[str, Any], key: str) -> list[Fields]:
    """The objects of a list; what is no object in it, or no list, is left out."""
    value = fields.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def time(stamp: object) -> str:
    """UNIX seconds or milliseconds, a string or a number → ISO 8601 in UTC. Raises UnreadableInput."""
    digits = str(stamp) if isinstance(stamp, str | int) else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 16):
        raise UnreadableInput("no time stamp")
    whole = int(digits)
    milliseconds = whole if whole >= MILLISECONDS else whole * 1000
    seconds, rest = divmod(milliseconds, 1000)
    try:
        at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000, tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise UnreadableInput("no time stamp") from None
    if at.year not in YEARS:
        raise UnreadableInput("no time stamp")
    return at.isoformat(timespec="milliseconds" if rest else "seconds") + "Z"


def time_if_any(stamp: object) -> str:
    """The same; "" for what is no time stamp."""
    try:
        return time(stamp)
    except UnreadableInput:
        return ""


def _bounded(event: Received | Unreadable) -> Received | Unreadable:
    if isinstance(event, Unreadable) or len(json.dumps(event._asdict())) <= MAX_EVENT:
        return event
    return unreadable(event.channel, "an event over the limit", event.raw, event.account)
