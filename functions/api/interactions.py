"""People who came another way: to the desk, by a printed advertisement, through a marketplace."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.reading import Asked, moment_of
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

    told = action.Told(
        way=body.channel,
        name=body.name,
        phone=body.phone,
        email=body.email,
        text=body.text,
        at=moment_of("at", body.at) if body.at else None,
        origin=body.origin.model_dump() if body.origin else None,
        key=body.key or call.own_key,
    )
    return item_of(action.note_interaction(call.tenant, call.author, told, call.now))
