"""The world around the process under test: an account, a provider, a clock, the functions that AWS calls."""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from unittest.mock import patch

import dedupe
import delivery
import intake
import metrics
import reminders
import routing
import time_machine
from aws_lambda_powertools.utilities.typing import LambdaContext
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.sqs.models import sqs_backends
from recado.actions import lean, pace
from recado.channels import http
from recado.store import directory, secrets, templates, tenants

from tests.calls import FLOW
from tests.cloud import Cloud
from tests.faults.provider import URL, Provider
from tests.faults.seam import Attempt, Crash, Faults, Process, installed
from tests.samples import NOW, WHATSAPP, seed, signed, status_webhook

ACCOUNT, REGION = "123456789012", "us-east-1"
VISIBILITY = timedelta(minutes=6)
"""When a queue shows a message again (template.yaml); longer than a claim's lease."""

MAIL_TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:recado-test-mail"

TRIES = 5
"""As the template's maxReceiveCount: then it would be a dead letter."""

Event = dict[str, Any]
Trigger = Callable[[Callable[..., Any], Event], Event | None]
"""How AWS calls a function: once, with an event; what it will call it with again, or none when it is done."""


class Saved(NamedTuple):
    """All tables, mails and files at one time; the rest of the account is empty in every situation."""

    at: datetime
    tables: bytes
    streamed: int
    taken: tuple[dict[str, Any], ...]
    mails: dict[str, Any]
    files: dict[str, Any]


class Context(LambdaContext):
    """As Lambda's, with time enough."""

    def __init__(self) -> None:
        self._function_name, self._memory_limit_in_mb = "recado", 512
        self._invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:recado"
        self._aws_request_id = "request"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 60_000


def queue(handler: Callable[..., Any], event: Event) -> Event | None:
    """SQS: what failed is shown again."""
    failed = {one["itemIdentifier"] for one in handler(event, Context())["batchItemFailures"]}
    left = [one for one in event["Records"] if one["messageId"] in failed]
    return {"Records": left} if left else None


def stream(handler: Callable[..., Any], event: Event) -> Event | None:
    """A table's stream: from the first failure on, all comes again."""
    failed = {one["itemIdentifier"] for one in handler(event, Context())["batchItemFailures"]}
    numbers = [one["dynamodb"]["SequenceNumber"] for one in event["Records"]]
    first = next((place for place, number in enumerate(numbers) if number in failed), None)
    return None if first is None else {"Records": event["Records"][first:]}


def webhook(handler: Callable[..., Any], event: Event) -> Event | None:
    """A provider: calls again until it is told 2xx; a 4xx would be our fault."""
    status = handler(event, Context())["statusCode"]
    assert status in (200, 503), status
    return None if status == 200 else event


def kinesis(handler: Callable[..., Any], event: Event) -> Event | None:
    """A data stream: from the first failure on, all comes again."""
    failed = {one["itemIdentifier"] for one in handler(event, Context())["batchItemFailures"]}
    numbers = [one["kinesis"]["sequenceNumber"] for one in event["Records"]]
    first = next((place for place, number in enumerate(numbers) if number in failed), None)
    return None if first is None else {"Records": event["Records"][first:]}


def rest(handler: Callable[..., Any], event: Event) -> Event | None:
    """Somebody at the console: asks again while the answer is that it may work later."""
    answer = handler(event, Context())
    busy = answer["statusCode"] == 409 and "in_progress" in answer["body"]
    assert answer["statusCode"] in (200, 201, 202, 409, 503), answer
    return event if busy or answer["statusCode"] == 503 else None


def schedule(handler: Callable[..., Any], event: Event) -> Event | None:
    """A rule or an asynchronous call, whose answer nobody reads."""
    handler(event, Context())
    return None


