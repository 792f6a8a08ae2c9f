"""Amazon Bedrock: one question to one model, by Converse; no channel, since nobody is reached by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recado.errors import Unavailable

SERVICE = "bedrock-runtime"


def ask(client: Any, model: str, request: Mapping[str, Any]) -> object:
    """Its answer as it came. Raises Unavailable, which tells nothing of the question."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - most clinics do without

    try:
        return client.converse(modelId=model, **request)
    except (BotoCoreError, ClientError):
        raise Unavailable from None
