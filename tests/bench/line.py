"""The functions, one after another, as what each leaves behind starts the next, with every call metered."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ["POWERTOOLS_LOG_LEVEL"] = "CRITICAL"

from tests.cloud import Cloud  # isort: skip - sets what recado.store reads when it is imported

import dedupe
import delivery
import intake
import metrics
import reminders
import routing
import voice
from recado.model.contact import Contact

from tests.api.client import person
from tests.bench import prices
from tests.bench.bill import Bill
from tests.bench.meter import Meter
from tests.provider import Provider
from tests.samples import signed

QUEUES = {"inbound": ("dedupe", dedupe.handler), "outbound": ("delivery", delivery.handler)}
READERS = {"routing": routing.handler, "metrics": metrics.handler}
POLLED = {function for function, _ in QUEUES.values()}
GATEWAYS = {"intake": prices.HTTP_API, "api": prices.REST_API}


class Context:
    """What Lambda tells of an invocation."""

    function_name = "recado-bench"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:recado-bench"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        """As at the start of an invocation."""
        return 50_000


class Line:
    """The functions, one after another, as what each leaves behind starts the next."""

    def __init__(self, cloud: Cloud, provider: Provider) -> None:
        self.cloud = cloud
        self.provider = provider
        self._meter = Meter()
        self._runs: Counter[str] = Counter()

    @contextmanager
    def metered(self) -> Iterator[Callable[[], Bill]]:
        """All that happens in the block; the function gives its bill so far."""
        self._meter.calls.clear()
        self._runs.clear()
        with self._meter.attached():
            yield self._bill

    def _bill(self) -> Bill:
        return Bill(
            calls=tuple(self._meter.calls),
            invocations=dict(self._runs),
            polls={one: 2 * count for one, count in self._runs.items() if one in POLLED},
            gateways={one: GATEWAYS[one] * count for one, count in self._runs.items() if one in GATEWAYS},
        )

    def receive(self, body: dict[str, Any], *, carry: bool = True) -> None:
        """A webhook comes, and all that follows from it."""
        answer = self._run("intake", lambda: intake.handler(signed(body), Context()))
        if answer["statusCode"] != 200:
            raise RuntimeError("the webhook was refused")
        if carry:
            self.carry()

    def answer(self, contact: Contact, key: str) -> None:
        """Ana answers as the console has her, and all that follows from it."""
        body = {"text": "Temos sim, amanhã às 10h. Posso marcar?", "version": contact.version}
        path, headers = f"/contacts/{contact.id}/replies", {"Idempotency-Key": key}
        answer = self._run("api", lambda: person("agent").call("POST", path, body, headers=headers))
        if answer.status != 201:
            raise RuntimeError(f"the answer was refused: {answer.raw}")
        self.carry()

    def book(self, visit: dict[str, Any]) -> None:
        """Ana books as the console has her, and all that follows from it."""
        answer = self._run("api", lambda: person("agent").call("POST", "/appointments", visit))
        if answer.status != 201:
            raise RuntimeError(f"the visit was refused: {answer.raw}")
        self.carry()

    def drop(self, subscription: str) -> None:
        """An administrator has another system not told any more."""
        person("admin").call("DELETE", f"/subscriptions/{subscription}")

    def minute(self) -> None:
        """The schedule fires, and all that follows from it."""
        self._run("reminders", lambda: reminders.handler({}, Context()))
        self.carry()

    def called(self, asked: dict[str, Any]) -> None:
        """A flow invokes us, and all that follows from it."""
        if self._run("voice", lambda: voice.handler(asked, Context()))["known"] != "true":
            raise RuntimeError("the caller was not found")
        self.carry()

    def hand_in(self, table: str) -> None:
        """An administrator hands in a file, and all that follows from it."""
        query, headers = {"source": "agenda"}, {"Content-Type": "text/csv"}
        path = "/patients/import"
        answer = self._run(
            "api", lambda: person("admin").call("POST", path, table, query=query, headers=headers)
        )
        if answer.status != 202:
            raise RuntimeError(f"the file was refused: {answer.raw}")
        self.carry()

    def carry(self) -> None:
        """Deliver whatever waits on a queue or in the stream, until nothing does."""
        while True:
            waiting = [(*QUEUES[name], self.cloud.queued(name)) for name in QUEUES]
            changes = self.cloud.streamed()
            waiting += [(function, handler, changes) for function, handler in READERS.items()]
            moved = [one for one in waiting if one[2]["Records"]]
            if not moved:
                return
            for function, handler, event in moved:
                self._finish(function, handler, event)

    def _finish(self, function: str, handler: Callable[[Any, Any], Any], event: dict[str, Any]) -> None:
        if self._run(function, lambda: handler(event, Context()))["batchItemFailures"]:
            raise RuntimeError(f"{function} left something undone")

    def _run(self, function: str, work: Callable[[], Any]) -> Any:
        self._runs[function] += 1
        self._meter.function = function
        try:
            return work()
        finally:
            self._meter.function = ""
