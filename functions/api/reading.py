"""What a caller sent, checked: the body and the query as models that allow no unknown name."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from recado.channels import strict_json
from recado.errors import Invalid, TooLarge, UnreadableInput


class Asked(BaseModel):
    """A body or a query; a name that it does not have is refused, so that a typo is never an omission."""

    # A model's validator is built at its first use: no start needs them all.
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, str_strip_whitespace=True, defer_build=True
    )

    LIMIT: ClassVar[int] = 256 * 1024
    """Bytes of a body: far over any reply, far under what the gateway lets through (10 MB)."""
    FIRST: ClassVar[str | None] = None
    """The field to name when what is wrong is how several fit together."""


Version = Annotated[
    int | None, Field(ge=1, description="The version that was seen; another one by now answers 409 `stale`.")
]


class Seen(Asked):
    """A step that needs to know no more than what it is about."""

    version: Version = None


def moment_of(field: str, written: str) -> datetime:
    """A moment that its sender wrote, in UTC. Raises Invalid that names the field."""
    try:
        at = datetime.fromisoformat(written)
        if at.tzinfo is None:
            raise Invalid(field, "Say the offset: 2026-11-24T09:30:00-03:00.")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(field, "Write it as 2026-11-24T09:30:00-03:00.") from None


def day_of(field: str, written: str) -> date:
    """A day that its sender wrote. Raises Invalid that names the field."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Invalid(field, "There is no such day: write it as 2026-11-24.") from None


M = TypeVar("M", bound=BaseModel)


def body_of(event: dict[str, Any], model: type[M]) -> M:
    """The request's body; none counts as an empty object. Raises TooLarge, UnreadableInput, Invalid."""
    raw = raw_of(event)
    if len(raw) > getattr(model, "LIMIT", Asked.LIMIT):
        raise TooLarge
    document = strict_json.load(raw) if raw.strip() else {}
    if not isinstance(document, dict):
        raise UnreadableInput("The body must be a JSON object.")
    return _checked(document, model)


class Free(Asked):
    """A query of another protocol than ours: the view reads it from the request."""


def query_of(event: dict[str, Any], model: type[M]) -> M:
    """The request's query. Raises Invalid."""
    if issubclass(model, Free):
        return model()
    asked = event.get("multiValueQueryStringParameters") or {}
    for name, values in asked.items():
        if len(values) > 1:
            raise Invalid(strict_json.clean(name), "Give this once.")
    return _checked({strict_json.clean(n): strict_json.clean(v[0]) for n, v in asked.items()}, model)


def raw_of(event: dict[str, Any]) -> bytes:
    """The request's body as it was sent. Raises UnreadableInput."""
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error:
        raise UnreadableInput from None


def _checked(values: dict[str, Any], model: type[M]) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        named = model.FIRST if issubclass(model, Asked) else None
        field = ".".join(str(part) for part in first["loc"]) or named
        raise Invalid(field, f"{first['msg'].removeprefix('Value error, ')}.") from None
