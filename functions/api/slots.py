"""Free times."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.find_slots import Free, Wanted, find_slots
from recado.model.record import iso
from recado.rules import times
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.reading import Asked, moment_of
from api.resource import Call, Resource

resource = Resource(__name__)


class Slot(TypedDict):
    """A time that is free; `start` is UTC, `local_start` what the clocks show where the practitioner is."""

    practitioner_id: str
    practitioner: str
    type_id: str
    start: Moment
    local_start: str
    timezone: str
    minutes: int
    location: str


class Search(Asked):
    """For which type of visit, with whom (else whoever does it), from when until when: with an offset, at
    most 62 days apart. `for`: `patients` finds only what they may book by themselves."""

    type: Annotated[str, Field(min_length=1, max_length=64)]
    practitioner: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    since: Annotated[str, Field(alias="from", max_length=40)]
    until: Annotated[str, Field(max_length=40)]
    whose: Annotated[str, Field(alias="for", pattern="^(desk|patients)$")] = "desk"


def _slot(one: Free) -> Slot:
    return {
        "practitioner_id": one.practitioner.id,
        "practitioner": one.practitioner.name,
        "type_id": one.type.id,
        "start": iso(one.slot.begins),
        "local_start": times.shown(one.slot.wall),
        "timezone": one.timezone,
        "minutes": one.type.minutes,
        "location": one.schedule.location,
    }


@resource.route("GET", "/slots", "list_slots", Page[Slot], query=Search)
def list_slots(call: Call, query: Search) -> Page[Slot]:
    """Free times in order, of practitioners who have a schedule; 500 at most: ask for less time at once."""
    since, until = moment_of("from", query.since), moment_of("until", query.until)
    wanted = Wanted(query.type, query.practitioner, since, until)
    found = find_slots(call.tenant, wanted, call.now, by_patient=query.whose == "patients")
    return page([_slot(one) for one in found])
