"""An authorisation has come: its patient is written to within minutes, so that a visit is booked (R68)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.actions.begin_outreach import Matter, begin_outreach, outreach_id
from recado.actions.look_for_outreach import look_for_outreach
from recado.errors import Conflict, Invalid, Stale
from recado.model.outreach import Outreach
from recado.model.policy import Step
from recado.rules import times
from recado.rules.outreach import AUTHORISATION
from recado.store import outreach, patients, schedules, tenants

STEPS: Final = (
    Step(name="told", minutes=0, purpose="authorisation", text="authorisation"),
    Step(name="again", minutes=3 * 24 * 60, purpose="authorisation", text="authorisation"),
)
LONGEST: Final = timedelta(days=365)


class Authorisation(NamedTuple):
    """`id` is the other system's own name for it; `reference` its number; `expires`: the last day,
    `YYYY-MM-DD`. What it is for is no part of it: at most the type of visit that it takes."""

    id: str
    expires: str
    reference: str | None = None
    type_id: str | None = None


def note_authorisation(
    tenant: str, patient_id: str, told: Authorisation, now: datetime, *, author: str
) -> Outreach:
    """Begin it; told again it is as it was. Raises NotFound for a patient we do not have, Invalid that names
    `expires` or `type_id`, Conflict where nothing may be written to them or nothing reaches them."""
    own = outreach_id(tenant, AUTHORISATION, told.id)
    if earlier := outreach.find_outreach(tenant, own):
        return earlier
    patient = patients.get(tenant, patient_id)
    if "care" in patient.unwanted:
        raise Conflict("This patient takes no messages from the clinic.", field="patient")
    if told.type_id is not None and told.type_id not in schedules.recent(tenant).types:
        raise Invalid("type_id", "There is no such type of visit.")
    matter = Matter(
        source=AUTHORISATION,
        id=told.id,
        purpose="authorisation",
        steps=STEPS,
        lasts=_end(tenant, told.expires, now) - now,
        author=author,
        type_id=told.type_id,
        reference=told.reference,
    )
    begun = begin_outreach(tenant, patient, matter, now)
    if begun is None:
        raise Conflict("This patient has no name, or no channel reaches them.", field="patient")
    look_for_outreach(tenant)
    return _stored(tenant, begun)


def _end(tenant: str, expires: str, now: datetime) -> datetime:
    """The end of the last day, by the clinic's clock. Raises Invalid."""
    try:
        day = datetime.fromisoformat(expires) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Invalid("expires", "Give a date, such as 2026-12-31.") from None
    end = times.instants(day.replace(tzinfo=None), tenants.get(tenant).timezone)[0]
    if not now < end <= now + LONGEST:
        raise Invalid("expires", "This is past, or more than a year ahead.")
    return end


def _stored(tenant: str, begun: Outreach) -> Outreach:
    try:
        outreach.save_outreach(tenant, begun)
    except Stale:  # another request was faster
        return outreach.get_outreach(tenant, begun.id)
    return begun.model_copy(update={"version": 1})
