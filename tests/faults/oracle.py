"""What must hold when all is quiet again, whatever befell the processes before."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.notice import Notice
from recado.model.patient import Link, Patient
from recado.model.record import iso
from recado.model.tenant import Agent
from recado.rules.settled import standing

from tests.faults.stage import Stage
from tests.samples import BOAVISTA, DELSOL

CLINICS = {one.id: one for one in (BOAVISTA, DELSOL)}

SETTLED = {"sent", "delivered", "read", "failed", "unknown", "expired", "withdrawn"}
"""States in which nobody waits for anything: each is shown to people."""

AWAITED = {"waiting", "scheduled"}
"""States of contacts that the sweep looks at again and again, or only at their time."""

COPIES = {"reminder": 2}
"""How often a message may reach a patient, by purpose (rules.sending); else once."""


class Rows(NamedTuple):
    """One tenant's rows, read back as what they are."""

    tenant: str
    contacts: list[Contact]
    communications: list[Communication]
    agents: list[Agent]
    patients: list[Patient]
    links: dict[str, list[Link]]
    """Who is behind each contact point, by its partition key."""
    due: list[dict[str, Any]]
    """Rows that the sweep would look at, of the contacts table."""


def rows(stage: Stage, tenant: str) -> Rows:
    """All rows of a tenant."""
    found = Rows(tenant, [], [], [], [], defaultdict(list), [])
    for item in _items(stage, tenant, "contacts"):
        if item["sk"].startswith("C#"):
            found.contacts.append(Contact.model_validate_json(item["body"]))
        elif item["sk"] == "M":
            found.communications.append(Communication.model_validate_json(item["body"]))
        if "due" in item:
            found.due.append(item)
    for item in _items(stage, tenant, "patients"):
        if item["sk"] == "P":
            found.patients.append(Patient.model_validate_json(item["body"]))
        elif item["sk"].startswith("P#"):
            found.links[item["pk"]].append(Link.model_validate_json(item["body"]))
    found.agents.extend(
        Agent.model_validate_json(item["body"])
        for item in _items(stage, tenant, "tenants")
        if item["pk"].endswith("#G")
    )
    return found


def told(stage: Stage) -> list[Notice]:
    """What another system was to be told of, in the order of time."""
    found = [item["body"] for item in _items(stage, "boavista", "contacts") if item["sk"].startswith("N#")]
    return sorted((Notice.model_validate_json(one) for one in found), key=lambda one: one.id)


def others(stage: Stage, tenants: Iterable[str]) -> str:
    """All that belongs to none of these tenants: it must stay as it is to the last byte."""
    mine = tuple(f"T#{tenant}#" for tenant in tenants)
    tables = ("tenants", "patients", "contacts", "appointments", "intervals")
    return json.dumps(
        [
            [table, item]
            for table in tables
            for item in stage.items(table)
            if not item["pk"]["S"].startswith(mine)
        ],
        sort_keys=True,
    )


def violations(stage: Stage, tenant: str, accepted: tuple[str, ...]) -> Iterator[str]:
    """All that does not hold for a tenant of whose inbound messages these provider ids were accepted."""
    seen = rows(stage, tenant)
    yield from _inputs(stage, seen, accepted)
    yield from _effects(stage, seen)
    yield from _hands(seen)
    yield from _people(seen)
    yield from _order(seen)
    yield from _answered(stage, seen)
    yield from _left_due(stage, seen)


def needless(stage: Stage, tenant: str) -> Iterator[str]:
    """When nobody died and the provider was not at fault, we know what became of every message."""
    for one in rows(stage, tenant).communications:
        if one.state in ("unknown", "claimed"):
            yield f"{one.purpose} is {one.state} without need"


def _items(stage: Stage, tenant: str, table: str) -> Iterator[dict[str, str]]:
    for item in stage.items(table):
        if item["pk"]["S"].startswith(f"T#{tenant}#"):
            yield {name: value["S"] for name, value in item.items() if "S" in value}


def _inputs(stage: Stage, seen: Rows, accepted: tuple[str, ...]) -> Iterator[str]:
    stored = sorted(
        one.provider_id or ""
        for one in seen.communications
        if one.direction == "inbound" and one.kind != "call" and one.erased_at is None
    )
    if stored != sorted(accepted):
        yield f"accepted {sorted(accepted)} but stored {stored}"
    heard = Counter(one.contact for one in seen.communications)
    for contact in seen.contacts:
        counted = contact.sequence - heard[contact.id]
        if not 0 <= counted <= stage.given_back and contact.merged_into is None:
            yield f"{contact.id} counts {contact.sequence} communications and has {heard[contact.id]}"


