"""A file of records, matched one by one in the order of `ts` as the product does it, with a dictionary for DynamoDB."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from recado.model.profile import Block, Filed, Key, Profile
from recado.rules.matching import MOST_FILED, Resolution, keys, resolve

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
        self.everybody: set[str] = set()

    def read(self, wanted: Sequence[Key]) -> list[Block]:
        """The block of each key, the latest record first."""
        return [
            Block(filed=tuple(self._filed.get(key, ())), people=len(self._people.get(key, ())))
            for key in wanted
        ]

    def file(self, record: str, person: str, profile: Profile) -> None:
        """Put a record under all its keys."""
        filed = Filed(record=record, person=person, profile=profile)
        self.everybody.add(person)
        for key in keys(profile):
            self._filed.setdefault(key, deque(maxlen=MOST_FILED)).appendleft(filed)
            self._people.setdefault(key, set()).add(person)


class Clinic:
    """One tenant: what is filed, and whom records under review probably are of."""

    def __init__(self) -> None:
        self.index = Index()
        self._probably: dict[str, str] = {}

    def arrive(self, record: str, profile: Profile) -> tuple[str, str, Resolution]:
        """Match one record and file it: whose it is (or probably is), what is told of the decision, and why.

        A record under review is filed as a person of its own, as the product keeps it until somebody has decided.
        Whoever is the same as that person is no surer than the review is of the one it stands for.
        """
        resolution = resolve(profile, self.index.read, profile.seen_at)
        found, decision = resolution.found, resolution.decision
        person = found.person if decision == "same" and found else record
        self.index.file(record, person, profile)
        if decision == "review" and found:
            self._probably[record] = self._probably.get(found.person, found.person)
            return self._probably[record], decision, resolution
        if person in self._probably:
            return self._probably[person], "review", resolution
        return person, decision, resolution


def match(records: Iterable[Record]) -> Iterator[Line]:
    """Feed records one by one; tenants know nothing of each other."""
    clinics: dict[str, Clinic] = {}
    for at, record in enumerate(records):
        clinic = clinics.setdefault(record.tenant, Clinic())
        person, decision, resolution = clinic.arrive(f"p{at:07}", record.profile)
        yield Line(record.record_id, person, decision, round(resolution.score, 4), resolution.reads)


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
