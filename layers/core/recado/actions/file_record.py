"""Records are filed under what they are found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from recado.model.block import Block, Filed, Key
from recado.model.patient import Patient
from recado.rules import blocks as rules
from recado.rules.patients import profile_of
from recado.store import blocks
from recado.store.rows import Transaction

Known = Mapping[Key, Block]
"""Blocks by which something was decided: the transaction raises Stale if they changed since."""

NOTHING: Final[Known] = MappingProxyType({})


def file_record(tenant: str, patient: Patient, within: Transaction, known: Known = NOTHING) -> Patient:
    """File a record as it is now; it as it is to be stored, in the same transaction. See file_records."""
    (filed,) = file_records(tenant, [patient], within, known)
    return filed


def file_records(
    tenant: str, records: Sequence[Patient], within: Transaction, known: Known = NOTHING
) -> tuple[Patient, ...]:
    """File records by what they say now, as those of their people now, and nowhere else.

    All that one transaction changes in one call, for some keys are several's; nothing is written that is so
    already. The records as they are to be stored, in their order: their callers do that, and see to the links
    at contact points.
    """
    under = {record.id: rules.keys_of(record) for record in records}
    former = {record.id: [_key(one) for one in record.filed] for record in records}
    before = _blocks(tenant, [one for found in (*under.values(), *former.values()) for one in found], known)
    after = dict(before)
    for record in records:
        entry = _entry(record)
        for at in under[record.id]:
            after[at] = rules.put_in(after[at], entry, again=at in former[record.id])
        for at in former[record.id]:
            if at not in under[record.id]:
                after[at] = rules.taken_out(after[at], record.id)
    for at, block in after.items():
        if block != before[at]:
            blocks.put(tenant, at, block, within)
    return tuple(one.model_copy(update={"filed": tuple(map(_named, under[one.id]))}) for one in records)


def unfile(tenant: str, patient: Patient, within: Transaction) -> None:
    """Leave nothing of a record under any key; the caller stores, or takes away, the record itself."""
    under = [_key(one) for one in patient.filed]
    for at, block in _blocks(tenant, under, NOTHING).items():
        blocks.put(tenant, at, rules.taken_out(block, patient.id), within)


def _entry(record: Patient) -> Filed:
    return Filed(record=record.id, person=record.person or record.id, profile=profile_of(record))


def _blocks(tenant: str, keys: Iterable[Key], known: Known) -> dict[Key, Block]:
    wanted = list(dict.fromkeys(keys))
    unknown = [one for one in wanted if one not in known]
    read = dict(zip(unknown, blocks.read(tenant, unknown), strict=True))
    return {one: known[one] if one in known else read[one] for one in wanted}


def _named(at: Key) -> str:
    return f"{at.system}#{at.value}"


def _key(named: str) -> Key:
    system, _, value = named.partition("#")
    return Key(system, value, exact=system in rules.SPELT)
