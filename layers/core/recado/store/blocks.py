"""Where records meet that are no contact point's: a row for each key by which one is looked for (ADR 17).

`T#t#B#<system>#<value>` holds a block. Two new records of one person at once file themselves under one key at
least, so that the versions let the second see the first.
"""

from __future__ import annotations

from collections.abc import Iterable

from recado.model.block import Block, Key
from recado.store.keys import fits
from recado.store.rows import Row, Transaction, fields, key, named, record_of, serve, table_name


class BlockRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(BlockRow)


def _partition(tenant: str, at: Key) -> str:
    return key(tenant, "B", at.system, at.value)


def read(tenant: str, keys: Iterable[Key]) -> list[Block]:
    """What is filed under each of these keys, in their order, in one read; at most 100.

    Raises Misconfigured when this version cannot read one: it would else be put over.
    """
    places = [_partition(tenant, one) for one in keys]
    possible = [(pk, "B") for pk in places if fits(pk, "B")]
    with named():
        rows = list(BlockRow.batch_get(possible, consistent_read=True)) if possible else []
    found = {row.pk: record_of(row, Block) for row in rows}
    return [found.get(pk, Block()) for pk in places]


def put(tenant: str, at: Key, block: Block, within: Transaction) -> None:
    """Keep what is filed under a key; no row is left of an empty block, whose key may be a name.

    The transaction raises Stale where it is not as it was read.
    """
    row = BlockRow(pk=_partition(tenant, at), sk="B", **fields(block))
    if block.filed or block.people:
        within.save(row)
    elif block.version:
        within.delete(row)
