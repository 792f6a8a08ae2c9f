"""Who of those who wait is asked whether they want a time?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from recado import texts
from recado.actions.find_own_visits import find_own_visits
from recado.actions.find_policy import find_policy
from recado.actions.find_routes import find_routes
from recado.actions.load_contact import latest_with
from recado.actions.look_at_time import Ground
from recado.actions.write import filled, write
from recado.model.communication import Communication
from recado.model.patient import Patient
from recado.model.schedule import AppointmentType
from recado.model.waiting import Offer, WaitingEntry
from recado.rules import quiet, times
from recado.rules import waiting as rules
from recado.rules.communications import communication_id
from recado.rules.overlaps import is_busy
from recado.rules.reach import Letter, person_of
from recado.rules.slots import zone_of
from recado.store import appointments, patients


class Occasion(NamedTuple):
    """A time that is to be offered now: the offer as it would be, where, and all who are on the list."""

    offer: Offer
    ground: Ground
    entries: Sequence[WaitingEntry]
    now: datetime

    @property
    def timezone(self) -> str:
        """Where the practitioner is."""
        return zone_of(self.ground.clinic, self.ground.schedule)


class Invited(NamedTuple):
    """Somebody who is to be asked, and how; `others`: what else they wait for."""

    entry: WaitingEntry
    kind: AppointmentType
    message: Communication
    contact_point: str
    others: Sequence[WaitingEntry]


def invite(tenant: str, occasion: Occasion, but: Collection[str] = ()) -> list[Invited]:
    """The next ones in order whom the time suits and who can be asked now: as many as it asks at once.

    Nobody who has an offer already gets another one, nobody on `but`, and nobody who has a visit elsewhere
    then. Nothing is saved.
    """
    busy = {one.patient for one in occasion.entries if one.state == "offered"}
    found: list[Invited] = []
    for entry in rules.in_order(occasion.entries):
        if len(found) >= occasion.ground.clinic.offer_at_once:
            break
        if entry.patient in busy or entry.id in but or not _suits(tenant, occasion, entry):
            continue
        if (one := ask(tenant, occasion, entry)) is not None and not is_elsewhere(tenant, occasion, one):
            found.append(one)
            busy.add(entry.patient)
    return found


def _suits(tenant: str, occasion: Occasion, entry: WaitingEntry) -> bool:
    ground, begins = occasion.ground, occasion.offer.begins
    kind = ground.types.get(entry.type_id)
    time = rules.Time(ground.practitioner, begins, occasion.timezone)
    if kind is None or not rules.fits(entry, time, kind) or not ground.takes(kind, begins, occasion.now):
        return False
    visit = appointments.find(tenant, entry.instead_of) if entry.instead_of else None
    return visit is None or visit.status != "booked" or begins < visit.start


def is_elsewhere(tenant: str, occasion: Occasion, one: Invited) -> bool:
    """Whether they have another visit at that time than the one that would come earlier by it."""
    begins, minutes = occasion.offer.begins, one.kind.minutes
    record = patients.get(tenant, one.entry.patient)
    visits = find_own_visits(tenant, record, begins, begins + timedelta(minutes=minutes))
    return is_busy(visits, begins, minutes, but=one.entry.instead_of or "")


def ask(tenant: str, occasion: Occasion, entry: WaitingEntry) -> Invited | None:
    """How this one is asked, whether it suits them or not; none: they are not to be written to now."""
    patient = patients.find(tenant, entry.patient)
    point = patient.primary if patient else None
    if patient is None or patient.erased_at or point is None or not patient.name:
        return None
    policy = quiet.narrower(find_policy(tenant, entry.type_id), patient.quiet)
    permitted = quiet.permits(policy, occasion.now, occasion.ground.clinic.timezone)
    message = _message(tenant, occasion, entry, patient) if permitted else None
    if message is None or "care" in patient.unwanted:
        return None
    others = [one for one in occasion.entries if one.patient == entry.patient and one.id != entry.id]
    kind = occasion.ground.types[entry.type_id]
    return Invited(entry, kind, message, f"{point.system}#{point.value}", others)


def _message(tenant: str, occasion: Occasion, entry: WaitingEntry, patient: Patient) -> Communication | None:
    """None: no channel of the clinic's reaches them."""
    offer, now = occasion.offer, occasion.now
    language = patient.language or occasion.ground.clinic.language
    values = _values(occasion, patient, language)
    template = filled("offer_slot", language, values, f"{entry.id}:{entry.offers + 1}")
    found = find_routes(tenant, person_of(patient, latest_with(tenant, patient)), Letter(), now, template)
    if not found:
        return None
    message = write(message_id(tenant, offer, entry.id), found[0], template, now, patient=patient.id)
    return message.model_copy(update={"purpose": "offer", "not_after": offer.until})


def message_id(tenant: str, offer: Offer, entry: str, name: str = "asked") -> str:
    """The id of what is said about an offer to one of those who were asked."""
    return communication_id(tenant, "recado", "offer", f"{offer.id}:{entry}:{name}")


def _values(occasion: Occasion, patient: Patient, language: str) -> dict[str, str]:
    ground, offer, zone = occasion.ground, occasion.offer, occasion.timezone
    own = times.elsewhere(offer.begins, zone, patient.timezone)
    date, time = texts.when(times.wall(offer.begins, zone), language, own)
    ends, today = times.wall(offer.until, zone), times.wall(occasion.now, zone)
    last_day, until = texts.when(ends, language)
    return {
        "name": patient.name or "",
        "clinic": ground.clinic.name,
        "date": date,
        "time": time,
        "until": until if ends.date() == today.date() else f"{last_day}, {until}",
    }