class Stage:
    """One account and one process; `installed` must be in force."""

    def __init__(
        self, cloud: Cloud, process: Process, provider: Provider, clock: time_machine.Traveller
    ) -> None:
        self.cloud, self.process, self.provider, self._clock = cloud, process, provider, clock
        self.now = NOW
        self.counting = False
        """Whether metrics follows the stream too: nothing but the numbers depends on it."""
        self.given_back = 0
        """So many places on a timeline may be empty: an echo stood there that was taken for another's."""
        self.troubles: list[str] = []
        """What failed although no fault was planned for it."""

    def fresh(self, *agents: Any) -> None:
        """Both demo clinics, with the credentials of their accounts, and nothing else."""
        self.cloud.fresh()
        self.provider.fresh()
        self.troubles, self.given_back = [], 0
        self.move_to(NOW)
        seed(*agents)
        for tenant, account in WHATSAPP.items():
            name = f"{os.environ['ACCOUNT_SECRETS']}/{tenant}/whatsapp/{account}"
            self.cloud.secret(name, {"access_token": "sample-token"})

    def move_to(self, at: datetime) -> None:
        self.now = at
        self._clock.move_to(at)

    def pass_time(self, by: timedelta) -> None:
        self.move_to(self.now + by)

    def forget(self) -> None:
        """A cold start: nothing is remembered of what was read before."""
        for cache in (directory, secrets, templates, tenants):
            cache.forget()

    @staticmethod
    def _forget_pace() -> None:
        """Thousands of runs are at the same time, and none of them is to wait for another."""
        pace.forget()
        lean.forget()

    def save(self) -> Saved:
        """The situation as it is, with every event on its way delivered or taken."""
        tables = dynamodb_backends[ACCOUNT][REGION].tables
        rows = pickle.dumps({name: table.items for name, table in tables.items()})
        return Saved(
            self.now, rows, self._streamed(), tuple(self.provider.taken), dict(_mails()), dict(_files())
        )

    def restore(self, saved: Saved) -> None:
        """Back to a situation: a hundredth of the time of making it again."""
        tables = dynamodb_backends[ACCOUNT][REGION].tables
        for name, items in pickle.loads(saved.tables).items():  # noqa: S301 - our own, of a moment ago
            tables[name].items = items
        shard = tables[os.environ["CONTACTS_TABLE"]].stream_shard
        assert shard
        del shard.items[saved.streamed :]
        visits = tables[os.environ["APPOINTMENTS_TABLE"]].stream_shard
        assert visits
        visits.items.clear()
        self.cloud.streamed()
        self._forget_pace()
        for one in sqs_backends[ACCOUNT][REGION].queues.values():
            one._messages = []
        for bucket in s3_backends[ACCOUNT]["aws"].buckets.values():
            bucket.keys.clear()
        _mails().update(saved.mails)
        _files().update(saved.files)
        self.provider.fresh()
        self.provider.taken.extend(saved.taken)
        self.troubles = []
        self.move_to(saved.at)

    def items(self, table: str) -> list[dict[str, dict[str, str]]]:
        """Every row of a table, without a call to AWS: there are a dozen of these looks in every case."""
        held = dynamodb_backends[ACCOUNT][REGION].tables[os.environ[f"{table.upper()}_TABLE"]]
        return [item.to_json()["Attributes"] for item in held.all_items()]

    def _streamed(self) -> int:
        shard = dynamodb_backends[ACCOUNT][REGION].tables[os.environ["CONTACTS_TABLE"]].stream_shard
        assert shard
        return len(shard.items)

    def _queued(self, name: str) -> Event:
        waiting = sqs_backends[ACCOUNT][REGION].queues[f"recado-test-{name}.fifo"]._messages
        return self.cloud.queued(name) if waiting else {"Records": []}

    def carry(self) -> None:
        """Let AWS deliver all that is on its way, until nothing is."""
        while True:
            changes = self.cloud.streamed()
            moved = [
                (trigger, handler, event)
                for trigger, handler, event in (
                    (queue, dedupe.handler, self._queued("inbound")),
                    (stream, routing.handler, changes),
                    (stream, metrics.handler, changes if self.counting else {"Records": []}),
                    (queue, delivery.handler, self._queued("outbound")),
                )
                if event["Records"]
            ]
            if not moved:
                return
            for trigger, handler, event in moved:
                self.deliver(trigger, handler, event)

    def deliver(
        self,
        trigger: Trigger,
        handler: Callable[..., Any],
        event: Event,
        plan: tuple[Faults, ...] = (),
        *,
        cold: bool = True,
    ) -> list[Attempt]:
        """Call a function until it is done; its n-th process meets the n-th faults."""
        left: Event | None = event
        attempts: list[Attempt] = []
        for number in range(TRIES):
            with self.process.running(plan[number] if number < len(plan) else {}):
                left = self._call(
                    trigger,
                    handler,
                    left or event,
                    planned=number < len(plan) and bool(plan[number]),
                    cold=cold,
                )
            attempts.append(Attempt(self.process.calls, self.process.fired))
            if left is None:
                return attempts
            self.pass_time(VISIBILITY)
            if plan:
                self.carry()
        self.troubles.append(f"{handler.__module__} never succeeded")
        return attempts

    def _call(
        self, trigger: Trigger, handler: Callable[..., Any], event: Event, *, planned: bool, cold: bool
    ) -> Event | None:
        try:
            return trigger(handler, event)
        except Crash:
            if cold:
                self.forget()
        except Exception as error:  # noqa: BLE001 - Lambda takes any, and calls again
            if not planned:
                self.troubles.append(f"{handler.__module__} raised {error!r}")
        return event

    def sweep(self) -> None:
        """The minute's sweep, and all that it sets off."""
        self.deliver(schedule, reminders.handler, {})
        self.carry()

    def receipts(self) -> None:
        """The provider tells how each message that it took has fared."""
        for number, body in enumerate(self.provider.taken, 1):
            reference = body["biz_opaque_callback_data"]
            for status in ("delivered", "sent"):
                told = status_webhook(
                    self.provider.provider_id(number), status, biz_opaque_callback_data=reference
                )
                self.deliver(webhook, intake.handler, signed(told))
        self.carry()

    def kept(self) -> int:
        """How many things were kept because nobody could read them."""
        buckets = s3_backends[ACCOUNT]["aws"].buckets
        return len(buckets[os.environ["UNREADABLE_BUCKET"]].keys)


def _mails() -> Any:
    return s3_backends[ACCOUNT]["aws"].buckets[os.environ["MAIL_BUCKET"]].keys


def _files() -> Any:
    return s3_backends[ACCOUNT]["aws"].buckets[os.environ["MEDIA_BUCKET"]].keys


@contextmanager
def staged(cloud: Cloud) -> Iterator[Stage]:
    """A stage on this account, with the seam in force and the clock in our hands."""
    process, provider = Process(), Provider()
    with (
        installed(process, provider),
        patch.dict(os.environ, PROVIDERS_URL=URL, EMAIL_TOPIC=MAIL_TOPIC, REMINDER_FLOW=FLOW),
        time_machine.travel(NOW, tick=False) as clock,
    ):
        http.client.cache_clear()
        logging.disable(logging.CRITICAL)  # thousands of runs, of which nobody reads a line
        try:
            yield Stage(cloud, process, provider, clock)
        finally:
            logging.disable(logging.NOTSET)
            http.client.cache_clear()
