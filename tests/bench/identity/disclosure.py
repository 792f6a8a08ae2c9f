"""Whether a caller is ever shown what is another person's.

After all records have come, everybody calls once from each number that they may call from; what the product
would tell there is compared with the truth. The whole record counts: who is known, and into whose record a
stranger's was merged, is shown the stranger's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.patient import Link
from recado.rules.identity import canonical_phone

from tests.bench.identity.population import Caller
from tests.bench.identity.runs import Run

TOLD: Final = "gave us the number"
OTHERWISE: Final = "known, but not by that number"
RELATIVE: Final = "unknown, from a relative's"
NEXT: Final = "unknown, has somebody's old number"
KINDS: Final = (TOLD, OTHERWISE, RELATIVE, NEXT)
_KINDS: Final = {"unknown relative": RELATIVE, "unknown next owner": NEXT}


class Calls(NamedTuple):
    """Of one kind of caller."""

    pairs: int
    """Callers and numbers."""
    shown: int
    """To how many something was."""
    wrong: int
    """To how many something that is another's."""


def calls(callers: Iterable[Caller], true: Mapping[str, str], run: Run, now: datetime) -> dict[str, Calls]:
    """By kind of caller. `true`: whose each record is."""
    people = _people(true, run)
    told = {(at, true[link.patient]) for at, links in run.links.items() for link in links}
    rest = {
        (at, caller.person): _KINDS.get(caller.kind, OTHERWISE)
        for caller in callers
        if (at := (caller.tenant, canonical_phone(caller.phone))) in run.links
    }
    found = Counter[tuple[str, str]]()
    for (at, person), kind in (rest | dict.fromkeys(told, TOLD)).items():
        shown = disclosed(run.links[at], now)
        found[kind, "pairs"] += 1
        found[kind, "shown"] += shown is not None
        found[kind, "wrong"] += shown is not None and people[shown] != {person}
    return {kind: Calls(*(found[kind, what] for what in Calls._fields)) for kind in KINDS}


def disclosed(links: Sequence[Link], now: datetime) -> str | None:
    """The person of whom something would be told at a number, if anything would."""
    people = {link.person or link.patient for link in links}
    return people.pop() if len(people) == 1 else None


def _people(true: Mapping[str, str], run: Run) -> dict[str, set[str]]:
    """Whose records each person's are, in truth."""
    found: dict[str, set[str]] = {}
    for record, person in run.filed.items():
        found.setdefault(person, set()).add(true[record])
    return found
