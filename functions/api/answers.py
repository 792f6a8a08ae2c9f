"""What answers are made of: moments, and lists in pages with an opaque place to go on from."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import Field
from recado.errors import Invalid
from recado.model.record import iso
from typing_extensions import TypedDict

from api.reading import Asked

T = TypeVar("T")

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""An instant in UTC, `2026-11-24T12:30:00.000Z`."""

Cursor = Annotated[str, Field(max_length=200, description="What `next` of the page before said.")]


class Page(TypedDict, Generic[T]):
    items: list[T]
    next: str | None


class Paged(Asked):
    """Where a list goes on."""

    next: Cursor | None = None

    @property
    def after(self) -> str | None:
        """The place that the cursor stands for. Raises Invalid for what is none of ours."""
        return _place(self.next) if self.next else None


def moment(at: datetime | None) -> Moment | None:
    """As answers say it; none: it has not come, or nobody knows."""
    return iso(at) if at else None


def page(items: list[T], place: str | None = None) -> Page[T]:
    """A page, and the place where the next one begins; none when this is the last."""
    return {"items": items, "next": _cursor(place) if place else None}


def _cursor(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise Invalid("next", "This is not a place in the list.") from None
