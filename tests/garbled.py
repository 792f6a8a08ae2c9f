"""A row as a version to come might leave it: this one cannot read it."""

from __future__ import annotations

import os

from recado.store.clients import client

WORDS = "Olá, bom dia"


def garble(table: str, pk: str, sk: str, body: str = f'{{"text": "{WORDS}", "state": 5}}') -> None:
    """Put a body into the row that does not fit its model; `table` is the variable that names it."""
    client("dynamodb").update_item(
        TableName=os.environ[table],
        Key={"pk": {"S": pk}, "sk": {"S": sk}},
        UpdateExpression="SET body = :body",
        ExpressionAttributeValues={":body": {"S": body}},
    )
