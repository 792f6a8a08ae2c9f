"""A fake of Telegram's Bot API. It has no window and tells of no delivery; who blocks a bot is told of."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.clinics import Line, line_of
from infra.local.fakes import files
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.provider import Json, Provider, Refused, unreachable
from infra.local.fakes.telegram_bodies import TelegramRefused, shown

API = "/wire/api.telegram.org"
FILE_IDS = {files.PHOTO: "AgACAgQAAxkBAAI", files.VOICE: "AwACAgQAAxkBAAI"}
"""How file ids of pictures and of voice notes begin."""
SENDING = {"sendMessage", "sendPhoto", "sendDocument", "sendVoice", "sendAudio", "sendVideo"}


class Telegram(Provider):
    """Bots' conversations with people. Its message ids are counted in each chat."""

    channel = "telegram"
    app = "telegram"
    reports = ()
    reads = False
    pace = (30, 60)
    pair_pace = (1, 20)
    refusal: ClassVar[type[Refused]] = TelegramRefused
    usual = (400, 400)

    def routes(self) -> list[Route]:
        return [
            Route(f"{API}/file/bot{{token}}/{{folder}}/{{name}}", self.file),
            Route(f"{API}/bot{{token}}/{{method}}", self.ask, methods=["GET", "POST"]),
        ]

    def address(self, person: Person) -> str:
        return person.chat

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        seconds = int(wait) + 1
        return TelegramRefused(
            429,
            f"Too Many Requests: retry after {seconds}",
            status=429,
            parameters={"retry_after": seconds},
        )

    async def ask(self, request: Request) -> Response:
        """/bot<token>/<method>."""
        method = str(request.path_params["method"])
        try:
            account = self._account(request)
            asked = await _parameters(request)
            if method in SENDING:
                return await self._send(account, method, asked)
            others: dict[str, Callable[[str, Json], Any]] = {
                "getMe": self._me,
                "getFile": self._find,
                "getWebhookInfo": self._webhook_info,
                "setWebhook": _true,
                "deleteWebhook": _true,
                "answerCallbackQuery": _true,
                "sendChatAction": _true,
                "editMessageReplyMarkup": _true,
            }
            result = others.get(method, _unknown)(account, asked)
        except TelegramRefused as refusal:
            return refusal.answer()
        return JSONResponse({"ok": True, "result": result})

    async def file(self, request: Request) -> Response:
        """/file/bot<token>/<path>: the bytes."""
        found = files.named(str(request.path_params["name"]))
        try:
            self._account(request)
        except TelegramRefused as refusal:
            return refusal.answer()
        if found is None:
            return TelegramRefused(404, "Not Found", status=404).answer()
        return Response(found.content, media_type="application/octet-stream")

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        user = {"id": int(person.chat), "is_bot": False, "first_name": person.name}
        update = self._update(line, user, said)
        raw = json.dumps({"update_id": secrets.randbelow(2**31), **update}).encode()
        known = self.site.keys.get((self.channel, line.account))
        tokens = list(known.webhook.get("secret_tokens", ())) if known else []
        headers = {
            "content-type": "application/json",
            "x-telegram-bot-api-secret-token": next(iter(tokens), ""),
        }
        if not await self.site.post.call(f"/{self.channel}/{line.account}", raw, headers):
            return None
        heard = self.hear(line.account, raw)
        return heard[0] if heard else None

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        if not line_of(self.channel, account):
            return
        if pressed := body.get("callback_query"):
            asked, sender = pressed.get("message") or {}, str(pressed["from"]["id"])
            ident = f"{account}/{sender}/callback/{pressed['id']}"
            title = self._title(account, sender, asked, str(pressed.get("data")))
            answered = f"{account}/{sender}/{asked.get('message_id')}"
            yield self.item_in(account, ident, sender, type="button", text=title, reply_to=answered)
        elif member := body.get("my_chat_member"):
            sender = str(member["chat"]["id"])
            action = "stop" if member["new_chat_member"]["status"] == "kicked" else "start"
            ident = f"{account}/{sender}/update/{body['update_id']}"
            yield self.item_in(account, ident, sender, type="system", consent=action)
        elif message := body.get("message"):
            yield self._inbound(account, message)

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        """Telegram never says how a message fared."""

    async def _send(self, account: str, method: str, asked: Json) -> Response:
        chat = str(asked.get("chat_id") or "")
        if unreachable(chat) or not chat.lstrip("-").isdigit():
            raise TelegramRefused(400, "Bad Request: chat not found")
        if self.outbox.has_stopped(account, chat, self.channel):
            raise TelegramRefused(403, "Forbidden: bot was blocked by the user", status=403)
        if not self.outbox.has_written(account, chat, self.channel):
            raise TelegramRefused(403, "Forbidden: bot can't initiate conversation with a user", status=403)
        number = self._next(account, chat)
        quoted = (asked.get("reply_parameters") or {}).get("message_id") or asked.get("reply_to_message_id")
        item = self.item_out(
            account,
            f"{account}/{chat}/{number}",
            chat,
            {name: value for name, value in asked.items() if not isinstance(value, bytes)},
            **shown(method, asked),
            message_id=number,
            reply_to=f"{account}/{chat}/{quoted}" if quoted else None,
            state="delivered",
        )
        fault = self.admit(item)
        return await self.settle(item, fault, JSONResponse({"ok": True, "result": self._result(item)}))

    def _result(self, item: Item) -> Json:
        line = line_of(self.channel, item["account"])
        name = line.display.lstrip("@") if line else ""
        return {
            "message_id": item["message_id"],
            "from": {"id": int(item["account"]), "is_bot": True, "first_name": name, "username": name},
            "chat": {"id": int(item["to"]), "type": "private"},
            "date": int(time.time()),
            "text": item["text"],
        }

    def _account(self, request: Request) -> str:
        given = str(request.path_params["token"])
        account = given.partition(":")[0]
        expected = self.site.credential(self.channel, account, "bot_token")
        if not expected or not secrets.compare_digest(given.encode(), expected.encode()):
            raise TelegramRefused(401, "Unauthorized", status=401)
        return account

    def _next(self, account: str, chat: str) -> int:
        """The number of the chat's next message: Telegram counts both ways."""
        said = self.outbox.conversation(account, chat, self.channel)
        return max([int(item.get("message_id") or 0) for item in said], default=0) + 1

    def _update(self, line: Line, user: Json, said: Said) -> Json:
        chat = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
        now = int(time.time())
        if said.action:
            old, new = ("member", "kicked") if said.action == "stop" else ("kicked", "member")
            bot = {"id": int(line.account), "is_bot": True, "first_name": line.display}
            states: Json = {"old_chat_member": {"user": bot, "status": old}}
            states["new_chat_member"] = {"user": bot, "status": new}
            if new == "kicked":
                states["new_chat_member"]["until_date"] = 0
            return {"my_chat_member": {"chat": chat, "from": user, "date": now, **states}}
        if said.button and said.answers and "message_id" in said.answers:
            asked = {"message_id": said.answers["message_id"], "chat": chat, "date": now}
            asked |= {"text": said.answers["text"]}
            query = {"id": str(secrets.randbelow(2**60)), "from": user, "message": asked}
            return {"callback_query": {**query, "chat_instance": "1", "data": said.button[0]}}
        number = self._next(line.account, str(user["id"]))
        message: Json = {"message_id": number, "from": user, "chat": chat, "date": now, **_content(said)}
        if said.answers and said.answers.get("message_id"):
            message["reply_to_message"] = {
                "message_id": said.answers["message_id"],
                "chat": chat,
                "date": now,
            }
        return {"message": message}

    def _inbound(self, account: str, message: Json) -> Item:
        sender, number = str(message["chat"]["id"]), int(message["message_id"])
        sizes = message.get("photo")
        file = (
            files.canned(files.PHOTO)
            if sizes
            else files.canned(files.VOICE)
            if message.get("voice")
            else None
        )
        quoted = (message.get("reply_to_message") or {}).get("message_id")
        return self.item_in(
            account,
            f"{account}/{sender}/{number}",
            sender,
            type=file.kind if file else "text",
            text=str(message.get("text") or message.get("caption") or ""),
            attachments=[{"kind": file.kind, "name": file.name}] if file else [],
            message_id=number,
            reply_to=f"{account}/{sender}/{quoted}" if quoted else None,
        )

    def _title(self, account: str, sender: str, asked: Json, data: str) -> str:
        item = self.outbox.get(f"{account}/{sender}/{asked.get('message_id')}") or {}
        found = (one["title"] for one in item.get("buttons", ()) if one["payload"] == data)
        return str(next(found, data))

    def _me(self, account: str, _asked: Json) -> Json:
        line = line_of(self.channel, account)
        name = line.display.lstrip("@") if line else ""
        return {"id": int(account), "is_bot": True, "first_name": name, "username": name}

    def _find(self, _account: str, asked: Json) -> Json:
        ident = str(asked.get("file_id") or "")
        which = next((which for which, start in FILE_IDS.items() if ident.startswith(start)), None)
        if which is None:
            raise TelegramRefused(400, "Bad Request: invalid file_id")
        file = files.canned(which)
        path = f"{'photos' if which == files.PHOTO else 'voice'}/{file.name}"
        unique = ident[-12:]
        return {
            "file_id": ident,
            "file_unique_id": unique,
            "file_size": len(file.content),
            "file_path": path,
        }

    def _webhook_info(self, account: str, _asked: Json) -> Json:
        url = f"{self.site.post.public}/webhooks/{self.channel}/{account}"
        return {"url": url, "has_custom_certificate": False, "pending_update_count": 0, "max_connections": 40}


