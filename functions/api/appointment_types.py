"""Types of visit: what an administrator enters, and what the front desk books."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions import set_type
from recado.model.schedule import AppointmentType
from recado.model.tenant import Language
from recado.store import schedules
from typing_extensions import TypedDict

from api.answers import Page, page
from api.reading import Asked, Version
from api.resource import Call, Resource
from api.schedules import Ids, Name, new_id_of

resource = Resource(__name__)

Preparation = dict[Language, Annotated[str, Field(min_length=1, max_length=1000)]]


class TypeShown(TypedDict):
    """A type of visit. `buffer`: minutes after it in which nobody is booked; `bookable`: by patients
    themselves; `practitioners`: ids of those who do it, none named: all; `preparation`: what to do before."""

    id: str
    version: int
    name: str
    minutes: int
    buffer: int
    active: bool
    bookable: bool
    practitioners: list[str]
    preparation: dict[Language, str]


class NewType(Asked):
    """A new type of visit."""

    name: Name
    minutes: Annotated[int, Field(ge=1, le=1440)]
    buffer: Annotated[int, Field(ge=0, le=240)] = 0
    bookable: bool = False
    practitioners: Ids = ()
    preparation: Preparation = Field(default_factory=dict)


class TypeChange(Asked):
    """What is left out stays as it is."""

    name: Name | None = None
    minutes: Annotated[int | None, Field(ge=1, le=1440)] = None
    buffer: Annotated[int | None, Field(ge=0, le=240)] = None
    active: bool | None = None
    bookable: bool | None = None
    practitioners: Ids | None = None
    preparation: Preparation | None = None
    version: Version = None


def _type(one: AppointmentType) -> TypeShown:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "minutes": one.minutes,
        "buffer": one.buffer,
        "active": one.active,
        "bookable": one.bookable,
        "practitioners": list(one.practitioners),
        "preparation": dict(one.preparation),
    }


@resource.route("GET", "/appointment-types", "list_types", Page[TypeShown])
def list_types(call: Call) -> Page[TypeShown]:
    """All types of visit that the clinic offers, or did."""
    found = schedules.practice(call.tenant).types.values()
    return page([_type(one) for one in sorted(found, key=lambda one: one.name)])


@resource.route("POST", "/appointment-types", "add_type", TypeShown, status=201, body=NewType, keyed=True)
def add_type(call: Call, body: NewType) -> TypeShown:
    """Enter a type of visit."""
    wanted, made = set_type.Wanted(**body.model_dump()), new_id_of(call, "y")
    return call.once(lambda: _type(set_type.set_type(call.tenant, made, wanted, version=0)))


@resource.route("PATCH", "/appointment-types/{id}", "change_type", TypeShown, body=TypeChange)
def change_type(call: Call, kind: str, body: TypeChange) -> TypeShown:
    """Change a type of visit; what is booked stays as it was."""
    wanted = set_type.Wanted(**body.model_dump(exclude={"version"}))
    return _type(set_type.set_type(call.tenant, kind, wanted, version=body.version))
