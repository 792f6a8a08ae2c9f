"""What a provider tells again, however late and whatever has happened since, changes no row."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from recado.actions.close import close
from recado.actions.follow import follow
from recado.actions.hear_call import hear_call
from recado.actions.join_records import join_records
from recado.actions.match import match
from recado.actions.part_records import part_records
from recado.actions.record import record
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient, Told
from recado.model.record import iso
from recado.store import contacts, patients
from recado.store.stream import change

from tests import calls
from tests.calls import ABANDONED
from tests.cloud import Cloud
from tests.samples import NOW, PHONE, later, received

T: Final = "boavista"
OTHER, NEXT = "5511900000002", "5511900000009"
LATE: Final = [
    timedelta(0),
    timedelta(minutes=6),
    timedelta(hours=2),
    timedelta(hours=25),
    timedelta(days=8),
]
"""After a time-out, the queue's own memory, Powertools', a day of a provider's, and WhatsApp's week."""
MESSAGE: Final = received("Bom dia, sou a Maria Aparecida Souza", name="Maria Aparecida Souza")
EVENTS: Final = (
    MESSAGE,
    received("Até já", "wamid.echo", name="")._replace(kind="echo", key="echo"),
    received("parar", "wamid.stop", name="Maria Aparecida Souza"),
    received()._replace(
        kind="receipt",
        key="wamid.out/read",
        event={"provider_id": "wamid.out", "status": "read", "reference": None, "error": None},
    ),
    received()._replace(
        kind="consent",
        key="consent/1",
        at=iso(NOW),
        event={"action": "stop", "purposes": ["marketing"], "wording": "stop"},
    ),
)


def told_of_calls(now: datetime) -> None:
    """Connect tells of a call that nobody answered: events, and the record."""
    start = NOW - timedelta(minutes=4)
    for one in (*calls.events(ABANDONED, start=start), calls.record(ABANDONED, start=start)):
        hear_call(json.dumps(one).encode(), now)


def carry(cloud: Cloud) -> None:
    while records := cloud.streamed()["Records"]:
        for one in records:
            changed = change(one)
            if changed is not None:
                follow(changed, later(minutes=1))


def whoever(number: str) -> Patient:
    links = patients.view(T, ContactPoint(system="phone", value=f"+{number}")).links
    return patients.get(T, links[0].patient)


def _born(number: str) -> str:
    who = whoever(number)
    told = {"birth_date": Told(value="1990-05-17", source="agent:ana", at=NOW)}
    patients.put(T, who.model_copy(update={"told": {**who.told, **told}}))
    match(T, who.id, later(minutes=2))
    return who.id


def _joined(_cloud: Cloud) -> None:
    """By the machine: the same name and birth date from another number."""
    record(T, received("oi", "wamid.9", OTHER, name="Maria Aparecida Souza"), later(minutes=1))
    _born(PHONE)
    late = _born(OTHER)
    assert patients.get(T, late).person == whoever(PHONE).id


def _confirmed(cloud: Cloud) -> None:
    _joined(cloud)
    join_records(T, whoever(PHONE).id, whoever(OTHER).id, "agent:ana", later(minutes=3))


def _parted(cloud: Cloud) -> None:
    _confirmed(cloud)
    part_records(T, whoever(OTHER).id, "agent:ana", later(minutes=4))


def _closed(_cloud: Cloud) -> None:
    for one in contacts.open_contacts(T)[0]:
        close(T, one.id, "resolved", later(minutes=3))


def _wrote_on(cloud: Cloud) -> None:
    _closed(cloud)
    record(T, received("mais uma coisa", "wamid.8"), later(minutes=4))
    carry(cloud)


def _moved(cloud: Cloud) -> None:
    """They have another number; a stranger has theirs, and writes from it."""
    moved = received("", "wamid.moved", type="system", changed_to=[("phone", f"+{NEXT}")])
    record(T, moved, later(minutes=3))
    record(T, received("quem é?", "wamid.7", name="João Prado"), later(minutes=4))
    carry(cloud)


SINCE: Final[dict[str, Callable[[Cloud], object]]] = {
    "nothing": lambda _: None,
    "joined by Recado": _joined,
    "joined by a person": _confirmed,
    "parted": _parted,
    "closed": _closed,
    "closed, and another opened": _wrote_on,
    "the number changed hands": _moved,
}


def everything(cloud: Cloud) -> dict[str, list[dict[str, Any]]]:
    tables = ("tenants", "patients", "contacts", "appointments", "intervals", "idempotency")
    return {name: sorted(cloud.items(name), key=str) for name in tables}


@pytest.mark.parametrize("since", SINCE.values(), ids=SINCE.keys())
def test_the_same_again_changes_no_row(since: Callable[[Cloud], object], clinic: Cloud) -> None:
    for one in EVENTS:
        record(T, one, NOW)
    told_of_calls(NOW)
    carry(clinic)
    since(clinic)
    carry(clinic)
    clinic.queued("outbound")
    before = everything(clinic)
    for delay in LATE:
        for one in EVENTS:
            record(T, one, later(minutes=5) + delay)
            carry(clinic)
            assert everything(clinic) == before, (one.key, delay)
        told_of_calls(later(minutes=5) + delay)
        carry(clinic)
        assert everything(clinic) == before, ("a call", delay)
    assert clinic.queued("outbound") == {"Records": []}
