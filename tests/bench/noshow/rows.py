"""The public data set as visits: Medical Appointment No Shows, Vitória, Brazil, 2016 (CC BY-NC-SA 4.0).

It is read where the caller has it; neither its rows nor a model fitted to them are kept.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from recado.rules.risk.visits import Visit

TRAITS: Final = ("Scholarship", "Hipertension", "Diabetes", "Alcoholism", "Handcap", "SMS_received")


class Row(NamedTuple):
    """A visit as the product sees it, and the columns that only the rivals are given: sex, and `TRAITS`."""

    visit: Visit
    missed: bool
    male: bool
    traits: tuple[int, ...]


def rows(path: Path) -> list[Row]:
    """The visits in order of their days. Five were booked after their day: they are left out."""
    found = [_row(each) for each in _lines(path)]
    kept = [one for one in found if one.visit.booked_at.date() <= one.visit.day]
    return sorted(kept, key=lambda one: (one.visit.day, one.visit.id))


def _lines(path: Path) -> Iterator[dict[str, str]]:
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
        return
    with zipfile.ZipFile(path) as packed:
        name = next(one for one in packed.namelist() if one.endswith(".csv"))
        with packed.open(name) as raw:
            yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline=""))


def _row(each: dict[str, str]) -> Row:
    missed = each["No-show"] == "Yes"
    visit = Visit(
        id=each["AppointmentID"],
        patient=each["PatientId"],
        place=each["Neighbourhood"],
        booked_at=datetime.fromisoformat(each["ScheduledDay"].rstrip("Z")),
        day=date.fromisoformat(each["AppointmentDay"][:10]),
        hour=None,
        age=max(0, int(each["Age"])),
        reminded=each["SMS_received"] == "1",
        came=not missed,
    )
    return Row(visit, missed, each["Gender"] == "M", tuple(int(each[name]) for name in TRAITS))
