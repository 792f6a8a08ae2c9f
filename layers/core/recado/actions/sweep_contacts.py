"""Contacts that nobody has come back to → each step that is left to be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from recado.actions.again import insist
from recado.actions.meet import meet
from recado.actions.respond import respond
from recado.actions.route import route_as_seen, route_page
from recado.model.contact import Contact
from recado.rules.follow_ups import is_unjudged
from recado.store import tenants


def sweep_contacts(tenant: str, due: Sequence[Contact], now: datetime) -> Iterator[Callable[[], object]]:
    """The steps for a page of contacts that are due, each to be tried by itself."""
    # By itself: whom it fails for is routed all the same. Insisted on, since nobody comes back to it.
    yield from (partial(insist(meet), tenant, one, now) for one in due if one.state == "new")
    yield from (partial(respond, tenant, one.id, now) for one in due if one.pending)
    yield from (partial(_gather, tenant, one.id, now) for one in due if one.merged_into)
    yield from (partial(_resume, tenant, one.id, now) for one in due if _is_followed(one))
    served = [one for one in due if one.is_served and not one.pending]
    yield from (partial(_leave, tenant, one.id, now) for one in served)
    unowned = [one for one in due if not one.pending]
    yield from (partial(route_as_seen, tenant, one, now) for one in unowned if one.state == "new")
    if any(one.state == "waiting" for one in unowned):
        yield partial(_route, tenant, [one for one in unowned if one.state == "waiting"], now)


def _leave(tenant: str, contact_id: str, now: datetime) -> None:
    from recado.actions.end_dialogue import end_dialogue  # noqa: PLC0415 - few minutes need it

    end_dialogue(tenant, contact_id, now)


def _gather(tenant: str, contact_id: str, now: datetime) -> None:
    from recado.actions.attribute import gather  # noqa: PLC0415 - few minutes need it

    gather(tenant, contact_id, now)


def _is_followed(contact: Contact) -> bool:
    return contact.state == "scheduled" or is_unjudged(contact)


def _resume(tenant: str, contact_id: str, now: datetime) -> None:
    from recado.actions.resume_contact import resume_contact  # noqa: PLC0415 - few minutes need it

    resume_contact(tenant, contact_id, now)


def _route(tenant: str, waiting: list[Contact], now: datetime) -> None:
    route_page(tenant, waiting, tenants.agents(tenant), now)
