"""Whether a caller is ever shown what is another person's.

All records go through the product's front door (front.py). Before each that comes from a phone, its sender
calls from there, and in the end everybody calls from each number that they may call from; what the product
would tell is compared with the truth. Everything in a record counts: who is known, and to whose record a
stranger's message was put, is shown the stranger's. A guardian calls for a child, and may be told of them;
a call in which no name was said leaves nothing that could be shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from recado.rules.disclosure import may_disclose
from recado.rules.identity import canonical_phone

from tests.bench.identity.front import Front
from tests.bench.identity.online import Record
from tests.bench.identity.population import Caller, World

AGAIN: Final = "gave name and number, before each message"
TOLD: Final = "gave name and number, in the end"
FIRST: Final = "had not given them yet, before the message"
OTHERWISE: Final = "never gave them, known otherwise, in the end"
RELATIVE: Final = "unknown, on a relative's number, in the end"
NEXT: Final = "unknown, on somebody's old number, in the end"
KINDS: Final = (AGAIN, TOLD, FIRST, OTHERWISE, RELATIVE, NEXT)
_IN_THE_END: Final = {"unknown relative": RELATIVE, "unknown next owner": NEXT}
_WRITTEN: Final = frozenset({"desk", "ehr"})
"""Nobody is there on a phone when these come."""


class Calls(NamedTuple):
    """Of one kind of caller."""

    made: int
    shown: int
    """To how many something was."""
    wrong: int
    """To how many something that is another's."""


class Told(NamedTuple):
    """A record as it came, by which channel, and whose it is in truth."""

    record: Record
    channel: str
    person: str


class Check:
    """Counts calls while records come."""

    def __init__(self, guardians: Mapping[str, str]) -> None:
        self._guardians = guardians
        self._fronts: defaultdict[str, Front] = defaultdict(Front)
        self._people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._given: set[tuple[str, str, str]] = set()
        self._found = Counter[tuple[str, str]]()

    def calls(self) -> dict[str, Calls]:
        """By kind of caller."""
        return {kind: Calls(*(self._found[kind, what] for what in Calls._fields)) for kind in KINDS}

    def arrive(self, told: Told) -> None:
        """Somebody calls from the numbers of a record, then it comes."""
        (record_id, tenant, profile), person = told.record, self._guardians.get(told.person, told.person)
        named = bool(profile.name or profile.given_name or profile.family_name)
        for point in profile.points:
            if point.system == "phone":
                if told.channel not in _WRITTEN:
                    again = (tenant, point.value, person) in self._given
                    self._call(AGAIN if again else FIRST, tenant, point.value, person, profile.seen_at)
                self._given |= {(tenant, point.value, person)} if named else set()
        put = self._fronts[tenant].arrive(record_id, told.channel, profile)
        self._people[tenant, put] |= {person} if named else set()

    def end(self, caller: Caller, now: datetime) -> None:
        """Everything has come, and somebody calls."""
        number, person = canonical_phone(caller.phone), self._guardians.get(caller.person, caller.person)
        given = (caller.tenant, number, person) in self._given
        kind = TOLD if given else _IN_THE_END.get(caller.kind, OTHERWISE)
        self._call(kind, caller.tenant, number, person, now)

    def _call(self, kind: str, tenant: str, number: str, person: str, now: datetime) -> None:
        shown = may_disclose(self._fronts[tenant].links(number), now)
        self._found[kind, "made"] += 1
        if shown is not None:
            self._found[kind, "shown"] += 1
            self._found[kind, "wrong"] += bool(self._people[tenant, shown.patient] - {person})


def calls(world: World, records: Iterable[Record], now: datetime) -> dict[str, Calls]:
    """What callers are told: while the records come, and at `now`, when all have."""
    rows = {row.record_id: row for row in world.rows}
    check = Check(world.guardians)
    for record in records:
        row = rows[record.record_id]
        check.arrive(Told(record, row.channel, row.truth))
    for caller in world.callers:
        check.end(caller, now)
    return check.calls()
