"""Which visits patients may book, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from recado import texts
from recado.actions.find_own_visits import find_own_visits
from recado.actions.find_slots import LONGEST, Free, Wanted, find_slots
from recado.actions.list_appointments import upcoming
from recado.actions.load_chosen import load_chosen
from recado.errors import Invalid, NotFound
from recado.model.patient import Patient
from recado.model.record import iso
from recado.rules.appointments import is_by_patient
from recado.rules.flows import wishes
from recado.rules.flows.choices import choice
from recado.rules.flows.scene import Done, Scene
from recado.rules.identity import is_visitor
from recado.rules.overlaps import LONGEST as LONGEST_VISIT
from recado.rules.overlaps import is_busy
from recado.store import patients, schedules

AT_ONCE: Final = 3
"""So many times are offered at once: three fit a small screen, and a voice."""
TITLE: Final = 20
MOST_TYPES: Final = 6
MOST_BOOKED: Final = 4
"""Visits to come that somebody has booked by themselves: of who wants more than so many, a person sees to it,
so that nobody books a clinic's whole week."""


def offer_types(tenant: str, scene: Scene) -> Done:
    """The types of visit that patients may book by themselves, while they have not booked too many; none for
    a chat visitor, to whom nobody could tell that a visit is moved."""
    record = patients.get(tenant, scene.contact.recipient)
    if is_visitor(record.live) or _booked(tenant, scene, record) >= MOST_BOOKED:
        return Done("none")
    practice = schedules.recent(tenant)
    types = sorted(
        (one for one in practice.types.values() if one.active and one.bookable), key=lambda one: one.name
    )
    titles = {one.name[:TITLE]: one.id for one in types}
    if not titles:
        return Done("none")
    if len(titles) == 1:
        return Done("one", {"type": types[0].id})
    return Done("several", options=tuple((found, title) for title, found in titles.items())[:MOST_TYPES])


def _booked(tenant: str, scene: Scene, record: Patient) -> int:
    coming = upcoming(tenant, record)
    mine = (one for one in coming if is_by_patient(one.created_by) and scene.now < one.start)
    return sum(one.status == "booked" for one in mine)


def offer_slots(tenant: str, scene: Scene) -> Done:
    """The next free times, spread over half days, behind those that were offered before, and none at which
    they have another visit. For a visit that is to be moved: of its type, and with whom it is. Those that
    they asked for in their own words, if there are any; else they are told so, and offered the nearest."""
    wanted = _wanted(tenant, scene)
    if wanted is None:
        return Done("none")
    try:
        free = _theirs(tenant, scene, wanted, find_slots(tenant, wanted, scene.now, by_patient=True))
    except Invalid:
        return Done("none")
    if not free:
        return Done("none")
    wish = wishes.read(scene.data.get("wish", ""))
    fitting = _once(one for one in free if _fits(one, wish))
    if not fitting:
        return _found(scene, _nearest(free, wish), {"wish": ""}, "wish_none")
    return _found(scene, fitting[:AT_ONCE] if wish.is_timed else _spread(fitting), {}, "")


def _found(scene: Scene, offered: list[Free], data: dict[str, str], says: str) -> Done:
    language = scene.contact.language
    options = tuple((_value(one), texts.short(one.slot.wall, language)) for one in offered)
    told = texts.render(says, language) if says else ""
    return Done("found", {**data, "offered": iso(offered[-1].slot.begins)}, options, says=told)


def _fits(one: Free, wish: wishes.Wish) -> bool:
    """Whether it is what they asked for."""
    return wish.practitioner in ("", one.practitioner.id) and wish.fits(one.slot.wall)


def _nearest(free: list[Free], wish: wishes.Wish) -> list[Free]:
    """What comes nearest to what they asked for: with whom they would like to come, if they have a time."""
    own = _once([one for one in free if one.practitioner.id == wish.practitioner] or free)
    if not wish.is_timed:
        return _spread(own)
    nearest = sorted(own, key=lambda one: (wish.far(one.slot.wall), one.slot.begins))[:AT_ONCE]
    return sorted(nearest, key=lambda one: one.slot.begins)


def _wanted(tenant: str, scene: Scene) -> Wanted | None:
    offered = scene.data.get("offered")
    since = datetime.fromisoformat(offered) + timedelta(minutes=1) if offered else scene.now
    if "visit" not in scene.data:
        return Wanted(scene.data.get("type", ""), None, since, since + LONGEST)
    try:
        visit = load_chosen(tenant, scene)
    except NotFound:
        return None
    if visit.type_id is None:
        return None
    return Wanted(visit.type_id, visit.practitioner_id, since, since + LONGEST, visit.id)


def _theirs(tenant: str, scene: Scene, wanted: Wanted, free: list[Free]) -> list[Free]:
    """Those at which they can come: nobody is in two places at once."""
    record = patients.get(tenant, scene.contact.recipient)
    visits = find_own_visits(tenant, record, wanted.since, wanted.until + LONGEST_VISIT)
    return [one for one in free if not is_busy(visits, one.slot.begins, one.type.minutes, but=wanted.moves)]


def _once(free: Iterable[Free]) -> list[Free]:
    """Each time once, whoever has it."""
    times: dict[datetime, Free] = {}
    for one in free:
        times.setdefault(one.slot.begins, one)
    return list(times.values())


def _spread(free: Iterable[Free]) -> list[Free]:
    """The first time of each half day, so that there is something to choose from."""
    halves: dict[tuple[object, bool], Free] = {}
    for one in free:
        halves.setdefault((one.slot.wall.date(), one.slot.wall.hour >= 13), one)
        if len(halves) == AT_ONCE:
            break
    return list(halves.values())


def _value(free: Free) -> str:
    return choice(free.slot.wall, free.practitioner.id)
