"""What a change of a visit says of the numbers, as facts. Pure."""

from __future__ import annotations

from datetime import datetime

from recado.model.appointment import Appointment, Change
from recado.model.visit_fact import VisitFact


def visit_facts(after: Appointment, before: Appointment | None) -> list[VisitFact]:
    """Nothing when it changes no number. Each time that a visit is put to is a fact of its own; when it is
    put to another, the old one is told so. One that is erased counts as it did."""
    if after.erased_at is not None:
        return []
    now_is = fact_of(after)
    if before is None:
        return [now_is]
    was = fact_of(before).model_copy(update={"version": after.version})
    if was == now_is:
        return []
    return [now_is] if was.schedule == now_is.schedule else [now_is, moved(was, now_is.put_at)]


def fact_of(visit: Appointment) -> VisitFact:
    """What a visit adds to the day that it is on now."""
    return VisitFact(
        appointment=visit.id,
        schedule=visit.schedule,
        version=visit.version,
        patient=visit.patient,
        channel=visit.channel,
        practitioner=visit.practitioner_id or "",
        type=visit.type_id or "",
        day=visit.local_start[:10],
        start=visit.start,
        minutes=visit.minutes,
        put_at=_last(visit, "booked", "moved") or visit.created_at,
        status=visit.status,
        off_at=_last(visit, "cancelled") if visit.status == "cancelled" else None,
        reminded_from=min((one.due_at for one in visit.reminders if one.state == "sent"), default=None),
    )


def moved(fact: VisitFact, at: datetime) -> VisitFact:
    """The visit is not at this time any more, since then."""
    return fact.model_copy(update={"moved": True, "off_at": at})


def _last(visit: Appointment, *what: Change) -> datetime | None:
    return max((one.at for one in visit.history if one.what in what), default=None)
