"""Our own population: seeded, with the truth, and as hard as the leads that really come.

    python -m tests.bench.identity.population IN.tsv TRUTH.tsv [--people 4000] [--seed 1]

Seven clinics of different sizes, five languages. About half of the records are a display name and a number
and nothing more; families share phones and addresses; guardians write for children; numbers change hands
after three silent months. It is as hard as the leads that the goals were measured on: of all pairs of one
person's records an equal number finds some .60, the name's first and last word .55, either .80; splink gets
to an F1 of .68; gradient boosting on labelled pairs of other seeds, in a batch, to .88.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.bench.identity.census import Census
from tests.bench.identity.channels import channel_of, row_of
from tests.bench.identity.locales import Names, names
from tests.bench.identity.papers import number
from tests.bench.identity.people import CLINICS, END, Clinic, Line, Person
from tests.bench.identity.rows import Row, truth, write

__all__ = ["Caller", "Row", "World", "population", "truth", "world", "write"]

PEOPLE: Final = 4000
_RECORDS: Final = {1: 30, 2: 23, 3: 17, 4: 11, 5: 8, 6: 5, 7: 3, 8: 3}
"""How many records people have who have any, of a hundred."""
_CHANGED: Final = 0.07
"""How many adults take a new number in the two years, and leave the old one to a stranger."""
_UNUSED: Final = timedelta(days=90)
"""Carriers leave a number unused for at least that long."""


class Caller(NamedTuple):
    """Somebody who calls from a number when everything has been told, and what they are to it."""

    tenant: str
    phone: str
    person: str
    kind: str
    """own; relative: of whose number it is; next owner: of a used number. Unknown ones have no record."""


class World(NamedTuple):
    rows: list[Row]
    """In the order of `ts`."""
    callers: list[Caller]
    guardians: dict[str, str]
    """Who calls and writes for whom, of children."""


def population(seed: int, people: int = PEOPLE, lists: dict[str, Names] | None = None) -> list[Row]:
    """The records alone. The same seed and size give the same rows; `lists` stands in for Faker's."""
    return world(seed, people, lists).rows


def world(seed: int, people: int = PEOPLE, lists: dict[str, Names] | None = None) -> World:
    """The records of so many people (some without any), and who may call from which number in the end."""
    rng, lists = Random(seed), lists or names()
    rows: list[Row] = []
    callers: list[Caller] = []
    guardians: dict[str, str] = {}
    for clinic in CLINICS:
        folk = _folk(clinic, round(people * clinic.share), lists, rng)
        heirs = _change_numbers(folk, rng)
        rows += [row for person in folk if not person.silent for row in _records(person, rng)]
        callers += _callers(folk, heirs)
        guardians |= {one.id: one.guardian.id for one in folk if one.guardian and one.minor}
    rows.sort(key=lambda row: (row.ts, row.truth))
    rows = [row._replace(record_id=f"r{at:06}") for at, row in enumerate(rows, 1)]
    return World(rows, callers, guardians)


def _folk(clinic: Clinic, count: int, lists: dict[str, Names], rng: Random) -> list[Person]:
    census = Census(clinic, lists, rng)
    folk: list[Person] = []
    while len(folk) < count:
        folk += census.household()
    return folk


def _change_numbers(folk: list[Person], rng: Random) -> dict[str, Person]:
    """Some take a new number; the old one goes to a stranger. The new owners, by number."""
    numbers = Counter(line.number for one in folk for line in one.lines)
    grown = [one for one in folk if one.lines and numbers[one.lines[0].number] == 1 and not one.silent]
    rng.shuffle(grown)
    changing = grown[: round(len(grown) * _CHANGED)]
    waiting = [one for one in grown[len(changing) :] if len(one.home) == 1]
    heirs: dict[str, Person] = {}
    for person in changing:
        old, day = person.lines[0], person.arrives + timedelta(days=rng.uniform(20, 300))
        free = day + _UNUSED + timedelta(days=rng.uniform(1, 200))
        if free < END and waiting:
            person.lines.append(Line(number(person.place, rng), person.place.code, day))
            heirs[old.number] = _inherits(waiting.pop(), old, free, rng)
    return heirs


def _inherits(stranger: Person, old: Line, free: datetime, rng: Random) -> Person:
    """Half of those who get a used number are never heard of but when they call."""
    stranger.lines, stranger.arrives = [Line(old.number, old.country, free)], free
    stranger.silent = rng.random() < 0.5
    return stranger


def _records(person: Person, rng: Random) -> Iterator[Row]:
    at = person.arrives
    for _ in range(rng.choices(list(_RECORDS), weights=list(_RECORDS.values()))[0]):
        if at >= END:
            return
        yield row_of(person, channel_of(person, rng), at, rng)
        at += timedelta(days=rng.expovariate(1 / 70), seconds=rng.randrange(86400))


def _callers(folk: list[Person], heirs: dict[str, Person]) -> Iterator[Caller]:
    """Who may call in the end: all from the numbers they give, grown relatives from one another's, too."""
    for person in folk:
        line = person.line_at(END)
        used = heirs.get(line.number) is person
        if not person.silent or used:
            yield _caller(
                person, line, ("unknown " if person.silent else "") + "next owner" if used else "own"
            )
        for other in person.home:
            if (
                other is not person
                and not person.minor
                and other.lines
                and other.line_at(END).number != line.number
            ):
                yield _caller(person, other.line_at(END), "unknown relative" if person.silent else "relative")


def _caller(person: Person, line: Line, kind: str) -> Caller:
    return Caller(person.clinic.tenant, line.number, person.id, kind)


def main() -> None:
    """Write the two files."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.identity.population", description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = population(options.seed, options.people)
    write(rows, options.records)
    truth(rows, options.truth)


if __name__ == "__main__":
    main()
