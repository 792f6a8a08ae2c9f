"""A clinic's site, and our server as the site's pages reach it: the real intake behind the gateway's CORS."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import intake
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.pages import CONTEXT

CHAT = Path(__file__).parents[2] / "infra" / "chat"
POLICY = "default-src 'none'; script-src {ours}; connect-src {ours}; form-action {ours}"
"""A strict site's: no inline script and no inline style."""
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Clínica Boa Vista</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="{ours}/chat/recado-chat.js" data-key="pub-webchat"
  data-privacy="https://clinica.example/privacidade" {more} defer></script></head>
<body><main><h1>Clínica Boa Vista</h1><p><a href="#top">A clínica</a></p></main></body></html>"""
CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": "authorization,content-type",
}


class Site:
    """Its pages, and what a test has asked for: answers to give instead, and languages."""

    def __init__(self) -> None:
        self.port = 0
        self.behind: Callable[[], object] = lambda: None
        self.refuse: int | None = None
        self.language = "en"
        self.more = ""
        self.asked: list[tuple[str, Any]] = []
        self.now: datetime | None = None

    @property
    def ours(self) -> str:
        """Our server's origin, which is not the clinic's."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def page(self) -> str:
        """The clinic's page."""
        return f"http://localhost:{self.port}/"

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.show),
                Route("/webhooks/{channel}/{account}", self.webhook, methods=["GET", "POST", "OPTIONS"]),
                Mount("/chat", _Shared(directory=CHAT, html=True)),
            ]
        )

    async def show(self, _: Request) -> Response:
        body = PAGE.format(language=self.language, ours=self.ours, more=self.more)
        return HTMLResponse(body, headers={"content-security-policy": POLICY.format(ours=self.ours)})

    async def webhook(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=CORS)
        body = await request.body()
        self.asked.append((request.method, json.loads(body) if body.startswith(b"{") else None))
        if self.refuse is not None:
            return JSONResponse({"message": "refused"}, self.refuse, CORS)
        answer = await run_in_threadpool(self._answered, request, body)
        return Response(answer["body"], answer["statusCode"], {**answer["headers"], **CORS})

    def _answered(self, request: Request, body: bytes) -> dict[str, Any]:
        now = self.now or datetime.now(UTC)
        event = {
            "rawPath": request.url.path,
            "headers": dict(request.headers),
            "queryStringParameters": dict(request.query_params),
            "pathParameters": request.path_params,
            "requestContext": {
                "http": {"method": request.method, "path": request.url.path, "sourceIp": "203.0.113.7"},
                "timeEpoch": int(now.timestamp() * 1000),
            },
            "body": base64.b64encode(body).decode(),
            "isBase64Encoded": True,
        }
        answer: dict[str, Any] = intake.handler(event, CONTEXT)
        self.behind()
        return answer


class _Shared(StaticFiles):
    """Files that pages of any origin may run."""

    async def get_response(self, path: str, scope: Any) -> Response:
        response = await super().get_response(path, scope)
        response.headers["access-control-allow-origin"] = "*"
        return response
