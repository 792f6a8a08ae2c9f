"""Nothing that a patient asks goes unanswered (R5). Pure: how a contact stands, or what is wrong with it.

Everything that comes in is in exactly one contact, by the transaction that stores it; so each inbound
message or call has ended when its contact has, or when it was answered there, and else is owed by the
contact's owner.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from recado.model.contact import Contact
from recado.model.tenant import Agent, Tenant
from recado.rules import times
from recado.rules.deadlines import deadline

Ended = Literal["answered", "resolved", "closed", "duplicate", "spam"]
Problem = Literal["no_owner", "not_routed", "not_handled", "not_looked_after", "closed_without_reason"]
"""`no_owner`: its agent is gone, or nobody serves its queue. `not_routed`, `not_handled`: what takes a minute
has not happened for an hour. `not_looked_after`: the sweep would never look at it. `closed_without_reason`:
it is closed, and nobody knows why."""

SLOW: Final = timedelta(hours=1)
"""Routing and automatic handling take seconds, the sweep a minute: what takes longer than this is stuck."""

NIGHT: Final = 4
"""The hour of the clinic's own night in which all is looked through: few zones put their clocks then."""


class Standing(NamedTuple):
    """How it ended; or who owes what, and by when; or what is wrong. `owner` is an agent's id or a queue."""

    ended: Ended | None = None
    owner: str = ""
    deadline: datetime | None = None
    problem: Problem | None = None


def standing(clinic: Tenant, agents: Collection[Agent], contact: Contact, now: datetime) -> Standing:
    """How a contact stands, and so all that was said in it and is not answered."""
    if contact.state == "closed":
        return _closed(contact)
    due = deadline(clinic, contact)
    owner = contact.agent if contact.state == "assigned" and contact.agent else contact.queue
    problem = _stuck(contact, now) or (None if _is_owned(clinic, agents, contact) else "no_owner")
    return Standing(None if due else "answered", owner, due.at if due else None, problem)


def is_night(clinic: Tenant, now: datetime) -> bool:
    """Whether it is the hour in which the clinic's contacts are looked through."""
    return times.wall(now, clinic.timezone).hour == NIGHT


def _closed(contact: Contact) -> Standing:
    if contact.merged_into is not None:
        return Standing("duplicate")
    if contact.disposition is None and contact.erased_at is None:
        return Standing(problem="closed_without_reason")
    if contact.disposition == "spam":
        return Standing("spam")
    if contact.disposition == "resolved":
        return Standing("resolved")
    return Standing("answered" if contact.answered_at else "closed")


def _stuck(contact: Contact, now: datetime) -> Problem | None:
    """What somebody, or something, should have done long ago."""
    if contact.state == "new" and not contact.is_served and contact.waiting_since < now - SLOW:
        return "not_routed"
    if contact.pending and (contact.last_inbound_at or contact.opened_at) < now - SLOW:
        return "not_handled"
    looked_after = contact.state in ("new", "waiting", "scheduled") or bool(contact.pending)
    return "not_looked_after" if looked_after and contact.due_at is None else None


def _is_owned(clinic: Tenant, agents: Collection[Agent], contact: Contact) -> bool:
    if contact.state == "assigned":
        return any(one.id == contact.agent for one in agents)
    return contact.queue in clinic.queues and any(contact.queue in one.queues for one in agents)
