"""Messages per second on the local stack: signed webhooks in, until the API shows every one of them."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from infra.local.places import EMULATOR_PYTHON
from infra.local.stack import LocalStack
from tests.samples import text_message, webhook

MESSAGES = 200
SENDERS = 20
AT_ONCE = 8
PATIENCE_S = 180.0


class Throughput(NamedTuple):
    """`accepted`: until intake had answered the last webhook; `visible`: until the API showed all of them."""

    messages: int
    accepted_s: float
    visible_s: float


def measure() -> Throughput | str:
    """A stack of its own, emptied afterwards; or why there is none."""
    if not EMULATOR_PYTHON.exists():
        return "left out: the emulator is not installed (`make bench` installs it)"
    with socket.socket() as listening, tempfile.TemporaryDirectory() as work:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        with LocalStack(Path(work), keep=False) as stack:
            stack.start(listening)
            return _drive(stack.run)


def _drive(run: dict[str, Any]) -> Throughput | str:
    clinic = next(one for one in run["clinics"] if one["id"] == "boavista")
    account = clinic["accounts"][0]
    numbers = [f"55119{90000000 + n % SENDERS}" for n in range(MESSAGES)]
    bodies = [webhook(text_message(f"bench {n}", f"wamid.bench.{n}", to)) for n, to in enumerate(numbers)]
    with httpx.Client(timeout=60, limits=httpx.Limits(max_connections=AT_ONCE)) as http:

        def post(body: dict[str, Any]) -> None:
            raw = json.dumps(body).encode()
            signature = hmac.new(account["secret"].encode(), raw, hashlib.sha256).hexdigest()
            headers = {"x-hub-signature-256": f"sha256={signature}", "content-type": "application/json"}
            http.post(account["webhook"], content=raw, headers=headers).raise_for_status()

        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(post, bodies))
        accepted = time.monotonic() - began
        api = _Api(http, run["api"], clinic["tokens"]["agent"])
        while (seen := api.messages(sorted(set(numbers)))) < MESSAGES:
            if time.monotonic() - began > PATIENCE_S:
                return f"only {seen} of {MESSAGES} messages were visible after {PATIENCE_S:.0f} s"
            time.sleep(0.2)
        return Throughput(MESSAGES, accepted, time.monotonic() - began)


class _Api:
    """What an agent sees."""

    def __init__(self, http: httpx.Client, url: str, token: str) -> None:
        self._http, self._url = http, url
        self._headers = {"authorization": f"Bearer {token}"}
        self._full: set[str] = set()

    def messages(self, numbers: list[str]) -> int:
        """How many messages these people's timelines show."""
        for number in numbers:
            if number not in self._full and self._count(number) >= MESSAGES // SENDERS:
                self._full.add(number)
            if number not in self._full:
                break
        return len(self._full) * (MESSAGES // SENDERS)

    def _count(self, number: str) -> int:
        found = self._get("/patients", phone=f"+{number}")
        return len(self._get(f"/patients/{found[0]['id']}/timeline")) if found else 0

    def _get(self, path: str, **query: str) -> list[dict[str, Any]]:
        answer = self._http.get(f"{self._url}{path}", params=query, headers=self._headers)
        answer.raise_for_status()
        items: list[dict[str, Any]] = answer.json()["items"]
        return items
