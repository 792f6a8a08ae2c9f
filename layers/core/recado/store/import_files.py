"""Files of patients as they were handed in: encrypted, part by part, gone after a month (template.yaml)."""

from __future__ import annotations

import os

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Unavailable
from recado.store.clients import client
from recado.store.rows import key


def put(tenant: str, import_id: str, part: int, content: bytes) -> None:
    """Keep a part, counted from 1. The same one again changes nothing. Raises Unavailable."""
    try:
        client("s3").put_object(
            Bucket=os.environ["MEDIA_BUCKET"],
            Key=_name(tenant, import_id, part),
            Body=content,
            IfNoneMatch="*",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("PreconditionFailed", "ConditionalRequestConflict"):
            raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error


def read(tenant: str, import_id: str, part: int, start: int, size: int) -> bytes:
    """So many bytes of a part, or those that are left of it. Raises Unavailable."""
    span = f"bytes={start}-{start + size - 1}"
    try:
        answer = client("s3").get_object(
            Bucket=os.environ["MEDIA_BUCKET"], Key=_name(tenant, import_id, part), Range=span
        )
        content: bytes = answer["Body"].read()
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return content


def _name(tenant: str, import_id: str, part: int) -> str:
    """No clinic's id begins so: what is under theirs is kept."""
    key(tenant)
    return f"_imports/{tenant}/{import_id}/{part}"
