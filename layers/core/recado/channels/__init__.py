"""How we speak: one module a channel, and a module *is* a Channel.

These types cross the wire between a provider and the rest of Recado. They are plain tuples of the standard
library, since the webhook function must import quickly; `_asdict()` gives what goes on a queue as JSON.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol, cast

from recado.channels.traits import Need as Need
from recado.channels.traits import Secrets as Secrets
from recado.channels.traits import Traits as Traits
from recado.errors import NotFound

if TYPE_CHECKING:
    from recado.channels.http import Http

Kind = Literal["message", "echo", "receipt", "consent", "notice"]
"""What an event is; channels/events.py says what each holds."""


class Request(NamedTuple):
    """One request as it came off the wire. Header names are lower-case; `body` is the raw bytes.

    `url` is the whole address that the provider called, by our own configuration and never by a header;
    `account` the one named in the path, "" where the path names none. Of a notification by SNS, which IAM
    has let through, `method` is "SNS" and `path` the topic's ARN. `source` is the network address that called
    the gateway, and `at` when (ISO 8601, UTC, `Z`); "" where nobody says.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    url: str = ""
    account: str = ""
    source: str = ""
    at: str = ""


class Received(NamedTuple):
    """One event a provider told us about.

    `account` is the channel account at the provider (WhatsApp: phone_number_id; for a notice about a whole
    business, its id). `key` is unique for this event and the same each time it is delivered again. `sender`
    is the other person's address as received; answer to exactly that. `identities` are (system, value)
    pairs (model.patient.System); a `phone` is "+" and digits, as received, not yet canonical. `at` is the
    provider's time (ISO 8601, UTC, `Z`), "" where it tells none. `event` is our reading (events.py lists
    its keys), `raw` this one event as it came, cleaned of NUL and lone surrogates; both are JSON. A field
    added to these needs a default: an older version may have queued the event.
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


class Media(NamedTuple):
    """A file to send: where the provider fetches it (for an hour), what it is, what it shows (for who
    cannot see it), and the bytes for a channel that carries them itself."""

    url: str
    kind: str
    mime: str
    name: str
    description: str
    content: Callable[[], bytes]


class Outgoing(NamedTuple):
    """One message to send. `reference` is our own id, which the provider returns in every receipt.

    `to` is an address as received, an E.164 number, or a provider's id for a person who hides theirs.
    `text` is what the patient reads; with a `template` it is only our record of it. `reply_to` is the
    provider's id of the message this one quotes. `buttons` are quick replies as (payload, title): a channel
    without them writes them under the text. `by_person`: an agent wrote it, which some providers allow for
    longer, and `outside_window`: it goes by that allowance now, the window for all else is shut. `subject`
    and `thread` (the provider's ids of what came before, oldest first) are for e-mail, and so is `calendar`:
    an iCalendar object that tells of a visit, with its method (RFC 5546).
    """

    reference: str
    to: str
    text: str
    template: Template | None = None
    reply_to: str | None = None
    buttons: Sequence[tuple[str, str]] = ()
    media: Sequence[Media] = ()
    by_person: bool = False
    outside_window: bool = False
    language: str = ""
    subject: str = ""
    thread: Sequence[str] = ()
    calendar: tuple[str, str] | None = None


class Reply(NamedTuple):
    """What a webhook is answered once all of it is queued."""

    status: int = 200
    text: str = ""
    kind: str = "text/plain"
    headers: Mapping[str, str] = {}


def accepted(_request: Request, _secrets: Secrets) -> Reply:
    """What most providers want to hear: 200, and nothing more."""
    return Reply()


class Sent(NamedTuple):
    """The provider has accepted the message (no more than that) and calls it `provider_id`."""

    provider_id: str


class File(NamedTuple):
    """What was attached to a message: its bytes, and what the provider says they are."""

    content: bytes
    mime: str


class Person(NamedTuple):
    """Who a trial message is from: `phone` in E.164, and a name for messengers that know no number."""

    name: str
    phone: str
    email: str
    handle: str


class Wire(NamedTuple):
    """What a channel sends through: HTTP to providers, AWS's own services by name, and for a channel whose
    messages are fetched by their reader, the box that they are left in (`leave(address, item)`)."""

    http: Http
    aws: Callable[[str], Any]
    leave: Callable[[str, Mapping[str, Any]], None]


class Channel(Protocol):
    """What each channel module offers. A message *in* only: `send` raises SendFailed (`fix_request`)."""

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a module's constant

    @property
    def PROVIDER(self) -> str:  # noqa: N802 - a module's constant
        """Whose secrets verify its webhooks: a platform's (`meta`, `aws`), or "" for the account's own, which
        then is in the webhook's path."""
        ...

    @property
    def TRAITS(self) -> Traits: ...  # noqa: N802 - a module's constant

    def verify(self, request: Request, secrets: Secrets) -> None:
        """Raise Forged unless the request proves that it comes from the provider."""

    def handshake(self, request: Request, secrets: Secrets) -> str:
        """The text that answers the provider's check of our address. Raises Forged."""
        ...

    def reply(self, request: Request, secrets: Secrets) -> Reply:
        """What the provider is answered once all of the request is queued: `accepted` for most."""
        ...

    def parse(self, request: Request) -> list[Received | Unreadable]:
        """Every event of a verified request, in its order. Never raises: else it is Unreadable."""
        ...

    def send(self, account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
        """Send one message, once. Raises SendFailed, whose `outcome` says what may be done next."""
        ...

    def fetch(
        self, account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire
    ) -> File:
        """The bytes of what was attached to a message. Raises SendFailed: `retry`, or for good."""
        ...

    def check(self, account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
        """Ask the provider whether the account works, sending nothing. Raises SendFailed, in words
        that a clinic's administrator understands."""
        ...

    def sample(self, account: str, person: Person, text: str, at: str) -> Request:
        """An unsigned webhook in which `person` writes `text` at `at`: for trials and for tests."""
        ...


MODULES: Final = {
    "whatsapp": "recado.channels.whatsapp",
    "aws_social": "recado.channels.aws_social",
    "messenger": "recado.channels.messenger",
    "instagram": "recado.channels.instagram",
    "telegram": "recado.channels.telegram",
    "twilio_sms": "recado.channels.twilio_sms",
    "twilio_whatsapp": "recado.channels.twilio_whatsapp",
    "email": "recado.channels.email",
    "aws_sms": "recado.channels.aws_sms",
    "webform": "recado.channels.webform",
    "webchat": "recado.channels.webchat",
}
"""Every channel with a webhook. To add one, write its module and name it here: the shared tests cover it."""


OUTWARD: Final = {"voice": "recado.channels.voice"}
"""Those by which we only reach out: what became of it their provider tells otherwise. An account of one sends
where its settings say so."""


def channel(name: str) -> Channel:
    """The channel called `name`; only that one is imported. Raises NotFound."""
    module = MODULES.get(name) or OUTWARD.get(name)
    if module is None:
        raise NotFound
    return cast("Channel", importlib.import_module(module))


def traits_of(name: str) -> Traits:
    """What the channel called `name` can do; the front desk carries nothing."""
    known = name in MODULES or name in OUTWARD
    return channel(name).TRAITS if known else Traits(systems=(), max_text=0)


def family(name: str) -> str:
    """What patients would call the channel called `name`."""
    return traits_of(name).family or name


def names() -> frozenset[str]:
    """By what channels may be chosen: each one's own name, and its family's."""
    return frozenset({*MODULES, *OUTWARD, *map(family, MODULES)})
