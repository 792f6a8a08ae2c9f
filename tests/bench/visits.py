"""The ways of a visit: booked by self-service or the desk, told to another system, offered; and a call owed.

Like the others of ways.py, each is taken by somebody new on the same account.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bench.line import Line  # isort: skip - first of all it sets what recado.store reads

from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.find_slots import Wanted, find_slots
from recado.actions.join_waiting import Wanted as Wish
from recado.actions.join_waiting import join_waiting
from recado.actions.note_attempt import note_attempt
from recado.actions.place_visit import Visit
from recado.actions.subscribe import Wanted as System
from recado.actions.subscribe import subscribe
from recado.actions.sweep import sweep
from recado.model.schedule import AppointmentType, Practitioner, Schedule, WeeklySpan
from recado.model.tenant import OpeningHours
from recado.store import contacts, schedules, tenants

from tests.bench.bill import Bill
from tests.samples import text_message, webhook

TENANT = "boavista"
ALWAYS = tuple(OpeningHours(weekday=day, opens="00:00", closes="24:00") for day in range(7))
EHR = System("https://ehr.example/recado", fields=("start", "end", "patient"))


def open_practice() -> None:
    """Somebody sees patients every day, for half an hour each, who may book by themselves."""
    schedules.save_practitioner(TENANT, Practitioner(id="costa", name="Dra. Costa"))
    schedules.save_type(TENANT, AppointmentType(id="first", name="Consulta", minutes=30, bookable=True))
    week = tuple(WeeklySpan(weekday=day, begins="09:00", ends="18:00") for day in range(7))
    schedules.save_schedule(TENANT, Schedule(practitioner="costa", weekly=week, grid=30, entered=True))
    _change(hours=ALWAYS)


def booking(line: Line, sender: str) -> Bill:
    """The desk books a free time; the patient is told."""
    with line.metered() as bill:
        line.book({"name": "Maria Silva", "phone": f"+{sender}", **_free()})
        return bill()


def told(line: Line, sender: str) -> Bill:
    """The same, of a clinic with a system that is told of it."""
    subscription, _ = subscribe(TENANT, EHR, datetime.now(UTC), author="role:admin")
    tenants.forget()
    booking(line, f"{sender[:-1]}9")
    found = booking(line, sender)
    line.drop(subscription.id)
    return found


def turn(line: Line, sender: str) -> Bill:
    """Self-service has greeted; they choose, and are offered times."""
    _change(bot="on")
    line.receive(_text("Olá", sender, 1))
    with line.metered() as bill:
        line.receive(_text("1", sender, 2))
        found = bill()
    _change(bot="off")
    return found


def offer(line: Line, sender: str) -> Bill:
    """A time has become free, and the first who waits is asked whether they want it."""
    now = datetime.now(UTC)
    gone = book(TENANT, Person("Zeca Prado", f"+{sender[:-1]}7"), Visit(**_free()), now, author="agent:ana")
    kept = book(TENANT, Person("Maria Silva", f"+{sender}"), Visit(**_free()), now, author="agent:ana")
    wish = Wish(kept.patient, "first", instead_of=kept.id)
    join_waiting(TENANT, wish, now, author="agent:ana")
    cancel_appointment(TENANT, gone.id, now, author="agent:ana")
    line.carry()
    with line.metered() as bill:
        line.minute()
        return bill()


def call_due(line: Line, sender: str) -> Bill:
    """Days ago they were called in vain; now the time of the next call has come."""
    line.receive(_text("Bom dia!", sender, 1))
    open_now, _ = contacts.open_contacts(TENANT)
    contact = next(one for one in open_now if one.address == sender)
    then = datetime.now(UTC) - timedelta(days=9)
    note_attempt(TENANT, "ana", contact.id, "no_answer", then)
    sweep(TENANT, then + timedelta(minutes=5))
    line.carry()
    with line.metered() as bill:
        line.minute()
        return bill()


WAYS = {
    "self-service, one turn": turn,
    "booking with a schedule": booking,
    "the same, a system told": told,
    "waiting list's offer": offer,
    "time of a call has come": call_due,
}
OF_A_MINUTE = ("waiting list's offer", "time of a call has come")
"""Those that are shown net of the idle minute."""


def _change(**settings: Any) -> None:
    tenants.save_tenant(TENANT, tenants.fresh(TENANT).model_copy(update=settings))
    tenants.forget()


def _free() -> dict[str, Any]:
    """The first free time of the week after this one."""
    since = datetime.now(UTC) + timedelta(days=7)
    wanted = Wanted("first", "costa", since, since + timedelta(days=14))
    (found,) = find_slots(TENANT, wanted, datetime.now(UTC), most=1)
    return {"start": found.slot.begins.isoformat(), "practitioner_id": "costa", "type_id": "first"}


def _text(words: str, sender: str, number: int) -> dict[str, Any]:
    return webhook(text_message(words, f"wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIYFjNFQjA{sender}{number}", sender))
