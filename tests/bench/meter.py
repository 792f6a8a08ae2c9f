"""What AWS would bill: every call at botocore's seam, with the request units of DynamoDB and SQS.

Units by the rules that AWS documents (DynamoDB Developer Guide, "Read and write operations" and "Global
secondary indexes"; SQS pricing), worked out from the items themselves, since a fake account bills nothing:

- A write costs one unit for each 1 KB begun, of the larger of the old and the new item; in a transaction
  twice that, a condition check included.
- An index entry that appears, goes or changes costs its size in such units once; one whose key changes,
  twice; one that stays as it is, nothing.
- A consistent read costs one unit for each 4 KB begun, an eventual one half; of a query, by the sum of what
  it reads; a missing item costs as much as a small one.
- SQS counts a request for each 64 KB begun.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from recado.store.clients import client

from tests.cloud import TEMPLATE

APART = {"recado/actions/match.py": "matching"}
"""What is told apart from the function that it runs in: once for each person, not each message (ADR 18)."""
SERVICES = ("dynamodb", "sqs", "s3", "secretsmanager")
Item = Mapping[str, Any]


class Call(NamedTuple):
    """One call by a function, and what it costs in units."""

    function: str
    service: str
    operation: str
    write_units: float = 0
    index_units: float = 0
    read_units: float = 0
    requests: int = 0
    """Of SQS."""


class Table(NamedTuple):
    """The keys of a table and of its indexes, from the template."""

    keys: tuple[str, ...]
    indexes: tuple[tuple[tuple[str, ...], bool], ...]
    """The index's own keys, and whether it holds the whole item."""


class Meter:
    """Notes every call in `calls`, as one of the `function` that runs; while none runs, nothing."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.function = ""
        self._tables = dict(map(_table, _declared()))
        self._looking = False

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Listen to each service's one client."""
        events = [(service, client(service).meta.events) for service in SERVICES]
        for service, emitter in events:
            emitter.register_first(f"before-parameter-build.{service}", self._before)
            emitter.register_last(f"after-call.{service}", self._after)
        try:
            yield
        finally:
            for service, emitter in events:
                emitter.unregister(f"before-parameter-build.{service}", self._before)
                emitter.unregister(f"after-call.{service}", self._after)

    def _before(self, params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        if self.function and not self._looking:
            context["metered"] = (
                self._running(),
                params,
                [(write, self._now(write)) for write in _writes(model.name, params)],
            )

    def _after(self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        if "metered" not in context:
            return
        function, params, writes = context["metered"]
        write, index = 0.0, 0.0
        for one, old in writes:
            new = self._now(one)
            write += kilobytes(old, new, 1) * (2 if model.name == "TransactWriteItems" else 1)
            index += sum(entry_units(old, new, *index) for index in self._tables[_name(one)].indexes)
        service = model.service_model.service_name
        requests = _requests(params) if service == "sqs" else 0
        read = _read_units(model.name, params, parsed)
        self.calls.append(Call(function, service, model.name, write, index, read, requests))

    def _running(self) -> str:
        """The function, or the part of it that is told apart."""
        frame = sys._getframe()
        while frame.f_back is not None:
            frame = frame.f_back
            for file, name in APART.items():
                if frame.f_code.co_filename.endswith(file):
                    return name
        return self.function

    def _now(self, write: Mapping[str, Any]) -> Item:
        """The item as it is now, looked at without being noted."""
        source = write.get("Key") or write["Item"]
        key = {name: source[name] for name in self._tables[_name(write)].keys}
        self._looking = True
        try:
            found: Item = client("dynamodb").get_item(TableName=write["TableName"], Key=key).get("Item", {})
        finally:
            self._looking = False
        return found


def size(item: Item) -> int:
    """Bytes of an item as DynamoDB counts them: names and values."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def kilobytes(old: Item, new: Item, unit_kb: int) -> int:
    """Units of so many KB that the larger of two items begins; at least one."""
    return max(1, math.ceil(max(size(old), size(new)) / (unit_kb * 1024)))


def entry_units(old: Item, new: Item, keys: tuple[str, ...], whole: bool) -> int:
    """Write units of an index for a change of its table's item."""
    before, after = _entry(old, keys, whole), _entry(new, keys, whole)
    if before == after:
        return 0
    if before and after and any(before[key] != after[key] for key in keys):
        return kilobytes(before, {}, 1) + kilobytes({}, after, 1)
    return kilobytes(before, after, 1)


def _entry(item: Item, keys: tuple[str, ...], whole: bool) -> Item:
    """What an index holds of an item: nothing, unless the item has the index's keys."""
    if any(key not in item for key in keys):
        return {}
    return item if whole else {name: item[name] for name in ("pk", "sk", *keys)}


def _value(value: Mapping[str, Any]) -> int:
    """Of the kinds that our rows hold."""
    ((kind, content),) = value.items()
    texts = content if kind == "SS" else [content]
    if kind == "N":
        return math.ceil(len(content.strip("-0.")) / 2) + 1
    return sum(len(text.encode()) for text in texts)


def _writes(operation: str, params: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if operation == "TransactWriteItems":
        return [action for item in params["TransactItems"] for action in item.values()]
    return [params] if operation in ("PutItem", "UpdateItem", "DeleteItem") else []


def _read_units(operation: str, params: Mapping[str, Any], parsed: Mapping[str, Any]) -> float:
    if operation == "GetItem":
        return kilobytes({}, parsed.get("Item", {}), 4) * _share(params)
    if operation in ("Query", "Scan"):
        read = sum(map(size, parsed.get("Items", ())))
        return max(1, math.ceil(read / 4096)) * _share(params)
    if operation == "BatchGetItem":
        return sum(_batch(asked, parsed["Responses"][name]) for name, asked in params["RequestItems"].items())
    return 0


def _batch(asked: Mapping[str, Any], found: list[Item]) -> float:
    missing = len(asked["Keys"]) - len(found)
    return (missing + sum(kilobytes({}, item, 4) for item in found)) * _share(asked)


def _share(params: Mapping[str, Any]) -> float:
    return 1 if params.get("ConsistentRead") else 0.5


def _requests(params: Mapping[str, Any]) -> int:
    sent = sum(len(entry["MessageBody"].encode()) for entry in params.get("Entries", ()))
    return max(1, math.ceil(sent / 65_536))


def _name(write: Mapping[str, Any]) -> str:
    """`contacts` for `recado-test-contacts`."""
    return str(write["TableName"]).rpartition("-")[2]


def _declared() -> list[dict[str, Any]]:
    resources = TEMPLATE["Resources"].values()
    return [one["Properties"] for one in resources if one["Type"] == "AWS::DynamoDB::Table"]


def _table(declared: dict[str, Any]) -> tuple[str, Table]:
    name = declared["TableName"]["Fn::Sub"].rpartition("-")[2]
    indexes = tuple(
        (_keys(index), index["Projection"]["ProjectionType"] == "ALL")
        for index in declared.get("GlobalSecondaryIndexes", ())
    )
    return name, Table(_keys(declared), indexes)


def _keys(declared: dict[str, Any]) -> tuple[str, ...]:
    return tuple(key["AttributeName"] for key in declared["KeySchema"])
