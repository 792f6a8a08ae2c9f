"""A fake of WhatsApp's Cloud API: refuses what WhatsApp refuses, accepts the rest, reports how it fares."""

import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.clinics import Line, line_of
from infra.local.fakes import files, meta
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.provider import Json, Provider, Refused, unreachable
from infra.local.fakes.whatsapp_bodies import GraphRefused, approved_templates, is_free, shown
from infra.local.outbox import bare

GRAPH = "/wire/graph.facebook.com/{version}"
FILES = "/wire/lookaside.fbsbx.com/whatsapp_business/attachments"


class WhatsApp(Provider):
    """WhatsApp's own interface, for both demo clinics."""

    channel = "whatsapp"
    app = "whatsapp"
    pace = (80, 160)
    pair_pace = (1 / 6, 45)
    refusal: ClassVar[type[Refused]] = GraphRefused
    usual: ClassVar[tuple[int | str, int]] = (131000, 400)

    def routes(self) -> list[Route]:
        return [
            Route(f"{GRAPH}/{{account}}/messages", self.messages, methods=["POST"]),
            Route(f"{GRAPH}/{{business}}/message_templates", self.templates),
            Route(f"{GRAPH}/{{node}}", self.node),
            Route(f"{FILES}/{{name}}", self.file),
        ]

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        if pair:
            return GraphRefused(131056, "(Business Account, Consumer Account) pair rate limit hit")
        return GraphRefused(130429, "Rate limit hit")

    def lost(self) -> Response:
        error = {"code": 2, "message": "Service temporarily unavailable"}
        return JSONResponse({"error": error}, status_code=503)

    async def messages(self, request: Request) -> Response:
        """POST /<version>/<phone_number_id>/messages."""
        account = str(request.path_params["account"])
        try:
            self._authorise(account, request)
            body = json_object(await request.body())
            if body.get("status") == "read":
                return JSONResponse({"success": True})
            item = self.item(account, body)
            if is_free(body) and not self._window(item):
                raise GraphRefused(131047, "Re-engagement message")
            fault = self.admit(item)
        except Refused as refusal:
            return refusal.answer()
        recipient = {"input": item["to"], "wa_id": bare(item["to"])}
        sent = {"messaging_product": "whatsapp", "contacts": [recipient], "messages": [{"id": item["id"]}]}
        return await self.settle(item, fault, JSONResponse(sent))

    async def node(self, request: Request) -> Response:
        """GET /<version>/<id>: a number of ours, or where a file is to be fetched from."""
        node = str(request.path_params["node"])
        found = files.of_id(node)
        try:
            if line := line_of(self.channel, node):
                self._authorise(node, request)
                return JSONResponse(_number(line))
            if not found or not self._is_known(request):
                raise GraphRefused(100, "Unsupported get request. Object does not exist", status=400)
        except Refused as refusal:
            return refusal.answer()
        return JSONResponse(
            {
                "messaging_product": "whatsapp",
                "id": node,
                "url": f"https://lookaside.fbsbx.com/whatsapp_business/attachments/{found.name}?mid={node}",
                "mime_type": found.mime,
                "sha256": found.sha256,
                "file_size": len(found.content),
            }
        )

    async def file(self, request: Request) -> Response:
        """GET …/whatsapp_business/attachments/<name>: the bytes, for who has an account's token."""
        found = files.named(str(request.path_params["name"]))
        if not found or not self._is_known(request):
            return Response(status_code=404 if self._is_known(request) else 401)
        return Response(found.content, media_type=found.mime)

    async def templates(self, request: Request) -> Response:
        """GET /<version>/<business account>/message_templates: what was approved."""
        if not self._is_known(request):
            return GraphRefused(190, "Invalid OAuth access token", status=401).answer()
        listed = [
            {
                "name": name,
                "language": language.replace("-", "_"),
                "status": "APPROVED",
                "category": "UTILITY",
            }
            for name, languages in approved_templates().items()
            for language in languages
        ]
        return JSONResponse({"data": listed})

    def item(self, account: str, body: Json) -> Item:
        """The item for the outbox. Raises Refused as WhatsApp would."""
        to = str(body.get("recipient") or body.get("to") or "")
        if body.get("messaging_product") != "whatsapp" or not to:
            raise GraphRefused(100, "Invalid parameter")
        if unreachable(to):
            raise GraphRefused(131026, "Message undeliverable")
        return self.item_out(
            account,
            meta.new_id(),
            to,
            body,
            **shown(body),
            reply_to=(body.get("context") or {}).get("message_id"),
            reference=str(body.get("biz_opaque_callback_data") or ""),
        )

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        if line := line_of(self.channel, item["account"]):
            await self.post_entry(line, meta.status(line, item, state, error))

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        if said.action:
            value = "stop" if said.action == "stop" else "resume"
            entry = meta.preference(line, person.number, person.name, value)
            if not await self.post_entry(line, entry):
                return None
            wish = self.item_in(
                line.account, meta.new_id(), person.number, type="system", consent=said.action
            )
            self.outbox.add(wish)
            return wish
        entry = meta.message(line, person.number, person.name, content(said))
        ident = entry["changes"][0]["value"]["messages"][0]["id"]
        if not await self.post_entry(line, entry):
            return None
        self.hear(line.account, json.dumps(meta.webhook(entry)).encode())
        return self.outbox.get(ident)

    async def post_entry(self, line: Line, entry: Json) -> bool:
        """Tell the clinic of one entry."""
        return await meta.call(self.site.post, self.channel, meta.webhook(entry), self.site.app_secret)

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        for entry in body["entry"]:
            for change in entry["changes"]:
                value = change["value"]
                owner = str(value["metadata"]["phone_number_id"])
                for message in value.get("messages", ()):
                    if line_of(self.channel, owner):
                        yield self._inbound(owner, message)

    def _inbound(self, account: str, message: Json) -> Item:
        sender = str(message.get("from") or message.get("from_user_id"))
        file = files.of_id(str((message.get(message["type"]) or {}).get("id", "")))
        return self.item_in(
            account,
            str(message["id"]),
            sender,
            type=str(message["type"]),
            text=words(message),
            attachments=[{"kind": file.kind, "name": file.name}] if file else [],
            reply_to=(message.get("context") or {}).get("id"),
        )

    def _window(self, item: Item) -> bool:
        return self.outbox.window_open(item["account"], item["to"], datetime.now(UTC), self.channel)

    def _authorise(self, account: str, request: Request) -> None:
        expected = self.site.credential(self.channel, account, "access_token")
        if not expected or not hmac.compare_digest(bearer(request).encode(), expected.encode()):
            raise GraphRefused(190, "Invalid OAuth access token", status=401)

    def _is_known(self, request: Request) -> bool:
        """Whether the token is any account's: a file's id does not say whose it is."""
        given = bearer(request)
        known = [keys.credentials.get("access_token") for keys in self.site.keys.values()]
        return bool(given) and given in known


