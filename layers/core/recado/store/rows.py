"""How records become DynamoDB rows: keys, versions, transactions. The only way into PynamoDB.

A row holds its keys, the attributes that indexes and conditions need, and the record itself as JSON.
The version attribute makes every save conditional: a new record is saved only where none is, a loaded one
only while nobody else has saved it.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from pydantic import ValidationError
from pynamodb.attributes import UnicodeAttribute, VersionAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import DoesNotExist, PutError, PynamoDBException, TransactWriteError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from recado.errors import Busy, Misconfigured, Stale, Unavailable
from recado.model.record import Record, Versioned
from recado.store.clients import client
from recado.store.keys import fits

R = TypeVar("R", bound=Record)

Transaction = TransactWrite
"""Writes that are saved together; store functions take one as `within`."""

_logger = logging.getLogger(__name__)
_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_THROTTLES = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "TransactionConflictException",
}


class _Shared(Connection):
    """PynamoDB through the same client as all else: one of its own would cost a third of a cold start."""

    @property
    def client(self) -> Any:
        return client("dynamodb")


client("dynamodb")
_connection = _Shared()


class Note(Model):
    """A row that is simply put over what was there."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()


class Row(Note):
    """A row whose every save is guarded by its version."""

    version = VersionAttribute()


def serve(*models: type[Model]) -> None:
    """Let these models use the one shared client: each would otherwise open its own (155-320 ms)."""
    for model in models:
        table = model._get_connection()  # PynamoDB has no public way to share a client
        meta = table.get_meta_table()
        known = _connection._tables.setdefault(table.table_name, meta)
        if known is not meta:
            _widen(known.data, meta.data)
        table.connection = _connection


def _widen(known: dict[str, Any], other: dict[str, Any]) -> None:
    """Several models share a table, in whatever order they are imported: few of them know its indexes."""
    for part, name in (("GlobalSecondaryIndexes", "IndexName"), ("AttributeDefinitions", "AttributeName")):
        both = {one[name]: one for one in (*known[part], *other[part])}
        known[part] = list(both.values())


def table_name(variable: str) -> str:
    """The physical name of a table; functions that do not use it are not given it."""
    return os.environ.get(variable, f"{variable} is not set")


def key(tenant: str, *parts: str) -> str:
    """A partition key of this tenant, `T#<tenant>#…`; a tenant that could reach another's key is refused."""
    if not _TENANT.fullmatch(tenant):
        raise Misconfigured("A tenant id must be a slug.")
    return "#".join(("T", tenant, *parts))


def fields(record: Versioned) -> dict[str, Any]:
    """The attributes that hold a record and guard its save."""
    guard = {"version": record.version} if record.version else {}
    return {**guard, "body": record.model_dump_json(exclude_none=True, exclude={"version"})}


def record_of(row: Note, kind: type[R]) -> R:
    """The record that a row holds. Raises Misconfigured when this version cannot read it."""
    return parse(kind, row.body, getattr(row, "version", None))


def readable(rows: Iterable[Note], kind: type[R]) -> dict[tuple[str, str], R]:
    """The records of these rows by their keys, in their order, without those that this version cannot read.

    A row that a newer version wrote must not hide the others. How many were left out is logged, and no more:
    keys and errors may name people.
    """
    found: dict[tuple[str, str], R] = {}
    left_out = 0
    for row in rows:
        try:
            found[row.pk, row.sk] = record_of(row, kind)
        except Misconfigured:
            left_out += 1
    if left_out:
        _logger.error("rows that this version cannot read: %s %d", kind.__name__, left_out)
    return found


def parse(kind: type[R], body: str, version: int | None) -> R:
    """A stored body as the record it was. Raises Misconfigured, without a value, where it cannot be read."""
    try:
        record = kind.model_validate_json(body)
    except ValidationError:
        raise Misconfigured("This version cannot read what is stored here.") from None
    return record.model_copy(update={"version": version}) if version is not None else record


def load(model: type[Note], kind: type[R], pk: str, sk: str) -> R | None:
    """One record, read consistently, or none. Raises Misconfigured when this version cannot read it."""
    if not fits(pk, sk):
        return None
    with named():
        try:
            return record_of(model.get(pk, sk, consistent_read=True), kind)
        except DoesNotExist:
            return None


def save(row: Row, version: int, within: Transaction | None = None) -> int:
    """Save one row, by itself or within a transaction; the version it then has. Raises Stale where somebody
    else was faster: a transaction does when it ends."""
    if within is not None:
        within.save(row)
        return version + 1
    with named():
        row.save()
    return version + 1


@contextmanager
def transaction() -> Iterator[Transaction]:
    """All of it or nothing, in one call.

    Raises Stale when a row was not as it was loaded (or not new), Busy when another transaction was at the
    same rows, Unavailable when the table did not answer.
    """
    with named(), TransactWrite(connection=_connection) as write:
        yield write


@contextmanager
def named() -> Iterator[None]:
    """PynamoDB's errors as ours; they may name keys, so they are chained and never shown."""
    try:
        yield
    except TransactWriteError as error:
        codes = {reason.code for reason in error.cancellation_reasons if reason}
        raise _refusal("ConditionalCheckFailed" in codes, bool(codes)) from error
    except PutError as error:
        stale = error.cause_response_code == "ConditionalCheckFailedException"
        raise _refusal(stale, error.cause_response_code in _THROTTLES) from error
    except PynamoDBException as error:
        raise _refusal(stale=False, busy=error.cause_response_code in _THROTTLES) from error


def _refusal(stale: bool, busy: bool) -> Stale | Busy | Unavailable:
    if stale:
        return Stale()
    return Busy() if busy else Unavailable()
