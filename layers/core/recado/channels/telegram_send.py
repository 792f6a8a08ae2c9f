"""Sending by Telegram's Bot API, and asking it for files: what goes into a call, what its answer means.

The bot's token is part of every address: no address is ever part of an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from recado.channels import File, Outgoing, Sent
from recado.channels.buttons import written
from recado.channels.events import child, identifier, text
from recado.channels.http import Answer, Http
from recado.errors import Outcome, SendFailed

API_URL: Final = "https://api.telegram.org"
TOKEN: Final = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")
PATH: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_./-]*")
CHAT: Final = re.compile(r"-?[0-9]{1,20}")
MAX_FILE: Final = 20 * 1024 * 1024
"""Bytes; Telegram gives no larger ones to a bot."""
MAX_CAPTION: Final = 1024
MAX_PAYLOAD: Final = 64
"""Bytes of what comes back from a button."""
MEDIA: Final = {
    "image": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "audio": ("sendAudio", "audio"),
    "voice": ("sendVoice", "voice"),
    "document": ("sendDocument", "document"),
}
"""Kind of file → the method, and the field that names the file."""

UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "business_connection",
    "business_message",
    "edited_business_message",
)

NOBODY: Final = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "can't initiate conversation",
    "peer_id_invalid",
    "chat_id is empty",
    "bots can't send messages to bots",
)
"""In the description of a refusal: nobody can be reached there. Telegram has no codes but HTTP's."""


def send(credentials: Mapping[str, Any], outgoing: Outgoing, http: Http) -> Sent:
    """Call the method once; once more where a group has moved, since then nothing was sent.

    Raises SendFailed; a missing token is `fix_account`, and nothing leaves.
    """
    method, body = call(outgoing)
    answer = http.post_json(_url(credentials, method), body, {})
    moved = identifier(child(answer.json(), "parameters"), "migrate_to_chat_id")
    if answer.status == 400 and moved:
        answer = http.post_json(_url(credentials, method), {**body, "chat_id": _chat(moved)}, {})
    return _settle(answer)


def fetch(credentials: Mapping[str, Any], attachment: Mapping[str, Any], http: Http) -> File:
    """A file by its id: first where it is (for an hour), then the file. Raises SendFailed."""
    named = quote(str(attachment.get("id", "")), safe="")
    found = http.get(f"{_url(credentials, 'getFile')}?file_id={named}", {})
    path = text(child(found.json(), "result"), "file_path")
    if found.status != 200:
        raise _failure(found)
    if not PATH.fullmatch(path) or ".." in path:
        raise SendFailed("fix_request", "The provider has no such file.")
    answer = http.get(f"{API_URL}/file/bot{_token(credentials)}/{path}", {}, MAX_FILE + 1)
    if answer.status != 200:
        raise _failure(answer)
    return File(answer.body, str(attachment.get("mime") or answer.headers.get("content-type", "")))


def check(account: str, credentials: Mapping[str, Any], http: Http) -> None:
    """Ask who the bot is, and where it is told to send its updates. Raises SendFailed."""
    me, webhook = (http.get(_url(credentials, method), {}) for method in ("getMe", "getWebhookInfo"))
    for answer in (me, webhook):
        if answer.status in (401, 404):
            raise SendFailed("fix_account", "Telegram does not know this bot token.", provider_code="refused")
        if answer.status != 200:
            raise _failure(answer)
    if identifier(child(me.json(), "result"), "id") != account:
        raise SendFailed("fix_account", "This bot token is another bot's.", provider_code="another_account")
    if not text(child(webhook.json(), "result"), "url").endswith(f"/webhooks/telegram/{account}"):
        raise SendFailed(
            "fix_account",
            "The bot is not told to send its updates here (setWebhook).",
            provider_code="webhook_elsewhere",
        )


