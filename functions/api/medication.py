"""Reminders of medication: at what times, and until when. What somebody takes stays with the clinic."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final, Literal

from pydantic import Field
from recado.actions.set_medication import Times, plan_id, set_medication
from recado.actions.stop_medication import stop_medication
from recado.model.outreach import Outreach
from recado.model.record import iso
from recado.rules.times import wall
from recado.store import outreach, patients
from typing_extensions import TypedDict

from api.answers import Moment, moment
from api.reading import Asked, Version
from api.resource import Call, Resource

resource = Resource(__name__)

Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
State = Literal["on", "over", "stopped"]
MOMENT: Final = timedelta(seconds=1)


class Plan(Asked):
    """A plan as it is to be. `times`: of the day, by the patient's clock; `until`: its last day; `agreed`:
    the patient has asked for it."""

    times: Annotated[list[Clock], Field(min_length=1, max_length=4)]
    until: Annotated[str, Field(pattern="^[0-9]{4}-[01][0-9]-[0-3][0-9]$")]
    agreed: Literal[True]
    version: Version = None


class Medication(TypedDict):
    """`stopped`: by the clinic, or by the patient, who answered so (`by_patient`)."""

    patient: str
    version: int
    times: list[str]
    until: str
    timezone: str
    state: State
    by_patient: bool
    next_at: Moment | None
    since: Moment
    by: str


@resource.route("GET", "/patients/{id}/medication", "read_medication", Medication)
def read(call: Call, patient_id: str) -> Medication:
    """The patient's plan, the latest one that there was. 404: none."""
    patient = patients.get(call.tenant, patient_id)
    return _shown(outreach.get_outreach(call.tenant, plan_id(call.tenant, patient)))


@resource.route("PUT", "/patients/{id}/medication", "set_medication", Medication, body=Plan)
def put(call: Call, patient_id: str, body: Plan) -> Medication:
    """Remind them at these times. The text is neutral, and none can be given: no medicine is named."""
    wanted = Times(body.times, body.until)
    return _shown(
        set_medication(call.tenant, patient_id, wanted, call.now, author=call.author, version=body.version)
    )


@resource.route("DELETE", "/patients/{id}/medication", "stop_medication", Medication)
def stop(call: Call, patient_id: str) -> Medication:
    """Remind them no more."""
    return _shown(stop_medication(call.tenant, patient_id, call.now))


def _shown(one: Outreach) -> Medication:
    ended: State = "over" if one.state in ("done", "unreached") else "stopped"
    until = wall(one.not_after or one.anchor, one.timezone)
    return {
        "patient": one.patient,
        "version": one.version,
        "times": [f"{step.minutes // 60:02}:{step.minutes % 60:02}" for step in one.steps],
        "until": (until - MOMENT).date().isoformat(),
        "timezone": one.timezone,
        "state": "on" if one.state == "open" else ended,
        "by_patient": one.answer == "no",
        "next_at": moment(one.due_at),
        "since": iso(one.created_at),
        "by": one.created_by,
    }
