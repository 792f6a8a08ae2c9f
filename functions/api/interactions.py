"""People who came another way: to the desk, by a printed advertisement, through a marketplace."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from recado.errors import Invalid

from api.reading import Asked
from api.resource import Call, Resource
from api.timeline import Item, item_of

resource = Resource(__name__)


class Origin(Asked):
    """What brought them: an advert, a magazine, a marketplace's booking."""

    type: Annotated[str, Field(min_length=1, max_length=64)]
    id: Annotated[str, Field(max_length=256)] = ""
    url: Annotated[str, Field(max_length=2000)] = ""


class Interaction(Asked):
    """Who came, how, what they said; `key` is the teller's own name for it: told twice, it counts once."""

    channel: Literal["frontdesk", "printed_ad", "marketplace"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    phone: Annotated[str | None, Field(min_length=1, max_length=40)] = None
    email: Annotated[str | None, Field(min_length=3, max_length=254)] = None
    text: Annotated[str, Field(max_length=4096)] = ""
    at: Annotated[
        str | None, Field(max_length=40, description="When it was, with an offset; now if none.")
    ] = None
    origin: Origin | None = None
    key: Annotated[str | None, Field(min_length=1, max_length=200)] = None


@resource.route("POST", "/interactions", "note_interaction", Item, status=201, body=Interaction, keyed=True)
def note(call: Call, body: Interaction) -> Item:
    """Put it on the person's timeline; a contact of theirs is open from then on."""
    from recado.actions import note_interaction as action  # noqa: PLC0415 - phone numbers are slow to import

    author = f"agent:{call.caller.agent}" if call.caller.agent else f"role:{call.caller.role}"
    told = action.Told(
        way=body.channel,
        name=body.name,
        phone=body.phone,
        email=body.email,
        text=body.text,
        at=_moment(body.at),
        origin=body.origin.model_dump() if body.origin else None,
        key=body.key or call.own_key,
    )
    return item_of(action.note_interaction(call.tenant, author, told, call.now))


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Invalid("at", "Write it as 2026-11-24T09:30:00-03:00.") from None
    if at.tzinfo is None:
        raise Invalid("at", "Say the offset: 2026-11-24T09:30:00-03:00.")
    return at
