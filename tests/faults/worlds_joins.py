"""Situations in which somebody of the clinic says that two records are one person's, or that they are not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from recado.actions.join_records import join_records
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.model.review import Review
from recado.rules.reviews import pair_id
from recado.store import reviews
from recado.store.rows import transaction

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Event, Stage, rest
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import OTHER, said

Ask = Callable[[Patient, Patient], Event]


def _two(ask: Ask, *, joined: bool = False) -> Callable[[Stage], Situation]:
    """Two people have written, and something is asked of the second, or of both."""

    def prepare(stage: Stage) -> Situation:
        accepted = said(stage, "oi")
        stage.pass_time(timedelta(minutes=1))
        accepted += said(stage, "olá", sender=OTHER, first=2)
        root, other = _both(stage)
        if joined:
            join_records("boavista", other.id, root.id, "agent:ana", stage.now)
            stage.carry()
        return Situation(ask(root, other), {"boavista": accepted})

    return prepare


def _both(stage: Stage) -> list[Patient]:
    return sorted(rows(stage, "boavista").patients, key=lambda one: one.created_at)


def _join(root: Patient, other: Patient) -> Event:
    return asked(f"/patients/{root.id}/joins", json.dumps({"record": other.id}))


def _part(root: Patient, other: Patient) -> Event:
    return asked(f"/patients/{root.id}/joins/{other.id}", "", "DELETE")


def _decide(decision: str) -> Ask:
    def ask(root: Patient, other: Patient) -> Event:
        pair = pair_id(root.id, other.id)
        if reviews.find("boavista", pair) is None:
            review = Review(
                id=pair,
                one=root.id,
                other=other.id,
                reason="likely",
                score=0.7,
                rule="1",
                raised_at=other.created_at,
            )
            with transaction() as work:
                reviews.raise_("boavista", review, work)
        return asked(f"/reviews/{pair}/decision", json.dumps({"decision": decision}))

    return ask


def _open(stage: Stage) -> list[Contact]:
    return [one for one in rows(stage, "boavista").contacts if one.state != "closed"]


def _are_one(stage: Stage) -> Iterator[str]:
    """One record points to the other, wherever it is found, and one matter is open."""
    root, other = _both(stage)
    linked = {one.patient: one.keeper for links in rows(stage, "boavista").links.values() for one in links}
    if (other.person, other.confirmed, linked[other.id]) != (root.id, True, root.id):
        yield f"{other.id} is of {other.person}, and is linked to {linked[other.id]}"
    if [one.record for one in root.joined] != [other.id]:
        yield f"to the first are joined {root.joined}"
    if [(one.patient, one.unread) for one in _open(stage)] != [(root.id, 2)]:
        yield f"open are {_open(stage)}"


def _are_two(stage: Stage) -> Iterator[str]:
    """Each stands for itself, and has its own matter open."""
    for one in _both(stage):
        if one.person or one.joined:
            yield f"{one.id} is of {one.person}, and joined to it are {one.joined}"
    found = sorted((one.patient, one.unread) for one in _open(stage))
    if found != sorted((one.id, 1) for one in _both(stage)):
        yield f"open are {found}"


def _different(stage: Stage) -> Iterator[str]:
    yield from _are_two(stage)
    one, other = _both(stage)
    decided = reviews.find("boavista", pair_id(one.id, other.id))
    if decided is None or decided.state != "different":
        yield f"remembered is {decided}"


WORLDS = tuple(
    World("api", name, call_api, rest, prepare, check, late=SOON)
    for name, prepare, check in (
        ("an agent says that two records are one person's", _two(_join), _are_one),
        ("an agent says that two records are two people's", _two(_part, joined=True), _different),
        ("an agent decides that two are the same", _two(_decide("same")), _are_one),
        ("an agent decides that two are different", _two(_decide("different")), _different),
    )
)
