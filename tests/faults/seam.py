"""Where faults befall a process: below our code, at each of its calls to AWS and to a provider.

A *logical call* is what our code asks for; an *attempt* is one HTTP request of it, since the SDK repeats by
itself. Both are seen here: `Endpoint._send_request` is the one, `Endpoint._do_get_response` the other. They
are wrapped on botocore's class, so that clients made before (ours are cached) are under them too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any, Literal, NamedTuple, get_args
from unittest.mock import patch

import urllib3
from botocore import endpoint as sdk
from botocore.retries.quota import RetryQuota
from recado.channels import pinned

from tests.faults import answers
from tests.faults.provider import Provider

Fault = Literal[
    "crash_before",
    "crash_after",
    "lost_request",
    "lost_response",
    "http500_after",
    "throttled",
    "conflict",
    "soft",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
CRASHES: tuple[Fault, ...] = ("crash_before", "crash_after")
READS = {
    "dynamodb.GetItem",
    "dynamodb.BatchGetItem",
    "dynamodb.Query",
    "s3.GetObject",
    "secretsmanager.GetSecretValue",
}
"""Operations that change nothing."""
Faults = Mapping[int, Fault]
"""Which call of a process meets which fault; calls count from 1."""

ROOT = Path(__file__).parents[2]
OURS = (str(ROOT / "layers/core/recado"), str(ROOT / "functions"))


class Crash(BaseException):
    """The process was killed. Not an Exception: what catches those cleans up, and the dead cannot."""


class Site(NamedTuple):
    """A line of our code."""

    file: str
    line: int


class Call(NamedTuple):
    """One logical call, and the lines of ours that led to it, innermost first."""

    operation: str
    sites: tuple[Site, ...]

    def can(self, fault: Fault) -> bool:
        """Whether this fault can befall this operation at all."""
        if fault == "conflict":
            return self.operation in answers.WRITES
        return fault != "soft" or self.operation in answers.SOFT or self.operation == "provider"


class Attempt(NamedTuple):
    """One process's life: its calls, and at which of them its faults really befell it."""

    calls: list[Call]
    fired: set[int]


class Process:
    """The process under test. It counts its calls, meets its faults, and after a crash it is dead."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.fired: set[int] = set()
        self.dead = False
        self.traced = False
        """Whether to note the lines that lead to each call; it takes its time."""
        self.step: Callable[[str], None] | None = None
        """Called with each operation before it: lets a scheduler run another worker first."""
        self._faults: Faults = {}
        self._running = False
        self._now: Fault | None = None
        self._done: dict[str, Any] = {}

    @contextmanager
    def running(self, faults: Faults) -> Iterator[Process]:
        """A new process, with these faults ahead of it, for as long as the block runs."""
        self.calls, self.fired, self.dead, self._faults, self._running = [], set(), False, faults, True
        try:
            yield self
        finally:
            self._running, self._now = False, None

    def logical(self, operation: str, perform: Callable[[], Any]) -> Any:
        """One logical call of the process: the crashes befall it here, all else befalls its attempts."""
        if self.step is not None:
            self.step(operation)
        if not self._running:
            return perform()
        fault = self._begin(operation)
        self._done.clear()
        try:
            answer = perform()
        finally:
            self._now = None
        if fault == "crash_after":
            self._die()
        return answer

    def attempt(
        self, endpoint: Any, original: Callable[..., Any], request: Any, model: Any, context: Any
    ) -> Any:
        """One HTTP request. A transaction's token makes its repeat harmless, as on AWS; not in moto."""

        def perform() -> Any:
            token = answers.transaction_token(request, model.name)
            if token is not None and token in self._done:
                return self._done[token]
            answer = original(endpoint, request, model, context)
            succeeded = answer[0] is not None and answer[0][0].status_code < 300
            if token is not None and succeeded:
                self._done[token] = answer
            return answer

        first = context["retries"]["attempt"] == 1
        made_up = answers.attempt(self._now, first, request, model.name, perform)
        if made_up is None:
            return perform()
        self.fired.add(len(self.calls))
        return made_up

    def post(self, provider: Provider, url: str, body: bytes) -> urllib3.BaseHTTPResponse:
        """One request to a provider, which nobody repeats by itself."""

        def perform() -> urllib3.BaseHTTPResponse:
            response, fired = provider.answer(url, body, self._now)
            if fired:
                self.fired.add(len(self.calls))
            if isinstance(response, Exception):
                raise response
            return response

        answer: urllib3.BaseHTTPResponse = self.logical("provider", perform)
        return answer

    def tell(self, provider: Provider, headers: Mapping[str, str]) -> pinned.Fetched:
        """One notice posted to a clinic's own system."""

        def perform() -> pinned.Fetched:
            status = {"throttled": 429, "http500_after": 500, "soft": 503}.get(self._now or "", 204)
            if self._now in ("lost_request", "lost_response") or status != 204:
                self.fired.add(len(self.calls))
            if self._now not in ("lost_request", "throttled", "soft"):
                provider.taken.append({"biz_opaque_callback_data": headers["webhook-id"]})
            if self._now in ("lost_request", "lost_response"):
                raise TimeoutError
            return pinned.Fetched(status, {}, b"")

        answer: pinned.Fetched = self.logical("provider", perform)
        return answer

    def fetch(self, provider: Provider, url: str) -> pinned.Fetched:
        """One file asked of a provider, or where it is."""

        def perform() -> pinned.Fetched:
            status = {"throttled": 429, "http500_after": 500, "soft": 503}.get(self._now or "", 200)
            lost = self._now in ("lost_request", "lost_response")
            if lost or status != 200:
                self.fired.add(len(self.calls))
            if lost:
                raise TimeoutError
            return provider.file(url, status)

        answer: pinned.Fetched = self.logical("provider", perform)
        return answer

    def _begin(self, operation: str) -> Fault | None:
        if self.dead:
            raise Crash
        self.calls.append(Call(operation, _sites() if self.traced else ()))
        fault = self._faults.get(len(self.calls))
        if fault in CRASHES:
            self.fired.add(len(self.calls))
        if fault == "crash_before":
            self._die()
        self._now = fault
        return fault

    def _die(self) -> None:
        self.dead = True
        raise Crash


