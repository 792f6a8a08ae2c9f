"""A batch off a queue or a stream: each record by itself, and the answer that says which come again.

Powertools has this too, at a tenth of a worker's start (infra/decisions, under "what a start costs").
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]
Failed = Callable[[str], object]
"""Told the kind of each error, and no more: its text may hold a patient's words."""


def queued(event: Json, do: Callable[[dict[str, Any]], object], failed: Failed) -> dict[str, Any]:
    """The messages of a FIFO queue, as JSON. A failure holds back the later ones of its own group only."""
    return _each(
        event["Records"],
        lambda record: do(json.loads(record["body"])),
        lambda record: record["messageId"],
        lambda record: record["attributes"]["MessageGroupId"],
        failed,
    )


def changed(event: Json, do: Callable[[Json], object], failed: Failed) -> dict[str, Any]:
    """The changes of a table's stream; from the first failure on, they come again."""
    return _each(event["Records"], do, lambda record: record["dynamodb"]["SequenceNumber"], None, failed)


def streamed(event: Json, do: Callable[[bytes], object], failed: Failed) -> dict[str, Any]:
    """The records of a Kinesis stream; from the first failure on, they come again."""
    return _each(
        event["Records"],
        lambda record: do(base64.b64decode(record["kinesis"]["data"])),
        lambda record: record["kinesis"]["sequenceNumber"],
        None,
        failed,
    )


def _each(
    records: Iterable[Json],
    do: Callable[[Json], object],
    name: Callable[[Json], str],
    group: Callable[[Json], Hashable] | None,
    failed: Failed,
) -> dict[str, Any]:
    again: list[str] = []
    held: set[Hashable] = set()
    for record in records:
        if group and group(record) in held:
            again.append(name(record))
            continue
        try:
            do(record)
        except Exception as error:  # noqa: BLE001 - one bad record must not stop the others
            failed(type(error).__name__)
            again.append(name(record))
            if group:
                held.add(group(record))
    return {"batchItemFailures": [{"itemIdentifier": one} for one in again]}
