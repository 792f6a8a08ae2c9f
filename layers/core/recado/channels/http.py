"""The one module that opens sockets to a provider: hosts on a list, time-outs, no redirects, bounded answers.

Whatever goes wrong is told as SendFailed, and the difference that matters is kept: before the first byte was
written the message is certainly *not sent* (`retry`); after that, without an answer, it is `unknown`.
"""

from __future__ import annotations

import functools
import json
import os
import ssl
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from recado.errors import Outcome, SendFailed

PROVIDERS: Final = frozenset({"graph.facebook.com"})
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
CONNECT_S: Final = 3.0
READ_S: Final = 10.0
MAX_ANSWER: Final = 1_048_576
"""Bytes. A provider's answer to a send is some hundred."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an empty one when it is anything else."""
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}


class Http:
    """A pool of connections to the providers' hosts and, on a laptop only, to one local address.

    `local` is a URL whose scheme, host and port may be reached although it is not a provider's: the fake
    provider. It is ignored unless it is loopback. Time-outs are in seconds.
    """

    def __init__(self, local: str = "", *, connect_s: float = CONNECT_S, read_s: float = READ_S) -> None:
        self._local = _origin(urlsplit(local)) if urlsplit(local).hostname in LOOPBACK else None
        self._pool = urllib3.PoolManager(
            num_pools=4,
            maxsize=4,
            retries=False,
            timeout=urllib3.Timeout(connect=connect_s, read=read_s),
        )

    def post_json(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        """POST once. Any HTTP status is an Answer; no answer is SendFailed (`retry` or `unknown`).

        A host that is not on the list is SendFailed `fix_account`: nothing leaves, and an operator must look.
        """
        if not self.may_reach(url):
            raise SendFailed("fix_account", "This host is not on the list of providers.")
        payload = json.dumps(body, separators=(",", ":")).encode()
        try:
            return self._post(url, payload, {**headers, "content-type": "application/json"})
        except (HTTPError, OSError) as error:
            outcome: Outcome = "retry" if _never_connected(error) else "unknown"
            raise SendFailed(outcome, f"No answer: {type(error).__name__}.") from error

    def may_reach(self, url: str) -> bool:
        """Whether `url` is https to a provider's own host on the usual port, or the local fake."""
        try:
            parts = urlsplit(url)
            origin = _origin(parts)
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None:
            return False
        return origin == self._local or origin in {("https", host, 443) for host in PROVIDERS}

    def _post(self, url: str, payload: bytes, headers: Mapping[str, str]) -> Answer:
        response = self._pool.request(
            "POST", url, body=payload, headers=headers, redirect=False, preload_content=False
        )
        answer = Answer(response.status, response.headers, response.read(MAX_ANSWER))
        if len(answer.body) < MAX_ANSWER:
            response.release_conn()
        else:
            response.close()
        return answer


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _never_connected(error: Exception) -> bool:
    """Only what fails before the first byte of the request: refused, no such host, a wrong certificate."""
    if isinstance(error, SSLError):
        return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args)
    return isinstance(error, NewConnectionError | ConnectTimeoutError)


@functools.cache
def client() -> Http:
    """The process's one client; reaches GRAPH_URL beside the providers when STAGE is "local"."""
    return Http(os.environ.get("GRAPH_URL", "") if os.environ.get("STAGE") == "local" else "")
