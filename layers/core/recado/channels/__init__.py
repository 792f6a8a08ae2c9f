"""How we speak: one module a channel, and a module *is* a Channel.

These types cross the wire between a provider and the rest of Recado. They are plain tuples of the standard
library, since the webhook function must import quickly; `_asdict()` gives what goes on a queue as JSON.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, cast

from recado.errors import NotFound

if TYPE_CHECKING:
    from recado.channels.http import Http

Kind = Literal["message", "receipt", "notice"]
Secrets = Mapping[str, object]
"""What a webhook is verified with, as it is stored: e.g. `{"app_secrets": [...], "verify_token": ...}`."""


class Request(NamedTuple):
    """One HTTP request as it came off the wire. Header names are lower-case; `body` is the raw bytes."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Received(NamedTuple):
    """One event a provider told us about.

    `account` is the channel account at the provider (WhatsApp: phone_number_id; for a notice about a whole
    business, its id). `key` is unique for this event and the same each time it is delivered again. `sender`
    is the other person's address as received; answer to exactly that. `identities` are (system, value)
    pairs, of the systems `phone` ("+" and digits, as received, not yet canonical) and `bsuid`. `at` is the
    provider's time (ISO 8601, UTC, `Z`); only a notice may lack one (""). `event` is our reading (each
    channel documents its keys), `raw` this one event as it came, cleaned of NUL and lone surrogates; both
    are JSON. A field added to these needs a default: an older version may have queued the event.
    """

    channel: str
    account: str
    kind: Kind
    key: str
    sender: str
    identities: list[tuple[str, str]]
    at: str
    event: dict[str, Any]
    raw: dict[str, Any]


class Unreadable(NamedTuple):
    """A verified body, or one event of it, that we could not read: kept for an operator, never dropped.

    `reason` names the fault and holds nothing of the content. `account` is known when only one event was bad,
    and then at most 256 characters long.
    """

    channel: str
    reason: str
    raw: bytes
    account: str | None


class Template(NamedTuple):
    """An approved text. `parameters` are named, or positional when the names are "1", "2", …

    `buttons` are quick replies as (payload, title): the title is what the patient sees and was approved with
    the template, the payload is what comes back.
    """

    name: str
    language: str
    parameters: Mapping[str, str]
    buttons: Sequence[tuple[str, str]] = ()


class Outgoing(NamedTuple):
    """One message to send. `reference` is our own id, which the provider returns in every receipt.

    `to` is an address as received, an E.164 number, or a provider's id for a person who hides theirs.
    `text` is what the patient reads; with a `template` it is only our record of it. `reply_to` is the
    provider's id of the message this one quotes.
    """

    reference: str
    to: str
    text: str
    template: Template | None = None
    reply_to: str | None = None


class Sent(NamedTuple):
    """The provider has accepted the message (no more than that) and calls it `provider_id`."""

    provider_id: str


class Channel(Protocol):
    """What each channel module offers."""

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a module's constant

    @property
    def PROVIDER(self) -> str:  # noqa: N802 - a module's constant
        """Whose secrets verify its webhooks."""
        ...

    def verify(self, request: Request, secrets: Secrets) -> None:
        """Raise Forged unless the request proves that it comes from the provider."""

    def handshake(self, request: Request, secrets: Secrets) -> str:
        """The text that answers the provider's check of our address. Raises Forged."""
        ...

    def parse(self, body: bytes) -> list[Received | Unreadable]:
        """Every event of a verified body, in its order. Never raises: what cannot be read is Unreadable."""
        ...

    def send(self, account: str, credentials: Mapping[str, str], outgoing: Outgoing, http: Http) -> Sent:
        """Send one message, once. Raises SendFailed, whose `outcome` says what may be done next."""
        ...


MODULES: Final = {"whatsapp": "recado.channels.whatsapp"}
"""Every channel with a webhook. To add one, write its module and name it here: the shared tests cover it."""


def channel(name: str) -> Channel:
    """The channel called `name`; only that one is imported. Raises NotFound."""
    if name not in MODULES:
        raise NotFound
    return cast("Channel", importlib.import_module(MODULES[name]))
