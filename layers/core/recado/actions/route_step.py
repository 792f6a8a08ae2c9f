"""By which line does a step about a visit go?"""

from __future__ import annotations

from datetime import datetime

from recado.actions.find_routes import find_routes
from recado.actions.load_contact import latest_with
from recado.actions.tell import message_id, with_stand_ins
from recado.channels import family
from recado.model.appointment import Appointment
from recado.model.policy import Step
from recado.rules.reach import Letter, Route, may_ring, person_of
from recado.store import patients


def route_step(tenant: str, visit: Appointment, step: Step, now: datetime) -> Route:
    """Of a step with channels of its own, the first of them that reaches the patient, after what they prefer
    themselves; of one that goes by another channel than those before it, such a one, where there is one.
    """
    record = patients.get(tenant, visit.patient)
    who = person_of(record, latest_with(tenant, record))
    who = who._replace(preferred=(*who.preferred, *step.channels))
    rings = step.purpose == "reminder" and may_ring(record)
    tried = gone_by(tenant, visit) if step.by == "other_channel" else ()
    for letter in (Letter(template=True, tried=tried, rings=rings), Letter(template=True)):
        if found := find_routes(tenant, who, letter, now):
            return found[0]
    return Route(visit.channel, visit.account, visit.address)


def gone_by(tenant: str, visit: Appointment) -> tuple[str, ...]:
    """The marks (rules.reach.mark) of the channels by which the earlier steps went."""
    sent = [message_id(tenant, visit, one.step) for one in visit.reminders if one.state == "sent"]
    went = (message for own_id in sent for message in with_stand_ins(tenant, own_id))
    return tuple({f"{family(one.channel)}/*" for one in went})
