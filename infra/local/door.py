"""The front door: one fixed address for the console, the API, the webhooks, the phone and the fakes.

Nothing else of the emulator can be reached through it, and no page of another origin can use it.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.local import meta
from infra.local.faults import KINDS
from infra.local.outbox import Outbox
from infra.local.phone import Phone, json_object, keep_inbound, problem
from infra.local.places import ROOT
from infra.local.whatsapp import WhatsApp

CONSOLE = ROOT / "infra" / "console"
GATEWAY_LIMIT = 10 * 1024 * 1024
"""What API Gateway takes of a request body, in bytes."""

DELIVERY_TRIES = 5
"""How often the fake provider repeats a webhook that is not answered 200. Meta goes on for days."""

GRAPH = "/wire/graph.facebook.com"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
HOP_BY_HOP = {
    "connection",
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "host",
    "keep-alive",
    "date",
    "server",
}
HOSTS = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?")
OF_BROWSERS = re.compile(r"origin|referer|sec-.*")
"""Headers that end at the door, which has judged them: the emulator refuses whatever a browser sent."""

CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass
class Upstream:
    """Where the emulator serves the two APIs; empty until the stack stands."""

    api: str = ""
    webhooks: str = ""
    app_secret: str = ""
    client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=40))
    pause: float = 0.2
    """Seconds before a webhook is repeated for the first time; doubled each time after."""

    async def deliver(self, outbox: Outbox, body: dict[str, Any]) -> bool:
        """Post a webhook as Meta would: signed, and again when it is not answered 200."""
        raw = meta.wire(body)
        headers = {
            "content-type": "application/json",
            "x-hub-signature-256": meta.signature(raw, self.app_secret),
        }
        for attempt in range(DELIVERY_TRIES):
            try:
                answer = await self.client.post(f"{self.webhooks}/whatsapp", content=raw, headers=headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == httpx.codes.OK:
                keep_inbound(outbox, raw)
                return True
            await asyncio.sleep(self.pause * 2**attempt)
        return False


@dataclass
class Door:
    """What the front door serves; `demo` gives the content of run.json."""

    upstream: Upstream
    outbox: Outbox
    whatsapp: WhatsApp
    phone: Phone
    demo: Callable[[], Any]

    def app(self) -> ASGIApp:
        """The application."""
        routes = [
            Route("/api/openapi.json", self.openapi),
            Route("/api/{path:path}", self.api, methods=METHODS),
            Route("/webhooks/{path:path}", self.webhooks, methods=METHODS),
            Route(
                "/wire/graph.facebook.com/{version}/{account}/messages",
                self.whatsapp.messages,
                methods=["POST"],
            ),
            Route("/outbox", self.show_outbox),
            Route("/demo", self.show_demo),
            Route("/fake/whatsapp/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/phone/clinics", self.phone.clinics),
            Route("/phone/whatsapp", self.phone.show),
            Route("/phone/whatsapp", self.phone.write, methods=["POST"]),
            Route("/phone/call", self.phone.call, methods=["POST"]),
            Mount("/", StaticFiles(directory=CONSOLE, html=True, check_dir=False)),
        ]
        return _Guard(Starlette(routes=routes, lifespan=self.lifespan))

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Leave nothing running behind."""
        yield
        await self.whatsapp.stop()
        await self.phone.stop()
        await self.upstream.client.aclose()

    async def api(self, request: Request) -> Response:
        """The REST API."""
        return await _pass_on(request, await _body(request), self.upstream.client, self.upstream.api)

    async def webhooks(self, request: Request) -> Response:
        """The channels' endpoints; what they accept is what a patient has written."""
        body = await _body(request)
        answer = await _pass_on(request, body, self.upstream.client, self.upstream.webhooks)
        if request.method == "POST" and answer.status_code == httpx.codes.OK:
            keep_inbound(self.outbox, body or b"")
        return answer

    async def show_outbox(self, _: Request) -> Response:
        """What the fake providers received, newest last."""
        return JSONResponse({"items": self.outbox.outbound()})

    async def show_demo(self, _: Request) -> Response:
        """Whom the console can sign in as."""
        return JSONResponse(self.demo())

    async def faults(self, request: Request) -> Response:
        """The failures that the fake provider will have: list, add, forget."""
        if request.method == "DELETE":
            self.whatsapp.faults.clear()
        elif request.method == "POST" and self.whatsapp.faults.plan(await json_object(request)) is None:
            return problem(400, "invalid", f"Say a kind: {', '.join(KINDS)}.")
        return JSONResponse({"items": self.whatsapp.faults.listing(), "kinds": KINDS})

    async def openapi(self, _: Request) -> Response:
        """The API's description."""
        return FileResponse(CONSOLE / "openapi.json", media_type="application/json")


async def _body(request: Request) -> bytes | None:
    """The body; none when it is larger than API Gateway takes."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > GATEWAY_LIMIT:
            return None
    return body


async def _pass_on(request: Request, body: bytes | None, client: httpx.AsyncClient, base: str) -> Response:
    """The same request to the emulator, byte for byte; only the answer's own headers come back."""
    if not base:
        return problem(503, "starting", "The stack is still starting.")
    _, _, rest = request.scope["raw_path"].decode("latin-1").removeprefix("/").partition("/")
    if not rest or {".", ".."}.intersection(unquote(rest).split("/")):
        return problem(404, "not_found", "There is nothing here.")
    if body is None:
        return JSONResponse({"message": "Request Entity Too Large"}, status_code=413)
    query = request.scope["query_string"].decode("latin-1")
    headers = [pair for pair in request.headers.raw if _goes_on(pair[0].decode("latin-1").lower())]
    try:
        answer = await client.request(
            request.method,
            f"{base}/{rest}{'?' + query if query else ''}",
            content=body,
            headers=headers,
        )
    except httpx.TransportError:
        return problem(502, "unreachable", "The stack does not answer.")
    response = Response(answer.content, answer.status_code)
    for name, value in answer.headers.multi_items():
        if name.lower() not in HOP_BY_HOP and not name.lower().startswith("access-control-"):
            response.headers.append(name, value)
    return response


def _goes_on(name: str) -> bool:
    return name not in HOP_BY_HOP and not OF_BROWSERS.fullmatch(name)


class _Guard:
    """Refuses requests for another host (DNS rebinding) or from another origin; adds security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if not HOSTS.fullmatch(host):
            await problem(421, "misdirected", "This is not the host you asked for.")(scope, receive, send)
        elif headers.get("origin", f"http://{host}") != f"http://{host}":
            await problem(403, "forbidden", "Not from another page.")(scope, receive, send)
        else:
            await self._app(scope, receive, _with_policy(scope["path"], send))


def _with_policy(path: str, send: Send) -> Send:
    added = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
    if not path.startswith(("/api/", "/webhooks/", "/wire/")):
        added += [(b"content-security-policy", CONSOLE_POLICY.encode()), (b"cache-control", b"no-cache")]

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *added]
        await send(message)

    return wrapped