@contextmanager
def installed(process: Process, provider: Provider) -> Iterator[None]:
    """Put every AWS client, and HTTP to the provider, under this process's seam. No back-off is slept."""
    send, attempt = sdk.Endpoint._send_request, sdk.Endpoint._do_get_response

    def logical(endpoint: Any, request: Any, model: Any) -> Any:
        operation = f"{model.service_model.service_name}.{model.name}"
        return process.logical(operation, lambda: send(endpoint, request, model))

    def one(endpoint: Any, request: Any, model: Any, context: Any) -> Any:
        return process.attempt(endpoint, mailed, request, model, context)

    def mailed(endpoint: Any, request: Any, model: Any, context: Any) -> Any:
        if model.name == "SendEmail":
            return answers.sent(request, provider.mail(request.body))
        if model.name == "StartOutboundVoiceContact":
            return answers.sent(request, provider.call(request.body), "ContactId")
        return attempt(endpoint, request, model, context)

    def urlopen(_pool: Any, _method: str, url: str, **settings: Any) -> urllib3.BaseHTTPResponse:
        return process.post(provider, url, settings["body"])

    def get(url: str, *_: object, **__: object) -> pinned.Fetched:
        return process.fetch(provider, url)

    def tell(_url: str, _body: bytes, headers: Mapping[str, str], *_: object, **__: object) -> pinned.Fetched:
        return process.tell(provider, headers)

    with ExitStack() as stack:
        stack.enter_context(patch.object(sdk.Endpoint, "_send_request", logical))
        stack.enter_context(patch.object(sdk.Endpoint, "_do_get_response", one))
        stack.enter_context(patch.object(sdk, "time", SimpleNamespace(sleep=lambda _: None)))
        # The SDK gives up repeating when a client has met too many errors: each process here is a new one.
        stack.enter_context(patch.object(RetryQuota, "acquire", lambda *_: True))
        stack.enter_context(patch.object(urllib3.PoolManager, "urlopen", urlopen))
        stack.enter_context(patch.object(pinned, "get_locally", get))
        stack.enter_context(patch.object(pinned, "post_locally", tell))
        yield


def _sites() -> tuple[Site, ...]:
    found: list[Site] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(OURS):
            found.append(Site(str(Path(name).relative_to(ROOT)), frame.f_lineno))
        frame = frame.f_back
    return tuple(found)
