"""Messages left for somebody who looks in: the answers in a web chat, under their visitor's address.

A box is one row. What is in it changes in one conditional write, so that who looks in sees it as it was at
some moment: a message that comes later always stands behind those that were there, and a place in the box
is a place to go on from, even when two deliveries race. Read without models: the webhook function serves it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Busy, Unavailable
from recado.store.clients import client

KEPT: Final = timedelta(days=30)
"""After the last message, for a visitor who comes back."""
MOST: Final = 100
"""Messages. The oldest make room; the clinic's timeline has all of them."""
MOST_BYTES: Final = 200_000
"""Of a row's 400 KB: the row may be written while its oldest messages are still in it."""
TRIES: Final = 5
"""Of one delivery, against others to the same visitor."""


_Key = dict[str, dict[str, str]]


class _Box(NamedTuple):
    items: Sequence[Mapping[str, Any]]
    version: int


def leave(tenant: str, account: str, now: datetime, address: str, item: Mapping[str, Any]) -> None:
    """Put a message into a box, behind all that it holds; the same `id` again changes nothing.

    Raises Busy, Unavailable: then it may, or may not, be in the box, and may be left again.
    """
    key = _key(tenant, account, address)
    for _ in range(TRIES):
        box = _read(key, consistent=True)
        if item["id"] in [held["id"] for held in box.items] or _put(key, box, item, now):
            return
    raise Busy


def waiting(tenant: str, account: str, address: str, after: int) -> Sequence[Mapping[str, Any]]:
    """The messages in a box behind a place, oldest first, each with its own `place`. Raises Unavailable."""
    box = _read(_key(tenant, account, address), consistent=False)
    return [item for item in box.items if item["place"] > after]


def drop(tenant: str, account: str, address: str) -> None:
    """Take a box away with all that is in it. Raises Unavailable."""
    try:
        client("dynamodb").delete_item(
            TableName=os.environ["CONTACTS_TABLE"], Key=_key(tenant, account, address)
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def _read(key: _Key, *, consistent: bool) -> _Box:
    try:
        answer = client("dynamodb").get_item(
            TableName=os.environ["CONTACTS_TABLE"],
            Key=key,
            ConsistentRead=consistent,
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    row = answer.get("Item")
    return _Box(json.loads(row["body"]["S"]), int(row["version"]["N"])) if row else _Box((), 0)


def _put(key: _Key, box: _Box, item: Mapping[str, Any], now: datetime) -> bool:
    """Whether the box still was as it was read."""
    last = box.items[-1]["place"] if box.items else 0
    # Places go on from the clock, so that an emptied box does not begin again below where somebody stands.
    fresh = {**item, "place": max(last + 1, int(now.timestamp() * 1000)), "at": _shown(now)}
    row = {
        **key,
        "body": {"S": _fitting([*box.items, fresh])},
        "version": {"N": str(box.version + 1)},
        "expires": {"N": str(int((now + KEPT).timestamp()))},
    }
    try:
        client("dynamodb").put_item(
            TableName=os.environ["CONTACTS_TABLE"],
            Item=row,
            ConditionExpression="attribute_not_exists(pk) OR #version = :read",
            ExpressionAttributeNames={"#version": "version"},
            ExpressionAttributeValues={":read": {"N": str(box.version)}},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            return False
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    return True


def _fitting(items: Sequence[Mapping[str, Any]]) -> str:
    items = items[-MOST:]
    while len(body := json.dumps(items)) > MOST_BYTES and len(items) > 1:
        items = items[1:]
    return body


def _key(tenant: str, account: str, address: str) -> _Key:
    return {"pk": {"S": f"T#{tenant}#W#{account}#{address}"}, "sk": {"S": "W"}}


def _shown(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
