"""A fake of WhatsApp's Cloud API: refuses what WhatsApp refuses, accepts the rest, reports how it fares."""

import asyncio
import functools
import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from recado import texts
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from infra.local import meta
from infra.local.clinics import of_account
from infra.local.faults import Fault, Faults
from infra.local.outbox import Item, Outbox, bare, stamp

Json = dict[str, Any]
Deliver = Callable[[Json], Awaitable[bool]]

MAX_TEXT = 4096
PLACEHOLDER = re.compile(r"\{\{?\s*(\w+)\s*\}?\}")
RECEIPT_SECONDS = 0.3
"""Between one status and the next: long enough for a person to see the ticks change."""


class Refused(Exception):  # noqa: N818 (named as in recado.errors)
    """WhatsApp says no: its error code, the HTTP status that comes with it, and what it calls the error."""

    def __init__(self, code: int, title: str, *, status: int = 400) -> None:
        super().__init__(title)
        self.code, self.title, self.status = code, title, status

    def answer(self) -> JSONResponse:
        """The error as the Graph API words it."""
        error = {
            "message": f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.title},
            "fbtrace_id": "LocalStack",
        }
        return JSONResponse({"error": error}, status_code=self.status)


class WhatsApp:
    """The provider of both demo clinics. `deliver` posts a signed webhook; was it accepted?"""

    def __init__(self, outbox: Outbox, tokens: dict[str, str], deliver: Deliver) -> None:
        self.outbox = outbox
        self.faults = Faults()
        self._tokens = tokens
        self._deliver = deliver
        self._tasks: set[asyncio.Task[None]] = set()

    async def messages(self, request: Request) -> Response:
        """POST /wire/graph.facebook.com/<version>/<phone_number_id>/messages."""
        account = str(request.path_params["account"])
        try:
            self._authorise(account, request.headers.get("authorization", ""))
            body = _json_object(await request.body())
            item = self._read(account, body)
            fault = self.faults.take(account, bare(item["to"]))
            _obey(fault)
        except Refused as refusal:
            return refusal.answer()
        return await self._accept(item, fault)

    async def mark_read(self, account: str, person: str) -> None:
        """The phone shows its conversation: what was delivered is now read."""
        for item in self.outbox.conversation(account, person):
            if item["direction"] == "outbound" and item["state"] == "delivered":
                self._soon(self._report(item, ("read",), None))

    async def stop(self) -> None:
        """Report nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _authorise(self, account: str, header: str) -> None:
        expected = self._tokens.get(account, "")
        if not expected or not hmac.compare_digest(header.encode(), f"Bearer {expected}".encode()):
            raise Refused(190, "Invalid OAuth access token", status=401)

    def _read(self, account: str, body: Json) -> Item:
        """The item for the outbox. Raises Refused as WhatsApp would."""
        to = _recipient(body)
        if body.get("messaging_product") != "whatsapp" or not to:
            raise Refused(100, "Invalid parameter")
        if bare(to).endswith("0000"):
            raise Refused(131026, "Message undeliverable")
        kind = body.get("type", "text")
        if kind == "template":
            text, buttons = _render_template(body.get("template") or {})
        else:
            text, buttons = _render_text(body)
            if not self.outbox.window_open(account, to, datetime.now(UTC)):
                raise Refused(131047, "Re-engagement message")
        return {
            "direction": "outbound",
            "provider": "whatsapp",
            "account": account,
            "id": meta.new_id(),
            "to": to,
            "type": kind,
            "text": text,
            "buttons": buttons,
            "reply_to": (body.get("context") or {}).get("message_id"),
            "body": body,
            "reference": str(body.get("biz_opaque_callback_data") or ""),
            "at": stamp(),
            "state": "accepted",
        }

    async def _accept(self, item: Item, fault: Fault | None) -> Response:
        kind = fault.kind if fault else ""
        self.outbox.add(item)
        if kind == "undeliverable" and fault:
            error = {"code": fault.code, "title": "Told to fail", "message": "Told to fail"}
            self._soon(self._report(item, ("failed",), error))
        elif kind != "no_receipts":
            self._soon(self._report(item, ("sent", "delivered"), None))
        if kind == "hang" and fault:
            await asyncio.sleep(fault.seconds)
        if kind == "lost":
            return JSONResponse(
                {"error": {"code": 2, "message": "Service temporarily unavailable"}}, status_code=503
            )
        recipient = {"input": item["to"], "wa_id": bare(item["to"])}
        sent = {"messaging_product": "whatsapp", "contacts": [recipient], "messages": [{"id": item["id"]}]}
        return JSONResponse(sent)

    async def _report(self, item: Item, states: tuple[str, ...], error: Json | None) -> None:
        clinic = of_account(item["account"])
        for state in states:
            await asyncio.sleep(RECEIPT_SECONDS)
            if clinic and self.outbox.move(item["id"], state):
                await self._deliver(meta.status(clinic, item, state, error))

    def _soon(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _obey(fault: Fault | None) -> None:
    if fault and fault.kind == "refuse":
        raise Refused(fault.code, "Told to refuse", status=fault.status)


def _json_object(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused(100, "Invalid parameter")
    return body


def _recipient(body: Json) -> str:
    return str(body.get("recipient") or body.get("to") or "")


def _render_text(body: Json) -> tuple[str, list[Json]]:
    interactive = body.get("interactive") or {}
    text = (body.get("text") or interactive.get("body") or {}).get("body") or (
        interactive.get("body") or {}
    ).get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
        raise Refused(100, "Invalid parameter")
    buttons = [button.get("reply") or {} for button in (interactive.get("action") or {}).get("buttons", ())]
    return text, [{"payload": str(button.get("id")), "title": str(button.get("title"))} for button in buttons]


def _render_template(template: Json) -> tuple[str, list[Json]]:
    """The approved text with the parameters in place; WhatsApp's own checks on the way."""
    language = str((template.get("language") or {}).get("code") or "")
    approved = approved_templates().get(str(template.get("name")), {}).get(language.replace("_", "-"))
    if approved is None:
        raise Refused(132001, "Template name does not exist in the translation", status=404)
    components = template.get("components") or []
    body: Json = next((part for part in components if part.get("type") == "body"), {})
    parameters = body.get("parameters") or []
    names = list(dict.fromkeys(PLACEHOLDER.findall(approved["body"])))
    if len(parameters) != len(names):
        raise Refused(132000, "Number of parameters does not match the expected number of params")
    values = {
        str(part.get("parameter_name") or names[n]): str(part.get("text"))
        for n, part in enumerate(parameters)
    }
    if set(values) != set(names):
        raise Refused(132000, "Number of parameters does not match the expected number of params")
    text = PLACEHOLDER.sub(lambda found: values[found[1]], approved["body"])
    return text, _template_buttons(approved.get("buttons") or (), components)


def _template_buttons(buttons: Any, components: list[Json]) -> list[Json]:
    payloads = {
        str(part.get("index")): str((part.get("parameters") or [{}])[0].get("payload", ""))
        for part in components
        if part.get("type") == "button"
    }
    return [
        {**button, "payload": payloads.get(str(n), button["payload"])} for n, button in enumerate(buttons)
    ]


@functools.cache
def approved_templates() -> Mapping[str, Mapping[str, texts.TemplateText]]:
    """Name → language → {body, buttons}: what the clinics have had approved is what the package can say."""
    return {
        name: {str(language): text for language, text in languages.items()}
        for name, languages in texts.templates().items()
    }
