"""How often one caller may ask, in fixed windows, for addresses that anybody may call; and how much of what
costs a clinic may use in a day.

A count is one conditional write to the table whose rows end by themselves and on which nothing depends. The
SDK's own repeat may count a request twice, which only makes the limit a little stricter.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
from contextlib import suppress
from datetime import datetime
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import TooMany, Unavailable
from recado.store.clients import client

WINDOW_S: Final = 600
DAY_S: Final = 86_400
MARK_DIGITS: Final = 6
"""Of a caller's mark, in base 16: 256 IPv4 addresses share one, so that no row tells who called. Two callers
of one clinic that share one within a window (1 in 16 million) share a limit, too."""


def count(tenant: str, line: str, caller: str, most: int, now: datetime) -> None:
    """Count a request of `caller` (an IP address) on `line`; TooMany once there were `most` in this window.

    Should the table not answer, the request is let through: a patient's message is worth more than a limit.
    """
    window = int(now.timestamp()) // WINDOW_S
    name = f"T#{tenant}#L#{line}#{window}#{_mark(tenant, line, caller, window)}"
    with suppress(Unavailable):
        _add(name, most, (window + 2) * WINDOW_S)


def spend(tenant: str, what: str, most: int, now: datetime) -> None:
    """Count one more of `what` that the clinic uses; TooMany once there were `most` on this day, by UTC.

    Raises Unavailable, too: what is not counted is not used.
    """
    day = int(now.timestamp()) // DAY_S
    _add(f"T#{tenant}#L#{what}#{day}", most, (day + 2) * DAY_S)


def _add(name: str, most: int, end: int) -> None:
    try:
        client("dynamodb").update_item(
            TableName=os.environ["IDEMPOTENCY_TABLE"],
            Key={"id": {"S": name}},
            UpdateExpression="ADD #requests :one SET #expiration = :end",
            ConditionExpression="attribute_not_exists(#requests) OR #requests < :most",
            ExpressionAttributeNames={"#requests": "requests", "#expiration": "expiration"},
            ExpressionAttributeValues={
                ":one": {"N": "1"},
                ":most": {"N": str(most)},
                ":end": {"N": str(end)},
            },
        )
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            raise TooMany from None
        raise Unavailable from None
    except BotoCoreError:
        raise Unavailable from None


def _mark(tenant: str, line: str, caller: str, window: int) -> str:
    told = "/".join((tenant, line, str(window), _network(caller)))
    return hashlib.sha256(told.encode()).hexdigest()[:MARK_DIGITS]


def _network(caller: str) -> str:
    """One household or one server: an IPv6 network of 64 bits, an IPv4 address."""
    with suppress(ValueError):
        address = ipaddress.ip_address(caller)
        if address.version == 6:
            return str(ipaddress.ip_network((int(address), 64), strict=False))
    return caller
