"""Messages left for somebody who looks in: the answers in a web chat, under their visitor's address."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Unavailable
from recado.store.clients import client


def leave(tenant: str, account: str, address: str, item: Mapping[str, Any]) -> None:
    """Put a message into a box; the same `id` again changes nothing. Raises Unavailable."""
    row = {
        "pk": {"S": f"T#{tenant}#W#{account}#{address}"},
        "sk": {"S": str(item["id"])},
        "body": {"S": json.dumps(dict(item))},
    }
    try:
        client("dynamodb").put_item(TableName=os.environ["CONTACTS_TABLE"], Item=row)
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
