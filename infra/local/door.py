"""The front door: one fixed address for the console, the API, the webhooks, the phone and the fakes.

Nothing else of the emulator can be reached through it, and no page of another origin can use it.
"""

import contextlib
import re
from collections.abc import AsyncIterator, Callable, Mapping
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

from infra.local import sites
from infra.local.fakes.bedrock import Bedrock
from infra.local.fakes.faults import KINDS
from infra.local.fakes.network import Network
from infra.local.fakes.ses import Ses
from infra.local.fakes.systems import Systems
from infra.local.outbox import Outbox
from infra.local.phone import Phone, json_object, problem
from infra.local.places import ROOT

CONSOLE = ROOT / "infra" / "console"
GATEWAY_LIMIT = 10 * 1024 * 1024
"""What API Gateway takes of a request body, in bytes."""

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
SHOWN = re.compile(r"image/(png|jpeg|gif|webp)|audio/[a-z0-9.+-]+")
"""Kinds of files that a browser may show on this origin, which is the console's; all else is saved."""
OF_BROWSERS = re.compile(r"origin|referer|sec-.*")
"""Headers that end at the door, which has judged them: the emulator refuses whatever a browser sent."""

CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; frame-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@dataclass
class Upstream:
    """Where the emulator serves the two APIs; empty until the stack stands."""

    api: str = ""
    webhooks: str = ""
    files: str = ""
    """The bucket of patients' files."""
    client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=40))


@dataclass
class Door:
    """What the front door serves; `demo` gives the content of run.json."""

    upstream: Upstream
    outbox: Outbox
    network: Network
    phone: Phone
    demo: Callable[[], Any]

    def app(self) -> ASGIApp:
        """The application."""
        routes = [
            Route("/api/openapi.json", self.openapi),
            Route("/api/{path:path}", self.api, methods=METHODS),
            Route("/webhooks/{path:path}", self.webhooks, methods=METHODS),
            *self.network.routes(),
            *Systems().routes(),
            *Bedrock().routes(),
            *sites.routes(),
            Route("/files/{path:path}", self.files),
            Route("/outbox", self.show_outbox),
            Route("/demo", self.show_demo),
            Route("/fake/email/mail", self.mail, methods=["POST"]),
            Route("/fake/{channel}/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/fake/{channel}/message", self.publish, methods=["POST"]),
            Route("/phone/clinics", self.phone.clinics),
            Route("/phone/counts", self.phone.counts),
            Route("/phone/files/{name}", self.phone.file),
            Route("/phone/call", self.phone.call, methods=["POST"]),
            Route("/phone/pick_up", self.phone.pick_up, methods=["POST"]),
            Route("/phone/rung", self.phone.rung),
            *self.phone.api.routes(),
            Route("/phone/{app}", self.phone.show),
            Route("/phone/{app}", self.phone.write, methods=["POST"]),
            Mount("/", StaticFiles(directory=CONSOLE, html=True, check_dir=False)),
        ]
        return _Guard(Starlette(routes=routes, lifespan=self.lifespan))

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Leave nothing running behind."""
        yield
        await self.network.stop()
        await self.phone.stop()
        await self.upstream.client.aclose()
        await self.network.site.post.client.aclose()

    async def api(self, request: Request) -> Response:
        """The REST API."""
        return await _pass_on(request, await _body(request), self.upstream.client, self.upstream.api)

    async def webhooks(self, request: Request) -> Response:
        """The channels' endpoints; what they accept is what a patient has written."""
        body = await _body(request)
        answer = await _pass_on(request, body, self.upstream.client, self.upstream.webhooks)
        if request.method == "POST" and answer.status_code == httpx.codes.OK:
            self.network.hear(request.path_params["path"], body or b"")
        return answer

    async def files(self, request: Request) -> Response:
        """A patient's file, by an address that the API has signed and that says how a browser takes it."""
        asked = request.query_params
        if "X-Amz-Signature" not in asked:
            return problem(403, "forbidden", "Ask the API for its address.")
        answer = await _pass_on(request, b"", self.upstream.client, self.upstream.files)
        if answer.status_code == httpx.codes.OK:
            answer.headers.update(_taken(asked))
        return answer

    async def show_outbox(self, _: Request) -> Response:
        """What the fake providers received, newest last."""
        return JSONResponse({"items": self.outbox.outbound()})

    async def show_demo(self, _: Request) -> Response:
        """Whom the console can sign in as."""
        return JSONResponse(self.demo())

    async def faults(self, request: Request) -> Response:
        """/fake/<channel>/faults: the failures that a fake provider will have: list, add, forget."""
        fake = self.network.get(request.path_params["channel"])
        if fake is None:
            return problem(404, "not_found", "There is no fake of this channel.")
        if request.method == "DELETE":
            fake.faults.clear()
        elif request.method == "POST" and fake.faults.plan(await json_object(request)) is None:
            return problem(400, "invalid", f"Say a kind: {', '.join(KINDS)}.")
        return JSONResponse({"items": fake.faults.listing(), "kinds": KINDS})

    async def publish(self, request: Request) -> Response:
        """POST /fake/<channel>/message: what AWS publishes to the channel's topic, and so to intake."""
        channel, message = request.path_params["channel"], await json_object(request)
        if not message or not await self.network.site.post.publish(channel, message):
            return problem(400, "invalid", "Give the message as JSON, for a channel that AWS tells of.")
        self.network.hear(channel, await request.body())
        return JSONResponse({"published": True}, status_code=202)

    async def mail(self, request: Request) -> Response:
        """POST /fake/email/mail?to=<address of a clinic>: a mail as it is, received as SES receives one."""
        fake, body = self.network.fakes["email"], await _body(request)
        to = request.query_params.get("to", "")
        if not isinstance(fake, Ses) or not body or not await fake.receive(to, body):
            return problem(400, "invalid", "Give a mail, and say to which clinic's address.")
        return JSONResponse({"received": True}, status_code=202)

    async def openapi(self, _: Request) -> Response:
        """The API's description."""
        return FileResponse(CONSOLE / "openapi.json", media_type="application/json")


def _taken(asked: Mapping[str, str]) -> dict[str, str]:
    """How a browser takes a file: as its address says where that is safe, else it is saved under its name."""
    kind, told = (
        asked.get("response-content-type", ""),
        asked.get("response-content-disposition", "attachment"),
    )
    if not SHOWN.fullmatch(kind.partition(";")[0].strip().lower()):
        kind, told = "application/octet-stream", "attachment" + "".join(told.partition(";")[1:])
    return {"content-type": kind, "content-disposition": told}


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
    headers += [(b"x-page-origin", origin.encode()) for origin in request.headers.getlist("origin")]
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
    return name not in HOP_BY_HOP and not OF_BROWSERS.fullmatch(name) and not name.startswith("x-page-")


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
    # A clinic's page tells its own origin to where its form goes; nobody else is told anything.
    policy = b"same-origin" if path.startswith("/site/") else b"no-referrer"
    added = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", policy)]
    if not path.startswith(("/api/", "/webhooks/", "/wire/", "/aws/", "/site/")):
        added += [(b"content-security-policy", CONSOLE_POLICY.encode()), (b"cache-control", b"no-cache")]

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *added]
        await send(message)

    return wrapped
