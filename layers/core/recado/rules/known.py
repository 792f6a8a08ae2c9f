"""What is known of a person by all of their records: each field, by whom, and whether it is still fresh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.patient import Dispute, Fact, Overruled, Patient, Told
from recado.rules.fields import agree
from recado.rules.told import held_of, in_dispute, is_overruled, is_profile

ADDRESS: Final = timedelta(days=730)
"""About one person in eleven moves in a year (US Census Bureau, Current Population Survey 2022: 8.7 %): after
two years one address in six is wrong."""

FRESH: Final[Mapping[str, timedelta]] = {
    "street": ADDRESS,
    "city": ADDRESS,
    "postcode": ADDRESS,
    "country": ADDRESS,
}
"""How long a value counts as known since it was last said. A name, a birth date, a document's number change
seldom, and not by themselves."""


class Known(NamedTuple):
    """A field of a person as it is known now, by one of their records."""

    field: Fact
    told: Told
    record: str
    stale: bool


class Doubt(NamedTuple):
    """What else is said of a field: by another source, or in another record of the same person."""

    said: Dispute
    record: str


def current(records: Sequence[Patient], now: datetime) -> tuple[Known, ...]:
    """What is known of the person whose records these are, each field by the record that was told it last.

    What a person of the clinic has overruled counts only where there is nothing else.
    """
    lost = [one for record in records for one in record.overruled]
    found: list[Known] = []
    for field in dict.fromkeys(field for record in records for field in _fields(record)):
        held = [(told, one.id) for one in records if (told := held_of(one, field))]
        if held:
            told, record = max(held, key=lambda one: _weight(field, one[0], lost))
            found.append(Known(field, told, record, is_stale(field, told.at, now)))
    return tuple(found)


def doubts(records: Sequence[Patient], now: datetime) -> tuple[Doubt, ...]:
    """What is in dispute about a person: within a record, and between two of them."""
    known = {one.field: one.told for one in current(records, now)}
    lost = [one for record in records for one in record.overruled]
    found: dict[tuple[str, str, str], Doubt] = {}
    for record in records:
        for said in (*record.disputes, *_held(record)):
            if not _is_settled(said, known.get(said.field)) and not is_overruled(said, lost):
                found.setdefault((said.field, said.value, said.source), Doubt(said, record.id))
    return tuple(found.values())


def is_stale(field: str, at: datetime, now: datetime) -> bool:
    """Whether what was last said then should be asked again."""
    period = FRESH.get(field)
    return period is not None and now - at > period


def _fields(record: Patient) -> tuple[Fact, ...]:
    """Records of before hold a name that nobody told."""
    return ("name", *record.told)


def _held(record: Patient) -> Iterator[Dispute]:
    for field in _fields(record):
        told = held_of(record, field)
        if told:
            yield in_dispute(field, told)


def _weight(field: Fact, told: Told, lost: Iterable[Overruled]) -> tuple[bool, bool, datetime]:
    return not is_overruled(in_dispute(field, told), lost), not is_profile(field, told), told.at


def _is_settled(said: Dispute, best: Told | None) -> bool:
    return best is not None and (agree(said.field, said.value, best.value) or is_profile(said.field, said))
