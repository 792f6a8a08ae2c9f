"""The ways through the house, taken by the real handlers on a fake account, each metered on its own.

Everything is warm (settings and secrets are cached) and, unless a way says otherwise, every batch holds one
message: the dearest case.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
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
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.place_visit import Visit
from recado.model.contact import Contact
from recado.store import contacts, tenants

from infra.local.places import ROOT
from tests.api.client import person
from tests.bench import prices
from tests.bench.bill import Bill
from tests.bench.meter import Meter
from tests.provider import Provider
from tests.samples import ANA, WHATSAPP, seed, signed, status_webhook, text_message, webhook

QUEUES = {"inbound": ("dedupe", dedupe.handler), "outbound": ("delivery", delivery.handler)}
READERS = {"routing": routing.handler, "metrics": metrics.handler}
POLLED = {function for function, _ in QUEUES.values()}
GATEWAYS = {"intake": prices.HTTP_API, "api": prices.REST_API}
SAID = "Bom dia! Gostaria de saber se há horário com a Dra. Costa ainda esta semana."

NAMES = ("Abel", "Bruna", "Caio", "Dora", "Enzo", "Flora", "Gil", "Heitor", "Iara", "Joel")
FAMILIES = (
    ("Prado", "Quintela", "Rosa", "Serra", "Tavares", "Uchoa", "Viana", "Xavier", "Zago", "Weber"),
    ("Alves", "Borges", "Castro", "Dutra", "Esteves", "Fontes", "Guerra", "Horta", "Jardim", "Leal"),
)


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


def bills() -> dict[str, Bill]:
    """Each way's bill, by its name."""
    cloud, provider = Cloud(), Provider()
    try:
        cloud.fresh()
        # Room for all, and no quiet hours: what counts is what a step costs, not whether it is taken.
        seed(ANA.model_copy(update={"capacity": 100}))
        _never_quiet("boavista")
        for tenant, account in WHATSAPP.items():
            name = f"{os.environ['ACCOUNT_SECRETS']}/{tenant}/whatsapp/{account}"
            cloud.secret(name, {"access_token": "sample-token"})
        with redirect_stdout(StringIO()):
            return _taken(Line(cloud, provider))
    finally:
        provider.stop()
        cloud.stop()


def _never_quiet(tenant: str) -> None:
    clinic = tenants.get(tenant)
    policy = clinic.reminders.model_copy(update={"quiet_from": "00:00", "quiet_until": "00:00"})
    tenants.save_tenant(tenant, clinic.model_copy(update={"reminders": policy}))
    tenants.forget()


def _taken(line: Line) -> dict[str, Bill]:
    """Each way twice, by people of its own, since the first time fills the caches."""
    ways = {
        "first message": _first_message,
        "message, contact open": _message,
        "the same, ten at once": _messages,
        "agent's answer": _answer,
        "receipt": _receipt,
        "idle minute": _idle_minute,
        "reminder": _reminder,
        "caller lookup": _lookup,
        "a file's row, new": _file,
        "the same row again": _file_again,
    }
    found = {}
    for area, (name, way) in enumerate(ways.items(), 11):
        way(line, f"55{area}987654300")
        found[name] = way(line, f"55{area}987650000")
    return {**found, "reminder": found["reminder"].less(found["idle minute"])}


def _first_message(line: Line, sender: str) -> Bill:
    with line.metered() as bill:
        line.receive(_text(sender, 1))
        return bill()


def _message(line: Line, sender: str) -> Bill:
    line.receive(_text(sender, 1))
    with line.metered() as bill:
        line.receive(_text(sender, 2))
        return bill()


def _messages(line: Line, sender: str) -> Bill:
    """Ten people's webhooks, of which every batch after intake holds all."""
    senders = [f"{sender[:-1]}{n}" for n in range(10)]
    for one in senders:
        line.receive(_text(one, 1))
    with line.metered() as bill:
        for one in senders:
            line.receive(_text(one, 2), carry=False)
        line.carry()
        return bill()._replace(shared_by=10)


def _answer(line: Line, sender: str) -> Bill:
    line.receive(_text(sender, 1))
    with line.metered() as bill:
        line.answer(_contact_of(sender), f"answer-{sender}")
        return bill()


def _receipt(line: Line, sender: str) -> Bill:
    _answer(line, sender)
    line.receive(status_webhook(line.provider.last_id(), "sent", recipient=sender))
    with line.metered() as bill:
        line.receive(status_webhook(line.provider.last_id(), "delivered", recipient=sender))
        return bill()


def _idle_minute(line: Line, _sender: str) -> Bill:
    with line.metered() as bill:
        line.minute()
        return bill()


def _reminder(line: Line, sender: str) -> Bill:
    now = datetime.now(UTC)
    start = (now + timedelta(hours=71, minutes=50)).isoformat()
    visit = Visit(start, "Dra. Costa", "consulta", 30)
    maria = Person("Maria Silva", f"+{sender}")
    book("boavista", maria, visit, now - timedelta(hours=1), author="agent:ana")
    line.carry()
    with line.metered() as bill:
        line.minute()
        return bill()


def _lookup(line: Line, sender: str) -> Bill:
    """A flow asks who is calling: somebody we know."""
    line.receive(_text(sender, 1))
    asked = json.loads((ROOT / "events/voice_lookup.json").read_text())
    call = asked["Details"]["ContactData"]
    call["CustomerEndpoint"]["Address"] = f"+{sender}"
    call["ContactId"] = call["InitialContactId"] = f"c0ffee00-0000-4000-8000-{sender[-12:]}"
    with line.metered() as bill:
        line.called(asked)
        return bill()


def _file(line: Line, sender: str) -> Bill:
    """Ten people whom nobody knew, of one file."""
    with line.metered() as bill:
        line.hand_in(_people(sender))
        return bill()._replace(shared_by=10)


def _file_again(line: Line, sender: str) -> Bill:
    line.hand_in(_people(sender))
    with line.metered() as bill:
        line.hand_in(_people(sender))
        return bill()._replace(shared_by=10)


def _people(sender: str) -> str:
    """Ten people of whom each sender has others."""
    rows = [
        f"{sender}{n};{name} {family};{n + 11}/0{n % 9 + 1}/{1930 + int(sender[3:5]) % 60};"
        f"+55119{sender[-7:-1]}{sender[3]}{n};{family}.{sender}@example.com"
        for n, (name, family) in enumerate(zip(NAMES, FAMILIES[sender[-3] == "0"], strict=True))
    ]
    return "\n".join(["id;nome;data de nascimento;celular;email", *rows])


def _text(sender: str, number: int) -> dict[str, Any]:
    return webhook(text_message(SAID, f"wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIYFjNFQjA{sender}{number}", sender))


def _contact_of(sender: str) -> Contact:
    open_now, _ = contacts.open_contacts("boavista")
    return next(one for one in open_now if one.address == sender)
