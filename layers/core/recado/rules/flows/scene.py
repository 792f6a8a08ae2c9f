"""What a deed of a flow is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Tenant

Options = tuple[tuple[str, str], ...]
"""Value and title of each."""


class Scene(NamedTuple):
    """Where the conversation is. `data`: what it knows so far; `said`: what the message says, or what was
    asked before and is to be answered."""

    clinic: Tenant
    contact: Contact
    communication: Communication
    data: Mapping[str, str]
    said: str
    now: datetime


class Done(NamedTuple):
    """What came of a deed: its outcome (model.flow.OUTCOMES), what is known by it, what there is to choose
    from, what is to be saved with our answer, in one transaction, and what is said before all else."""

    outcome: str
    data: Mapping[str, str] = {}
    options: Options = ()
    writes: tuple[Callable[[Any], None], ...] = ()
    says: str = ""
