"""Once an hour: which of the coming days' visits are likely missed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from recado.actions.again import again
from recado.actions.find_neglected import Watched
from recado.actions.keep_visit import keep_visit
from recado.actions.learn_risk import learn_risk
from recado.actions.load_person import load_person
from recado.model.patient import Patient
from recado.model.policy import FORESEEN
from recado.model.risk import Risk, RiskModel
from recado.rules import times
from recado.rules.risk.learning import is_due
from recado.rules.risk.scoring import score
from recado.rules.risk.visits import Visit, age_at, visit_of
from recado.store import appointments, risks, tenants

AHEAD: Final = FORESEEN + 1
"""Days, with today."""


def foresee(tenant: str, now: datetime, after: Mapping[str, Any] | None = None) -> Watched:
    """A day's visits are judged, each once a day; `next` leads to the next day. First of all, once a week, it
    is learned anew. Nothing at a clinic that has not switched it on.

    What died in the middle goes on an hour later. Raises Unavailable.
    """
    clinic = tenants.get(tenant)
    if clinic.risk == "off":
        return Watched()
    model = risks.model(tenant)
    if model is None or is_due(model, now):
        learn_risk(tenant, now)
        return Watched(next={"day": 0})
    today = times.wall(now, clinic.timezone).date()
    day = int(after["day"]) if after else 0
    _judge(tenant, model, today, today + timedelta(days=day), now)
    return Watched(next={"day": day + 1} if day + 1 < AHEAD else None)


def _judge(tenant: str, model: RiskModel, today: date, day: date, now: datetime) -> None:
    visits = [one for one in appointments.of_day(tenant, day.isoformat()) if one.status == "booked"]
    known = risks.risks(tenant, [one.id for one in visits])
    for visit in visits:
        before = known.get(visit.id)
        if before is None or times.wall(before.at, visit.timezone).date() < today:
            foreseen(tenant, model, visit.id, now)


@again
def foreseen(tenant: str, model: RiskModel, appointment_id: str, now: datetime) -> Risk | None:
    """What is predicted of a visit, kept; None for one that is not booked any more.

    First the visit knows whether it is at risk, then why is written beside it: if that fails, it is judged
    again. Raises NotFound for one that is erased.
    """
    visit = appointments.get(tenant, appointment_id)
    if visit.status != "booked":
        return None
    records = load_person(tenant, visit.patient)
    own = visit_of(visit, age_at(_born(records), visit))
    risk = score(model, own, _visits(tenant, records, own), now)
    if visit.at_risk != risk.high:
        keep_visit(tenant, visit, visit.model_copy(update={"at_risk": risk.high}), now)
    risks.put_risk(tenant, visit.id, risk)
    return risk


def _born(records: Sequence[Patient]) -> date | None:
    told = (one.told["birth_date"].value for one in records if "birth_date" in one.told)
    known = next((each for each in told if len(each) == len("YYYY-MM-DD")), None)
    return date.fromisoformat(known) if known else None


def _visits(tenant: str, records: Sequence[Patient], own: Visit) -> list[Visit]:
    """All of the person's visits, under whichever record they were booked."""
    found = [visit for one in records for visit in appointments.of_patient(tenant, one.id)]
    return [visit_of(visit, None)._replace(patient=own.patient) for visit in found]