def register(credentials: Mapping[str, Any], tokens: Sequence[str], url: str, http: Http) -> None:
    """Name the address, the token, and every kind of update that is read: some are left out unless named."""
    if not tokens:
        raise SendFailed("fix_account", "No webhook secret is stored.", provider_code="secrets_missing")
    asked = {"url": url, "secret_token": tokens[0], "allowed_updates": list(UPDATES)}
    answer = http.post_json(_url(credentials, "setWebhook"), asked, {})
    if answer.status in (401, 404):
        raise SendFailed("fix_account", "Telegram does not know this bot token.", provider_code="refused")
    if answer.status != 200:
        raise _failure(answer)


def call(outgoing: Outgoing) -> tuple[str, dict[str, Any]]:
    """The method for one message, and what it takes. Raises SendFailed for what no method takes."""
    connection, _, chat = outgoing.to.rpartition(":")
    options = outgoing.buttons or (outgoing.template.buttons if outgoing.template else ())
    pressable = bool(options) and all(len(payload.encode()) <= MAX_PAYLOAD for payload, _ in options)
    method, said = _said(outgoing, outgoing.text if pressable else written(outgoing))
    body: dict[str, Any] = {"chat_id": _chat(chat), **said}
    if connection:
        body["business_connection_id"] = connection
    if pressable:
        keys = [[{"text": title, "callback_data": payload}] for payload, title in options]
        body["reply_markup"] = {"inline_keyboard": keys}
    if quoted := _quoted(outgoing.reply_to):
        body["reply_parameters"] = {"message_id": quoted, "allow_sending_without_reply": True}
    return method, body


def _said(outgoing: Outgoing, words: str) -> tuple[str, dict[str, Any]]:
    if not outgoing.media:
        return "sendMessage", {"text": words, "link_preview_options": {"is_disabled": True}}
    first = outgoing.media[0]
    if len(outgoing.media) > 1 or first.kind not in MEDIA or len(words) > MAX_CAPTION:
        raise SendFailed("fix_request", "Telegram takes one file, and 1024 characters with it.")
    method, field = MEDIA[first.kind]
    return method, {field: first.url, **({"caption": words} if words else {})}


def _quoted(reply_to: str | None) -> int | None:
    """The number of the message within its chat, of ours (`<chat>:<message>`, and more after it)."""
    chat, _, rest = (reply_to or "").partition(":")
    number = rest.partition(":")[0]
    return int(number) if CHAT.fullmatch(chat) and CHAT.fullmatch(number) else None


def _chat(chat: str) -> int | str:
    return int(chat) if CHAT.fullmatch(chat) else chat


def _token(credentials: Mapping[str, Any]) -> str:
    token = str(credentials.get("bot_token", ""))
    if not TOKEN.fullmatch(token):
        raise SendFailed("fix_account", "No bot token is stored for this account.")
    return token


def _url(credentials: Mapping[str, Any], method: str) -> str:
    return f"{API_URL}/bot{_token(credentials)}/{method}"


def _settle(answer: Answer) -> Sent:
    document = answer.json()
    if not 200 <= answer.status < 300 or document.get("ok") is False:
        raise _failure(answer)
    result = child(document, "result")
    chat, number = identifier(child(result, "chat"), "id"), identifier(result, "message_id")
    if not chat or not number:
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(f"{chat}:{number}")


def _failure(answer: Answer) -> SendFailed:
    document = answer.json()
    wait = child(document, "parameters").get("retry_after")
    seconds = float(wait) if isinstance(wait, int) and 0 <= wait < 10**6 else None
    outcome = _outcome(answer.status, text(document, "description").lower())
    # Never the provider's own words: they may repeat the name or the text. And 403 alone is an opt-out.
    code = "403 nobody" if (outcome, answer.status) == ("bad_address", 403) else answer.status
    told = f"The provider answered HTTP {answer.status}."
    return SendFailed(outcome, told, provider_code=code, retry_after=seconds)


def _outcome(status: int, description: str) -> Outcome:
    if status == 429:
        return "retry"
    if status in (400, 403) and any(words in description for words in NOBODY):
        return "bad_address"
    if status == 403:
        return "opted_out"
    if status in (400, 413):
        return "fix_request"
    return "unknown" if status >= 500 or status in (200, 408) else "fix_account"
