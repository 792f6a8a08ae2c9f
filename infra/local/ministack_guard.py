"""The AWS emulator, behind a guard: no web page can speak to it.

The emulator takes any signature and lets every origin read its answers, so that a page open in a browser on
this machine could otherwise read what patients wrote. Run as a file by the emulator's own Python, hence
without imports of ours.
"""

import importlib
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BROWSERS = re.compile(rb"origin|referer|sec-.*")
"""Headers of browsers. A page's plain GET has no `origin`, but says `sec-fetch-site`."""


PAGE = b"x-page-"
"""Before the names of the headers that the front door has judged and passes on."""


class Guard:
    """Answers 403 to what a browser sent or to another host's name (DNS rebinding); passes on the rest."""

    def __init__(self, app: App, port: int) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._may_pass(scope["headers"]):
            await self._app(_with_page(scope), receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _may_pass(self, headers: list[tuple[bytes, bytes]]) -> bool:
        hosts = [value.lower() for name, value in headers if name.lower() == b"host"]
        browsers = any(BROWSERS.fullmatch(name.lower()) for name, _ in headers)
        return not browsers and len(hosts) == 1 and hosts[0] in self._hosts


def _with_page(scope: Scope) -> Scope:
    """What the front door says of the page that a request came from, as the page's browser says it: some
    channels ask. A page itself cannot say it, since it would have to ask for leave first."""
    if "headers" not in scope:
        return scope
    headers = [(name.removeprefix(PAGE), value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


def main() -> None:
    """Serve the emulator until it is told to stop, as `python -m ministack` does."""
    emulator = importlib.import_module("ministack.app")
    # Its `main` serves what is called `app` in its module.
    vars(emulator)["app"] = Guard(vars(emulator)["app"], int(os.environ["GATEWAY_PORT"]))
    vars(emulator)["main"]()


if __name__ == "__main__":
    main()
