"""What was verified but could not be read: kept whole, encrypted, for an operator to look at.

Objects are named `<tenant or ->/<channel>/<digest>`: a redelivery lands on itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Unavailable
from recado.store.clients import client

_NOBODY = "-"
_MAX_REASON = 200
_UNPRINTABLE = re.compile(r"[^!-~]+")


class Kept(NamedTuple):
    """One kept body: what came, when, why it could not be read."""

    id: str
    tenant: str | None
    channel: str
    received_at: str
    size: int
    reason: str


def keep(tenant: str | None, channel: str, reason: str, raw: bytes) -> None:
    """Store a body that we could not read. Raises Unavailable."""
    name = f"{tenant or _NOBODY}/{channel}/{hashlib.sha256(raw).hexdigest()}"
    try:
        client("s3").put_object(
            Bucket=os.environ["UNREADABLE_BUCKET"], Key=name, Body=raw, Metadata={"reason": _plain(reason)}
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def _plain(reason: str) -> str:
    """What S3 takes as metadata, on one line: printable ASCII."""
    return _UNPRINTABLE.sub(" ", reason)[:_MAX_REASON].strip()


def keep_event(tenant: str | None, channel: str, reason: str, event: Mapping[str, Any]) -> None:
    """Store one event that we read but can do nothing with. Raises Unavailable."""
    keep(tenant, channel, reason, json.dumps(event, sort_keys=True).encode())


def listing(tenant: str | None, limit: int = 100) -> list[Kept]:
    """What is kept for a clinic (or, with none, for nobody we know), newest first. Raises Unavailable."""
    bucket = os.environ["UNREADABLE_BUCKET"]
    try:
        pages = (
            client("s3")
            .get_paginator("list_objects_v2")
            .paginate(Bucket=bucket, Prefix=f"{tenant or _NOBODY}/")
        )
        found = [item for page in pages for item in page.get("Contents", ())]
        latest = sorted(found, key=lambda item: str(item["LastModified"]), reverse=True)[:limit]
        return [_kept(bucket, item) for item in latest]
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def _kept(bucket: str, item: dict[str, Any]) -> Kept:
    from recado.model.record import iso  # noqa: PLC0415 - keeps the webhook's import small

    tenant, channel, _ = item["Key"].split("/", 2)
    reason = client("s3").head_object(Bucket=bucket, Key=item["Key"])["Metadata"].get("reason", "")
    owner = None if tenant == _NOBODY else tenant
    return Kept(item["Key"], owner, channel, iso(item["LastModified"]), item["Size"], reason)
