"""Fakes of Messenger and Instagram Direct, which share one interface; the token says whose account it is."""

import hmac
import json
import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.clinics import Line, line_of, lines
from infra.local.fakes import files, meta
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.provider import Json, Provider, Refused, unreachable
from infra.local.fakes.whatsapp import GRAPH, bearer, json_object
from infra.local.fakes.whatsapp_bodies import GraphRefused

FILES = "/wire/lookaside.fbsbx.com/ig_messaging_cdn"
APP = 1517776481860111
"""The id of the Meta app that sends for the clinics, as echoes name it."""
STAFF_WINDOW = timedelta(days=7)
MAX_QUICK_REPLIES = 13
MAX_BUTTONS = 3
MAX_TITLE = 20


class Messenger(Provider):
    """A page's conversations with people."""

    channel = "messenger"
    app = "messenger"
    webhook_object: ClassVar[str] = "page"
    reports = ("sent", "delivered")
    pace = (40, 250)
    pair_pace = (1, 40)
    refusal: ClassVar[type[Refused]] = GraphRefused
    usual = (2, 400)

    def address(self, person: Person) -> str:
        return person.page_scoped

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        return GraphRefused(613, "Calls to this API have exceeded the rate limit")

    def lost(self) -> Response:
        error = {"code": 2, "message": "Service temporarily unavailable"}
        return JSONResponse({"error": error}, status_code=503)

    def account_of(self, token: str) -> str:
        """The account that a token is of; "" when of none."""
        for (channel, account), keys in self.site.keys.items():
            expected = str(keys.credentials.get("access_token") or "")
            if (
                channel == self.channel
                and expected
                and hmac.compare_digest(token.encode(), expected.encode())
            ):
                return account
        return ""

    async def messages(self, account: str, request: Request) -> Response:
        """POST /<version>/me/messages."""
        try:
            body = json_object(await request.body())
            if "sender_action" in body:
                return JSONResponse({"recipient_id": str((body.get("recipient") or {}).get("id"))})
            item = self._item(account, body)
            fault = self.admit(item)
        except Refused as refusal:
            return refusal.answer()
        answer = JSONResponse({"recipient_id": item["to"], "message_id": item["id"]})
        return await self.settle(item, fault, answer)

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        if said.action:
            # Nobody is told that they were blocked: the next message finds out.
            item = self.item_in(
                line.account, _mid(), self.address(person), type="system", consent=said.action
            )
            self.outbox.add(item)
            return item
        body = self._webhook(line.account, self._event(line.account, self.address(person), said))
        accepted = await meta.call(self.site.post, self.channel, body, self.site.app_secret)
        return self.hear(line.account, json.dumps(body).encode())[0] if accepted else None

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        for entry in body["entry"]:
            for event in entry.get("messaging", ()):
                said = event.get("message") or event.get("postback")
                if said and not said.get("is_echo") and line_of(self.channel, str(entry["id"])):
                    yield self._inbound(str(entry["id"]), str(event["sender"]["id"]), said)

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        """Its own messages come back as echoes; then deliveries and reads. Failures are silent."""
        if state == "failed":
            return
        now = int(time.time() * 1000)
        ends = {"sender": {"id": item["account"]}, "recipient": {"id": item["to"]}}
        if state != "sent":
            ends = {"sender": ends["recipient"], "recipient": ends["sender"]}
        about = {"sent": self._echo, "delivered": self._delivery, "read": self._read}[state](item, now)
        if about:
            body = self._webhook(item["account"], {**ends, "timestamp": now, **about})
            await meta.call(self.site.post, self.channel, body, self.site.app_secret)

    def _item(self, account: str, body: Json) -> Item:
        to = str((body.get("recipient") or {}).get("id") or "")
        message = body.get("message")
        if not to or not isinstance(message, dict):
            raise GraphRefused(100, "Invalid parameter")
        if unreachable(to) or not self.outbox.has_written(account, to, self.channel):
            raise GraphRefused(100, "No matching user found", subcode=2018001)
        if self.outbox.has_stopped(account, to, self.channel):
            raise GraphRefused(551, "This person isn't available right now", subcode=1545041)
        self._check_window(account, to, body)
        text, buttons, attachments = self._shown(message)
        return self.item_out(
            account,
            _mid(),
            to,
            body,
            type="interactive" if buttons else ("text" if text else "attachment"),
            text=text,
            buttons=buttons,
            attachments=attachments,
            reply_to=(message.get("reply_to") or body.get("reply_to") or {}).get("mid"),
            reference=str(message.get("metadata") or ""),
        )

    def _check_window(self, account: str, to: str, body: Json) -> None:
        tagged = body.get("messaging_type") == "MESSAGE_TAG" and body.get("tag") == "HUMAN_AGENT"
        window = STAFF_WINDOW if tagged else timedelta(hours=24)
        if not self.outbox.window_open(account, to, datetime.now(UTC), self.channel, window):
            raise GraphRefused(10, "This message is sent outside of allowed window.", subcode=2018278)

    def _shown(self, message: Json) -> tuple[str, list[Json], list[Json]]:
        attachment = message.get("attachment") or {}
        payload = attachment.get("payload") or {}
        text = str(message.get("text") or payload.get("text") or "")
        if (not text.strip() and not attachment) or self._is_long(text):
            raise GraphRefused(100, "(#100) Length of param message[text] must be less than or equal to 2000")
        replies = message.get("quick_replies") or ()
        buttons = payload.get("buttons") or ()
        if len(replies) > MAX_QUICK_REPLIES or len(buttons) > MAX_BUTTONS:
            raise GraphRefused(100, "Too many elements")
        choices = [
            {"payload": str(one.get("payload")), "title": str(one.get("title"))}
            for one in (*replies, *buttons)
        ]
        if any(not 0 < len(choice["title"]) <= MAX_TITLE for choice in choices):
            raise GraphRefused(100, "Invalid title")
        file = {"kind": str(attachment.get("type")), "name": "", "url": str(payload.get("url") or "")}
        return text, choices, [file] if attachment and attachment.get("type") != "template" else []

    def _is_long(self, text: str) -> bool:
        return len(text) > 2000

    def _event(self, account: str, sender: str, said: Said) -> Json:
        event: Json = {"sender": {"id": sender}, "recipient": {"id": account}}
        event["timestamp"] = int(time.time() * 1000)
        message: Json = {"mid": _mid(), "text": said.shown}
        if said.file:
            file = files.canned(said.file)
            url = (
                f"https://lookaside.fbsbx.com/ig_messaging_cdn/{file.name}?asset_id={files.new_id(said.file)}"
            )
            message = {"mid": message["mid"], "attachments": [{"type": file.kind, "payload": {"url": url}}]}
        if said.button:
            message["quick_reply"] = {"payload": said.button[0]}
        elif said.answers:
            message["reply_to"] = {"mid": said.answers["id"]}
        return {**event, "message": message}

    def _inbound(self, account: str, sender: str, said: Json) -> Item:
        attached = [one for one in said.get("attachments", ()) if isinstance(one, dict)]
        names = [str((one.get("payload") or {}).get("url", "")) for one in attached]
        shown = [file for name in names if (file := files.named(name.rpartition("/")[2].partition("?")[0]))]
        return self.item_in(
            account,
            str(said["mid"]),
            sender,
            type=str(attached[0].get("type")) if attached else "text",
            text=str(said.get("text") or said.get("title") or ""),
            attachments=[{"kind": file.kind, "name": file.name} for file in shown],
            reply_to=(said.get("reply_to") or {}).get("mid"),
        )

    def _webhook(self, account: str, event: Json) -> Json:
        entry = {"id": account, "time": int(time.time() * 1000), "messaging": [event]}
        return {"object": self.webhook_object, "entry": [entry]}

    def _echo(self, item: Item, _now: int) -> Json:
        told = {"mid": item["id"], "is_echo": True, "app_id": APP, "text": item["text"]}
        return {"message": told | ({"metadata": item["reference"]} if item["reference"] else {})}

    def _delivery(self, item: Item, now: int) -> Json:
        return {"delivery": {"mids": [item["id"]], "watermark": now}}

    def _read(self, _item: Item, now: int) -> Json:
        return {"read": {"watermark": now}}


