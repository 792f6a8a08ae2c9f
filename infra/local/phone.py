"""The phone beside the console: a person plays the patient, on WhatsApp and on a call."""

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from infra.local import meta
from infra.local.clinics import CLINICS, Clinic, clinic, of_account
from infra.local.connect import Connect
from infra.local.outbox import Item, Outbox, stamp
from infra.local.whatsapp import Deliver, WhatsApp

NUMBER = re.compile(r"[1-9][0-9]{6,14}")
Json = dict[str, Any]


class Phone:
    """The /phone endpoints. What it sends goes to the real webhook, signed; its calls go to `connect`."""

    def __init__(self, outbox: Outbox, whatsapp: WhatsApp, deliver: Deliver, connect: Connect) -> None:
        self._outbox = outbox
        self._whatsapp = whatsapp
        self._deliver = deliver
        self._connect = connect

    async def clinics(self, _: Request) -> Response:
        """GET /phone/clinics: whom one can write to and call."""
        shown = ("id", "name", "timezone", "language", "whatsapp", "display")
        return JSONResponse(
            {
                "items": [
                    {name: getattr(found, name) for name in shown} | {"number": found.phone}
                    for found in CLINICS
                ]
            }
        )

    async def write(self, request: Request) -> Response:
        """POST /phone/whatsapp {clinic, from, name, text | button: {payload, text}, reply_to?}."""
        wish = await json_object(request)
        target, sender = clinic(str(wish.get("clinic"))), number(wish.get("from"))
        content = self._content(wish)
        if target is None or not sender or content is None:
            return problem(400, "invalid", "Say which clinic, from which number, and a text or a button.")
        body = meta.message(target, sender, str(wish.get("name") or sender), content)
        if not await self._deliver(body):
            return problem(502, "not_delivered", "The webhook did not accept the message.")
        sent = body["entry"][0]["changes"][0]["value"]["messages"][0]
        return JSONResponse(self._outbox.get(sent["id"]), status_code=201)

    async def show(self, request: Request) -> Response:
        """GET /phone/whatsapp?clinic=&from=: the conversation on the phone, read by it unless `peek=1`."""
        target, person = (
            clinic(request.query_params.get("clinic", "")),
            number(request.query_params.get("from")),
        )
        if target is None or not person:
            return problem(400, "invalid", "Say which clinic and from which number.")
        items = self._outbox.conversation(target.whatsapp, person)
        if "peek" not in request.query_params:
            await self._whatsapp.mark_read(target.whatsapp, person)
        return JSONResponse({"items": [_shown(item) for item in items]})

    async def call(self, request: Request) -> Response:
        """POST /phone/call {clinic, from, hang_up: "queue" | "menu"}: a call that nobody answers."""
        wish = await json_object(request)
        target, caller = clinic(str(wish.get("clinic"))), number(wish.get("from"))
        hang_up = wish.get("hang_up", "queue")
        if target is None or not caller or hang_up not in {"queue", "menu"}:
            return problem(
                400, "invalid", "Say which clinic, from which number, and where the caller hangs up."
            )
        return JSONResponse(await self._connect.call(target, f"+{caller}", hang_up), status_code=201)

    async def stop(self) -> None:
        """Report no more calls."""
        await self._connect.stop()

    def _content(self, wish: Json) -> Json | None:
        text, button, reply_to = wish.get("text"), wish.get("button"), wish.get("reply_to")
        context = {"context": {"id": reply_to}} if isinstance(reply_to, str) else {}
        if isinstance(text, str) and text.strip():
            return {"type": "text", "text": {"body": text}, **context}
        if not isinstance(button, dict):
            return None
        title, payload = str(button.get("text") or button.get("title")), str(button.get("payload"))
        asked = self._outbox.get(str(reply_to))
        if asked and asked["type"] == "interactive":
            answer = {"type": "button_reply", "button_reply": {"id": payload, "title": title}}
            return {"type": "interactive", "interactive": answer, **context}
        return {"type": "button", "button": {"payload": payload, "text": title}, **context}


def keep_inbound(outbox: Outbox, raw: bytes) -> None:
    """Keep what a patient wrote from an accepted webhook, whoever posted it: it opens the 24-hour window."""
    try:
        body = json.loads(raw)
        changes = [change["value"] for entry in body["entry"] for change in entry["changes"]]
        for value in changes:
            if target := of_account(str(value["metadata"]["phone_number_id"])):
                _keep_messages(outbox, target, value)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return  # Whatever intake makes of it, a phone would not have sent it.


def _keep_messages(outbox: Outbox, target: Clinic, value: Json) -> None:
    for message in value.get("messages", ()):
        outbox.add(
            {
                "direction": "inbound",
                "account": target.whatsapp,
                "id": str(message["id"]),
                "from": str(message.get("from") or message.get("from_user_id")),
                "type": str(message["type"]),
                "text": _text(message),
                "buttons": [],
                "reply_to": (message.get("context") or {}).get("id"),
                "at": stamp(),
                "state": "delivered",
            }
        )


def _text(message: Json) -> str:
    content = message.get(message["type"]) or {}
    reply = content.get("button_reply") or content.get("list_reply") or {}
    return str(
        content.get("body") or content.get("text") or reply.get("title") or content.get("caption") or ""
    )


def _shown(item: Item) -> Item:
    return {
        name: item[name] for name in ("id", "direction", "type", "text", "buttons", "reply_to", "at", "state")
    }


async def json_object(request: Request) -> Json:
    """The request's JSON object; empty when it is none."""
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def number(value: object) -> str:
    """A phone number as WhatsApp writes it (digits only); empty when it is none."""
    digits = re.sub(r"[\s()+-]", "", value) if isinstance(value, str) else ""
    return digits if NUMBER.fullmatch(digits) else ""


def problem(status: int, code: str, message: str) -> JSONResponse:
    """An error in the API's own shape."""
    return JSONResponse({"error": {"code": code, "message": message, "field": None}}, status_code=status)
