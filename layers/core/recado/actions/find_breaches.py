"""What is late at a clinic, and what nobody sees to, as of now."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from recado.actions.walk_open import walk_open
from recado.model.contact import Contact
from recado.rules.deadlines import Deadline, late
from recado.rules.settled import Problem, standing
from recado.store import tenants

MOST: Final = 2000
"""Open contacts that are looked at, the oldest first: twenty reads. Who has more is late with all of them."""


class Breach(NamedTuple):
    """A contact that is past its `deadline`, or of which something is wrong: mostly one of both."""

    contact: Contact
    deadline: Deadline | None
    problem: Problem | None


def find_breaches(tenant: str, now: datetime) -> list[Breach]:
    """Those with a problem first, then the longest overdue. Raises Unavailable."""
    clinic, agents = tenants.get(tenant), tenants.agents(tenant)
    found = list(islice(walk_open(tenant), MOST))
    problems = {one.id: standing(clinic, agents, one, now).problem for one in found}
    overdue = [Breach(one, due, problems[one.id]) for one, due in late(clinic, found, now)]
    listed = {one.contact.id for one in overdue}
    others = [Breach(one, None, problems[one.id]) for one in found if one.id not in listed]
    return sorted([*(one for one in others if one.problem), *overdue], key=lambda one: one.problem is None)
