"""Telegram's Bot API: updates in, messages out. The account is the bot's id.

Source: core.telegram.org/bots/api. An update names no bot: it is of the one whose
address was called, with its secret. Telegram repeats an update that is not answered with 200 and holds back
the rest of that chat meanwhile, so that what cannot be read is kept and answered like any other.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from recado.channels import (
    File,
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
    strict_json,
    telegram_updates,
)
from recado.channels.events import child, collected, identifier
from recado.channels.traits import ALL_PURPOSES, live
from recado.errors import Forged, UnreadableInput

NAME: Final = "telegram"
PROVIDER: Final = ""
TRAITS: Final = Traits(
    # Source: core.telegram.org/bots/faq: some 30 messages a second, one a second to one chat.
    systems=("telegram",),
    max_text=4096,
    media=frozenset({"image", "video", "document", "audio", "voice"}),
    per_second=30,
    burst=30,
    recipient_s=1,
    recipient_burst=1,
    needs=(
        Need("bot_token"),
        Need("secret_token", made=True, sends=False, verifies="secret_tokens"),
    ),
    stops={"403": ALL_PURPOSES},  # the bot was blocked
)
HEADER: Final = "x-telegram-bot-api-secret-token"


def verify(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless the request brings a live secret token. It proves nothing of the body."""
    given = request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")
    tokens = live(secrets, "secret_tokens")
    fits = [hmac.compare_digest(given, token.encode("utf-8", "surrogatepass")) for token in tokens]
    if not any(fits):
        raise Forged


def handshake(_request: Request, _secrets: Secrets) -> str:
    """Telegram checks no address beforehand. Raises Forged."""
    raise Forged


def reply(request: Request, _secrets: Secrets) -> Reply:
    """Nothing; or, to a pressed button, the call that ends its waiting: an answer may hold one."""
    try:
        update = strict_json.load(request.body)
    except UnreadableInput:
        return Reply()
    pressed = identifier(child(update, "callback_query"), "id") if isinstance(update, dict) else ""
    if not pressed:
        return Reply()
    call = {"method": "answerCallbackQuery", "callback_query_id": pressed}
    return Reply(text=json.dumps(call), kind="application/json")


def parse(request: Request) -> list[Received | Unreadable]:
    """The one event of a verified update; never raises."""
    return collected(NAME, request.body, lambda body: [telegram_updates.read(body, NAME, request.account)])


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one message as the bot. Raises SendFailed by what Telegram answers."""
    from recado.channels import telegram_send  # noqa: PLC0415 - keeps the webhook's import small

    return telegram_send.send(credentials, outgoing, wire.http)


def fetch(_account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """A file that somebody sent to the bot, 20 MB at most. Raises SendFailed."""
    from recado.channels import telegram_send  # noqa: PLC0415

    return telegram_send.fetch(credentials, attachment, wire.http)


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask Telegram who the bot is and where its updates go. Raises SendFailed."""
    from recado.channels import telegram_send  # noqa: PLC0415

    telegram_send.check(account, credentials, wire.http)


def register(credentials: Mapping[str, Any], secrets: Secrets, url: str, wire: Wire) -> None:
    """Tell Telegram where the bot's updates go, and the newest token to send with them. Raises SendFailed."""
    from recado.channels import telegram_send  # noqa: PLC0415

    telegram_send.register(credentials, live(secrets, "secret_tokens"), url, wire.http)


def sample(account: str, person: Person, text: str, at: str) -> Request:
    """An update in which `person` writes `text`."""
    from recado.channels import telegram_sample  # noqa: PLC0415

    return telegram_sample.message(account, person, text, at)
