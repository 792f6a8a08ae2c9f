"""The ways through the house, taken by the real handlers on a fake account, each metered on its own.

Everything is warm (settings and secrets are cached) and, unless a way says otherwise, every batch holds one
message: the dearest case.
"""

from __future__ import annotations

import json
import os
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

from tests.bench.line import Line  # isort: skip - first of all it sets what recado.store reads

from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.place_visit import Visit
from recado.model.contact import Contact
from recado.store import contacts, tenants

from infra.local.places import ROOT
from tests.bench import visits
from tests.bench.bill import Bill
from tests.cloud import Cloud
from tests.provider import Provider
from tests.samples import ANA, WHATSAPP, seed, status_webhook, text_message, webhook

SAID = "Bom dia! Gostaria de saber se há horário com a Dra. Costa ainda esta semana."

NAMES = ("Abel", "Bruna", "Caio", "Dora", "Enzo", "Flora", "Gil", "Heitor", "Iara", "Joel")
FAMILIES = (
    ("Prado", "Quintela", "Rosa", "Serra", "Tavares", "Uchoa", "Viana", "Xavier", "Zago", "Weber"),
    ("Alves", "Borges", "Castro", "Dutra", "Esteves", "Fontes", "Guerra", "Horta", "Jardim", "Leal"),
)


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
    visits.open_practice()
    for area, (name, way) in enumerate(visits.WAYS.items(), 41):
        way(line, f"55{area}987654300")
        found[name] = way(line, f"55{area}987650000")
    idle = found["idle minute"]
    return found | {name: found[name].less(idle) for name in ("reminder", *visits.OF_A_MINUTE)}


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
