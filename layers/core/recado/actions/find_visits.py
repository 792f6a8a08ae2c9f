"""Which visits of theirs somebody may mean."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.actions.list_appointments import upcoming
from recado.channels import traits_of
from recado.model.appointment import Appointment
from recado.rules.disclosure import may_disclose
from recado.rules.flows.choices import choice
from recado.rules.flows.scene import Done, Scene
from recado.rules.identity import contact_points
from recado.store import patients

MOST = 4
"""Of somebody with more, a person sees to it."""


def find_visits(tenant: str, scene: Scene) -> Done:
    """Those to come of the record that the message is from. Nothing is said of them (`hidden`) unless it is
    sure who is there (rules.disclosure)."""
    record = patients.get(tenant, scene.contact.recipient)
    if not _is_sure(tenant, scene, record.keeper):
        return Done("hidden")
    coming = [one for one in upcoming(tenant, record) if one.status == "booked" and scene.now < one.start]
    if not coming:
        return Done("none")
    if len(coming) > MOST:
        return Done("hidden")
    return _one(coming[0], scene) if len(coming) == 1 else _several(coming, scene)


def _is_sure(tenant: str, scene: Scene, keeper: str) -> bool:
    said = scene.communication
    points = contact_points((system, said.address) for system in traits_of(said.channel).systems)
    for point in points:
        links = patients.view(tenant, point).links
        there = may_disclose(links, scene.now) if links else None
        if there is not None:
            return there.keeper == keeper
    return False


def _one(visit: Appointment, scene: Scene) -> Done:
    date, time = texts.when(_wall(visit), scene.contact.language)
    return Done("one", {"visit": _value(visit), "date": date, "time": time})


def _several(visits: list[Appointment], scene: Scene) -> Done:
    language = scene.contact.language
    options = tuple((_value(one), texts.short(_wall(one), language)) for one in visits)
    told = "\n".join(", ".join(texts.when(_wall(one), language)) for one in visits)
    return Done("several", {"visits": told}, options)


def _value(visit: Appointment) -> str:
    return choice(_wall(visit), visit.id)


def _wall(visit: Appointment) -> datetime:
    return datetime.fromisoformat(visit.local_start)
