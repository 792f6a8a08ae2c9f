"""A file of records, matched one by one in the order of `ts`, as the product does with DynamoDB."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from recado.model.block import Block, Filed, Key
from recado.model.profile import Profile
from recado.rules.blocks import MOST_KEPT
from recado.rules.matching import Resolution, keys, resolve
from recado.rules.matching.decide import SAME

from tests.bench.identity.cells import Cells, profile_of

HEAD: Final = ("record_id", "person_id", "decision", "score", "reads")


class Record(NamedTuple):
    """A row of the file: where in it, whose it is to be matched among, and what it says."""

    record_id: str
    tenant: str
    profile: Profile


class Line(NamedTuple):
    """What is written of a record. The columns are explained in `python -m tests.bench.identity --help`."""

    record_id: str
    person_id: str
    decision: str
    score: float
    reads: int


class Index:
    """What is filed in one clinic, as the patients table holds it."""

    def __init__(self) -> None:
        self._filed: dict[Key, deque[Filed]] = {}
        self._people: dict[Key, set[str]] = {}
        self._joined: dict[str, str] = {}

    def read(self, wanted: Sequence[Key]) -> list[Block]:
        """The block of each key, the latest record first."""
        return [self._block(key) for key in wanted]

    def _block(self, key: Key) -> Block:
        filed = tuple(self._as_joined(one) for one in self._filed.get(key, ()))
        return Block(filed=filed, people=len({self.person(one) for one in self._people.get(key, ())}))

    def _as_joined(self, filed: Filed) -> Filed:
        person = self.person(filed.person)
        return filed if person == filed.person else filed.model_copy(update={"person": person})

    def file(self, record: str, person: str, profile: Profile) -> None:
        """Put a record under all its keys."""
        filed = Filed(record=record, person=person, profile=profile)
        for key in keys(profile):
            self._filed.setdefault(key, deque(maxlen=MOST_KEPT)).appendleft(filed)
            self._people.setdefault(key, set()).add(person)

    def join(self, person: str, into: str) -> None:
        """Two people have proved to be one."""
        if self.person(person) != self.person(into):
            self._joined[self.person(person)] = self.person(into)

    def person(self, person: str) -> str:
        """Who stands for the person now."""
        while person in self._joined:
            person = self._joined[person]
        return person


class Clinic:
    """One tenant: what is filed, and whom records under review probably are of."""

    def __init__(self) -> None:
        self.index = Index()
        self._people: dict[str, str] = {}
        self._probably: dict[str, str] = {}
        self._almost: set[str] = set()

    def arrive(self, record: str, profile: Profile) -> Resolution:
        """Match one record and file it; under review, as a person of its own until somebody has decided."""
        resolution = resolve(profile, self.index.read, profile.seen_at)
        found = resolution.found
        self._people[record] = found.person if found and resolution.decision == "same" else record
        self.index.file(record, self._people[record], profile)
        for also in resolution.also:
            self.index.join(also.found.person, self._people[record])
        if found and resolution.decision == "review":
            self._probably[record] = found.person
            if resolution.why in ("birth_date", "document") and resolution.score >= SAME:
                self._almost.add(record)
        return resolution

    def people(self) -> dict[str, str]:
        """Whose each record is in the end.

        One still under review has whose it probably is, unless others joined it: they are of that person, no
        surer than the review is. Where only a slip of the pen stands against it, they go with it.
        """
        people = {record: self.index.person(person) for record, person in self._people.items()}
        records = Counter(people.values())
        into: dict[str, str] = {}
        for record, person in self._probably.items():
            mine, theirs = people[record], self.index.person(person)
            if mine != theirs and (records[mine] == 1 or record in self._almost):
                into.setdefault(mine, theirs)
        return {record: _followed(person, into) for record, person in people.items()}

    def leans(self, record: str, person: str) -> bool:
        """Whether the record is this person's only by a review, of itself or of one that it joined."""
        return self.index.person(self._people[record]) != person


def _followed(person: str, into: Mapping[str, str]) -> str:
    """Whose the record is in the end, along what is probable."""
    seen = {person}
    while into.get(person, person) not in seen:
        person = into[person]
        seen.add(person)
    return person


def match(records: Iterable[Record]) -> Iterator[Line]:
    """Feed records one by one; tenants know nothing of each other. What is told comes when all are fed."""
    clinics: dict[str, Clinic] = {}
    fed: list[tuple[str, Record, Resolution]] = []
    for at, record in enumerate(records):
        clinic = clinics.setdefault(record.tenant, Clinic())
        fed.append((f"p{at:07}", record, clinic.arrive(f"p{at:07}", record.profile)))
    people = {record: person for clinic in clinics.values() for record, person in clinic.people().items()}
    for key, record, found in fed:
        leans = clinics[record.tenant].leans(key, people[key])
        decision = "review" if leans else found.decision
        yield Line(record.record_id, people[key], decision, round(found.score, 4), found.reads)


def records(path: Path) -> list[Record]:
    """The file's rows in the order of `ts`; a row without one stays behind the row that it follows."""
    found: list[tuple[datetime, Record]] = []
    last = datetime(1970, 1, 1, tzinfo=UTC)
    usual: dict[str, str] = {}
    for at, cells in enumerate(_rows(path)):
        record_id, tenant = cells.get("record_id") or str(at), cells.get("tenant", "")
        profile, usual[tenant] = profile_of(cells, last, usual.get(tenant, ""))
        last = profile.seen_at
        found.append((last, Record(record_id, tenant, profile)))
    found.sort(key=lambda one: one[0])
    return [record for _, record in found]


def _rows(path: Path) -> Iterator[Cells]:
    """A line is a row, whatever is in it: a quotation mark that nothing closes must not swallow the rest."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        head = [name.strip().casefold() for name in next(file, "").rstrip("\r\n").split("\t")]
        for line in file:
            if line.strip():
                cells = [_unquoted(cell) for cell in line.rstrip("\r\n").split("\t")]
                yield dict(zip(head, cells, strict=False))


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"').strip()
    return cell


def write(lines: Iterable[Line], path: Path) -> None:
    """The answer, a line for each record in the order in which they were fed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(HEAD) + "\n")
        file.writelines("\t".join(str(cell) for cell in line) + "\n" for line in lines)
