"""Counts the calls to AWS: at botocore, below everything of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from recado.store import rows


@contextmanager
def counted() -> Iterator[list[str]]:
    """The DynamoDB operations within the block, in their order."""
    seen: list[str] = []

    def note(model: Any, **_: Any) -> None:
        seen.append(model.name)

    events = rows._connection.client.meta.events
    events.register("before-call.dynamodb", note)
    try:
        yield seen
    finally:
        events.unregister("before-call.dynamodb", note)