class Instagram(Messenger):
    """An Instagram account's conversations with people."""

    channel = "instagram"
    app = "instagram"
    webhook_object = "instagram"

    def address(self, person: Person) -> str:
        return person.instagram_scoped

    def _is_long(self, text: str) -> bool:
        return len(text.encode()) > 1000

    def _delivery(self, _item: Item, _now: int) -> Json:
        return {}  # Instagram tells of reads only.

    def _read(self, item: Item, _now: int) -> Json:
        return {"read": {"mid": item["id"]}}


class Pages:
    """The routes that Messenger and Instagram share."""

    def __init__(self, *fakes: Messenger) -> None:
        self._fakes = fakes

    def routes(self) -> list[Route]:
        """Before WhatsApp's, whose patterns fit these addresses, too."""
        names = ["me", *(line.account for _, line in lines() if line.channel in {"messenger", "instagram"})]
        return [
            *(Route(f"{GRAPH}/{name}/messages", self.messages, methods=["POST"]) for name in names),
            *(Route(f"{GRAPH}/{name}", self.node) for name in names),
            Route(f"{FILES}/{{name}}", self.file),
        ]

    async def messages(self, request: Request) -> Response:
        """POST /<version>/me/messages, or with the account's id in place of `me`."""
        fake, account = self._owner(request)
        if fake is None:
            return GraphRefused(190, "Invalid OAuth access token", status=401).answer()
        return await fake.messages(account, request)

    async def node(self, request: Request) -> Response:
        """GET /<version>/me: whose token it is."""
        fake, account = self._owner(request)
        line = line_of(fake.channel, account) if fake else None
        if line is None:
            return GraphRefused(190, "Invalid OAuth access token", status=401).answer()
        name = line.display.lstrip("@")
        told: dict[str, Any] = {"id": account, "user_id": account, "name": line.display, "username": name}
        if line.channel == "instagram":
            told |= {"id": f"page-{account}", "instagram_business_account": {"id": account}}
        return JSONResponse(told)

    async def file(self, request: Request) -> Response:
        """GET …/<name>?asset_id=…: a file that somebody sent; its address is all the secret there is."""
        found = files.named(str(request.path_params["name"]))
        return Response(found.content, media_type=found.mime) if found else Response(status_code=404)

    def _owner(self, request: Request) -> tuple[Messenger | None, str]:
        token = bearer(request)
        asked = request.url.path.split("/")[4]
        for fake in self._fakes:
            account = fake.account_of(token) if token else ""
            if account and asked in {"me", account}:
                return fake, account
        return None, ""


def _mid() -> str:
    return f"m_{secrets.token_urlsafe(40)}"
