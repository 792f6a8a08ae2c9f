"""What every stored thing has in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer


def _utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


def iso(instant: datetime) -> str:
    """The instant in UTC with milliseconds, `2026-11-22T14:05:00.000Z`: sorts as text in time order."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Instant = Annotated[AwareDatetime, BeforeValidator(_utc), PlainSerializer(iso, when_used="json")]
"""A moment in UTC; never a naive one."""


class Record(BaseModel):
    """An immutable thing that a store row holds.

    Fields that this version does not know are kept, so that a deploy in the middle loses nothing that a
    newer one wrote. A model's validator is built at its first use: no function uses them all.
    """

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class Versioned(Record):
    """A record that is saved only while nobody else has saved it since it was loaded (0: not stored yet)."""

    version: int = 0