def content(said: Said) -> Json:
    """What a phone sends, as WhatsApp tells of it."""
    context = {"context": {"id": said.answers["id"]}} if said.answers else {}
    if said.file:
        file, ident = files.canned(said.file), files.new_id(said.file)
        about: Json = {"mime_type": file.mime, "sha256": file.sha256, "id": ident}
        about |= {"voice": True} if file.kind == "audio" else {}
        about |= {"caption": said.text} if said.text and file.kind == "image" else {}
        return {"type": file.kind, file.kind: about, **context}
    if said.button is None:
        return {"type": "text", "text": {"body": said.text}, **context}
    payload, title = said.button
    if said.answers and said.answers["type"] == "interactive":
        kind = "list_reply" if len(said.answers["buttons"]) > 3 else "button_reply"
        answer = {"type": kind, kind: {"id": payload, "title": title}}
        return {"type": "interactive", "interactive": answer, **context}
    return {"type": "button", "button": {"payload": payload, "text": title}, **context}


def words(message: Json) -> str:
    """The words in a patient's message."""
    found = message.get(message["type"]) or {}
    reply = found.get("button_reply") or found.get("list_reply") or {}
    return str(found.get("body") or found.get("text") or reply.get("title") or found.get("caption") or "")


def json_object(raw: bytes) -> Json:
    """The body of a request. Raises GraphRefused."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise GraphRefused(100, "Invalid parameter")
    return body


def bearer(request: Request) -> str:
    """The token that came with a request, in its header or, as the Graph API takes it too, in its query."""
    header = request.headers.get("authorization", "")
    return header.removeprefix("Bearer ") if header else request.query_params.get("access_token", "")


def _number(line: Line) -> Json:
    return {
        "id": line.account,
        "display_phone_number": line.display,
        "verified_name": line.display,
        "code_verification_status": "VERIFIED",
        "quality_rating": "GREEN",
        "status": "CONNECTED",
    }
