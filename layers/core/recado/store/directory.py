"""Whose a channel account is. Read without models, so that the webhook function starts quickly.

`tenants.save_account` writes these rows, for accounts that are proven to be the clinic's.
"""

from __future__ import annotations

import json
import os
import time

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Unavailable
from recado.store.clients import client
from recado.store.keys import fits

CACHE_SECONDS = 60
"""A moved account is its new clinic's within this time."""

client("dynamodb")
_cache: dict[tuple[str, str], tuple[float, str]] = {}


def forget() -> None:
    """Empty this process's cache of accounts."""
    _cache.clear()


def partition(channel: str, account_id: str) -> str:
    """The key of an account's row. It starts with no tenant: it is how a tenant is found."""
    return f"DIRECTORY#{channel}#{account_id}"


def business(channel: str) -> str:
    """Under this in a channel's place are the provider's accounts of whole businesses (WhatsApp: WABAs): told
    apart from accounts, so that nobody has an account by naming it as a business."""
    return f"{channel}-business"


def clinic(channel: str, account_id: str) -> str | None:
    """The clinic that has the account of this id at the channel's provider. Raises Unavailable."""
    held = _cache.get((channel, account_id))
    if held and time.monotonic() - held[0] < CACHE_SECONDS:
        return held[1]
    found = owner(channel, account_id)
    if found is not None:
        _cache[channel, account_id] = (time.monotonic(), found)
    return found


def owner(channel: str, account_id: str) -> str | None:
    """The same as it is at this moment. Raises Unavailable."""
    pk, sk = partition(channel, account_id), "A"
    if not fits(pk, sk):
        return None
    key = {"pk": {"S": pk}, "sk": {"S": sk}}
    try:
        answer = client("dynamodb").get_item(
            TableName=os.environ["TENANTS_TABLE"], Key=key, ConsistentRead=True
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return str(json.loads(answer["Item"]["body"]["S"])["tenant"]) if "Item" in answer else None