def _content(said: Said) -> Json:
    if not said.file:
        return {"text": said.shown}
    file, ident = files.canned(said.file), FILE_IDS[said.file] + secrets.token_urlsafe(24)
    about = {"file_id": ident, "file_unique_id": ident[-12:], "file_size": len(file.content)}
    if file.kind == "audio":
        return {"voice": {**about, "duration": 2, "mime_type": "audio/ogg"}}
    sizes = [{**about, "width": files.WIDTH, "height": files.HEIGHT}]
    return {"photo": sizes} | ({"caption": said.text} if said.text else {})


def _unknown(_account: str, _asked: Json) -> Any:
    raise TelegramRefused(404, "Not Found", status=404)


def _true(_account: str, _asked: Json) -> bool:
    return True


async def _parameters(request: Request) -> Json:
    """From the query, JSON, or a form, whose values that are JSON are read as Telegram reads them."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            raise TelegramRefused(400, "Bad Request: can't parse JSON object") from None
        return body if isinstance(body, dict) else {}
    asked: Json = dict(request.query_params)
    if request.method == "POST" and kind:
        form = await request.form()
        for name, value in form.items():
            asked[name] = value if isinstance(value, str) else await value.read()
    for name in ("reply_markup", "reply_parameters"):
        if isinstance(asked.get(name), str):
            asked[name] = json.loads(asked[name])
    return asked
