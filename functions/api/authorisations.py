"""Authorisations that have come: their patients are written to at once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from recado.actions.note_authorisation import Authorisation as Told
from recado.actions.note_authorisation import note_authorisation
from recado.model.outreach import Outreach
from recado.model.record import iso
from recado.rules.outreach import AUTHORISATION
from recado.store.outreach import of_source
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, moment, page
from api.names import names_of
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)

PAGE = 100
State = Literal["open", "booked", "declined", "answered", "expired", "stopped", "unreached"]


class Issued(Asked):
    """An authorisation. `id`: the other system's own name for it: told again, nothing is done twice. What it
    is for stays there; `type_id` says which visits' reminder policy holds. `expires`: its last day."""

    id: Annotated[str, Field(min_length=1, max_length=100)]
    patient: Annotated[str, Field(max_length=64)]
    expires: Annotated[str, Field(pattern="^[0-9]{4}-[01][0-9]-[0-3][0-9]$")]
    number: Annotated[str | None, Field(max_length=100)] = None
    type_id: Annotated[str | None, Field(max_length=64)] = None


class Authorisation(TypedDict):
    """How far it is: `booked` (K24: from `issued_at` to `booked_at`), `declined`; `answered`: a person finds
    them a time; `expired`; `unreached`: nothing could be sent."""

    id: str
    patient: str
    patient_name: str | None
    number: str | None
    type_id: str | None
    state: State
    issued_at: Moment
    expires_at: Moment | None
    booked_at: Moment | None


@resource.route("POST", "/authorisations", "note_authorisation", Authorisation, status=201, body=Issued)
def note(call: Call, body: Issued) -> Authorisation:
    """Write to the patient within minutes, that it has come, and to find them a time."""
    told = Told(body.id, body.expires, body.number, body.type_id)
    one = note_authorisation(call.tenant, body.patient, told, call.now, author=call.author)
    return _shown(call, one, names_of(call.tenant, [one.patient]))


@resource.route("GET", "/authorisations", "list_authorisations", Page[Authorisation], query=Paged)
def list_all(call: Call, query: Paged) -> Page[Authorisation]:
    """All that ever came, oldest first; of whoever was erased there is none."""
    found, place = of_source(call.tenant, AUTHORISATION, PAGE, query.after)
    left = [one for one in found if one.erased_at is None]
    names = names_of(call.tenant, (one.patient for one in left))
    return page([_shown(call, one, names) for one in left], place)


def _shown(call: Call, one: Outreach, names: dict[str, str | None]) -> Authorisation:
    return {
        "id": one.id,
        "patient": one.patient,
        "patient_name": names.get(one.patient),
        "number": one.reference,
        "type_id": one.type_id,
        "state": _state(call, one),
        "issued_at": iso(one.created_at),
        "expires_at": moment(one.not_after),
        "booked_at": moment(one.booked_at),
    }


def _state(call: Call, one: Outreach) -> State:
    if one.booked_at is not None:
        return "booked"
    if one.state == "answered":
        return "declined" if one.answer == "no" else "answered"
    if one.state in ("open", "done"):
        return "expired" if one.not_after is not None and one.not_after <= call.now else "open"
    return "stopped" if one.state == "stopped" else "unreached"
