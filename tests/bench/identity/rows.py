"""What a channel hands over of a person, one line a time: the columns of `--records`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.bench.identity.spelling import plain

TRUTH = ("record_id", "person_id")


class Row(NamedTuple):
    """One record as it comes, "" where it has nothing. `truth` is whom it is of, in a file of its own."""

    record_id: str
    tenant: str
    channel: str
    ts: str
    """ISO 8601, UTC."""
    name: str = ""
    """As a channel displays it, a mail names its sender, or a caller's speech was transcribed."""
    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    sex: str = ""
    """male, female, other or unknown, as FHIR has it."""
    phone: str = ""
    email: str = ""
    document: str = ""
    handle: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    language: str = ""
    truth: str = ""

    @property
    def words(self) -> list[str]:
        """Of the name, letters only, small and without accents."""
        whole = self.name or f"{self.given_name} {self.family_name}"
        bare = ("".join(c for c in word if c.isalpha()) for word in plain(whole).lower().split())
        return [word for word in bare if word]

    @property
    def number(self) -> str:
        """The phone's last eight digits, which are the same in every way of writing it."""
        return "".join(c for c in self.phone if c.isdigit())[-8:]


COLUMNS = Row._fields[:-1]


def write(rows: Iterable[Row], path: Path) -> None:
    """The records alone, as anybody's file would be: tab-separated, with a header."""
    _lines(path, COLUMNS, (row[:-1] for row in rows))


def truth(rows: Iterable[Row], path: Path) -> None:
    """Whom each record is of, in a file of its own."""
    _lines(path, TRUTH, ((row.record_id, row.truth) for row in rows))


def _lines(path: Path, head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)