def _effects(stage: Stage, seen: Rows) -> Iterator[str]:
    copies = stage.provider.copies()
    for one in seen.communications:
        if one.direction != "outbound" or one.author == "staff" or one.erased_at:
            continue
        name = f"{one.purpose} by {one.author}"
        if one.state not in SETTLED:
            yield f"{name} ends as {one.state}"
        if copies[one.id] > COPIES.get(one.purpose, 1):
            yield f"{name} was sent {copies[one.id]} times"
        if copies[one.id] == 0 and one.state in ("sent", "delivered", "read"):
            yield f"{name} is {one.state} and was never sent"
        # One that its provider took, under an id that we know, may fail later: a receipt says so.
        came_to_nothing = one.state in ("failed", "expired", "withdrawn") and one.provider_id is None
        if copies[one.id] > 0 and came_to_nothing:
            yield f"{name} is {one.state} and was sent"


def _hands(seen: Rows) -> Iterator[str]:
    held = {(agent.id, contact) for agent in seen.agents for contact in agent.assigned}
    owned = {(one.agent or "", one.id) for one in seen.contacts if one.state == "assigned"}
    if held != owned:
        yield f"agents hold {sorted(held)} but contacts say {sorted(owned)}"
    for one in seen.contacts:
        if one.state == "new" and not one.is_served:
            yield f"{one.id} was never routed"
        if one.pending:
            yield f"{one.id} still has {len(one.pending)} messages to handle"


def _answered(stage: Stage, seen: Rows) -> Iterator[str]:
    """Nothing that somebody said is left without an end or an owner (R5)."""
    clinic = CLINICS[seen.tenant]
    for contact in seen.contacts:
        own = clinic.model_copy(update={"queues": (*clinic.queues, contact.queue)})
        served = [one.model_copy(update={"queues": (*one.queues, contact.queue)}) for one in seen.agents]
        problem = standing(own, served, contact, stage.now).problem
        if problem:
            yield f"{contact.id} is {problem}"


def _people(seen: Rows) -> Iterator[str]:
    unclosed = Counter(one.patient for one in seen.contacts if one.state != "closed")
    yield from (f"{patient} has {count} open contacts" for patient, count in unclosed.items() if count > 1)
    known = {one.id for one in seen.patients}
    linked = {link.patient for links in seen.links.values() for link in links}
    # A withheld number is nobody's: the one patient behind all of them has no contact point. And a household
    # is nobody.
    anonymous = {one.id for one in seen.patients if not one.contact_points or one.kind == "household"}
    if known - anonymous != linked:
        yield f"patients {sorted(known)} but contact points lead to {sorted(linked)}"
    for point, links in seen.links.items():
        # A family may share a number; one person twice may not.
        yield from (
            f"{count} patients of one name behind {point.split('#')[2]}"
            for count in Counter(link.name for link in links).values()
            if count > 1
        )
    yield from (f"{one.id} is of nobody" for one in seen.contacts if one.patient not in known)
    yield from (f"{one.id} is of nobody" for one in seen.communications if one.patient not in known)


def _order(seen: Rows) -> Iterator[str]:
    places = Counter((one.patient, one.moment) for one in seen.communications if one.contact)
    yield from (f"two communications at {moment}" for (_, moment), count in places.items() if count > 1)
    by_sender = defaultdict(list)
    for one in sorted(seen.communications, key=lambda one: one.moment):
        if one.direction == "inbound" and one.provider_id and one.kind != "call":
            by_sender[one.patient].append(one.provider_id)
    for said in by_sender.values():
        if said != sorted(said):
            yield f"the timeline shows {said}"


def pending(stage: Stage, tenant: str) -> list[str]:
    """Rows with something still to come, now or later. What waits for a free agent is looked at for ever, and
    what waits for the time of its call until then."""
    return [str(one["sk"]) for one in _unsettled(rows(stage, tenant))]


def _unsettled(seen: Rows) -> Iterator[dict[str, Any]]:
    waiting = {f"C#{one.number:06d}" for one in seen.contacts if one.state in AWAITED}
    yield from (one for one in seen.due if one["sk"] not in waiting)


def _left_due(stage: Stage, seen: Rows) -> Iterator[str]:
    yield from (
        f"a row {one['sk']} is due for ever" for one in _unsettled(seen) if one["due_at"] <= iso(stage.now)
    )
