"""Clinics' own systems (an EHR, a CRM), as outbound webhooks reach them: any https host under `.example`.

Each keeps what it is sent, for whoever asks at /fake/systems/<host>, and fails as often as it was told to.
"""

from collections import Counter, defaultdict, deque
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.outbox import stamp

KEPT = 1000
"""Notices that a system keeps; the oldest go first."""


class Systems:
    """All of them."""

    def __init__(self) -> None:
        self._received: dict[str, deque[dict[str, Any]]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._failing: dict[str, int] = {}
        self._left: Counter[str] = Counter()

    def routes(self) -> list[Route]:
        """Where they stand. After the providers': what these did not take may be a system's."""
        return [
            Route("/wire/{host}/{path:path}", self.receive, methods=["POST"]),
            Route("/fake/systems/{host}", self.show),
            Route("/fake/systems/{host}", self.fail, methods=["POST"]),
        ]

    async def receive(self, request: Request) -> Response:
        """Keep a notice, byte for byte, and answer 204; or the failure that is to come."""
        host = request.path_params["host"]
        if not host.endswith(".example"):
            return Response(status_code=404)
        status = self._failing[host] if self._left[host] > 0 else 204
        self._left[host] -= 1
        body = (await request.body()).decode()
        told = {"path": f"/{request.path_params['path']}", "headers": dict(request.headers), "body": body}
        self._received[host].append({"at": stamp(), "status": status, **told})
        return Response(status_code=status)

    async def show(self, request: Request) -> Response:
        """GET /fake/systems/<host>: what it was sent, newest last, with what it answered."""
        return JSONResponse({"items": list(self._received.get(request.path_params["host"], ()))})

    async def fail(self, request: Request) -> Response:
        """POST /fake/systems/<host>?status=500&times=1: answer so to the next notices."""
        status, times = (request.query_params.get(name, "") for name in ("status", "times"))
        if not (status.isdecimal() and times.isdecimal() and 400 <= int(status) < 600):
            return Response("Say a status from 400 on, and how many times.", 400)
        host = request.path_params["host"]
        self._failing[host], self._left[host] = int(status), int(times)
        return JSONResponse({"status": int(status), "times": int(times)})
