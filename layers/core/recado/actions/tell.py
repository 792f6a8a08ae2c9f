"""A message about a visit, to the patient whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from recado import texts
from recado.actions.find_routes import keep_route
from recado.actions.reword import Words, reword
from recado.actions.write import filled, write
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.tenant import Tenant
from recado.rules import times
from recado.rules.appointments import invitation
from recado.rules.communications import communication_id
from recado.rules.reach import Letter, Route
from recado.rules.sending import withdrawn
from recado.store import contacts, patients, tenants
from recado.store.rows import Transaction

Notice = Literal["booked", "moved", "cancelled_by_clinic"]


def tell(tenant: str, appointment: Appointment, key: Notice, now: datetime, within: Transaction) -> None:
    """Tell the patient what became of their visit, in the transaction in which it became so.

    That transaction must also hold their consent (`patients.check_consent`, or a save of the patient).
    """
    message = about(tenant, appointment, key, key, now).model_copy(
        update={
            "purpose": "confirmation",
            "not_after": appointment.start,
            "invitation": invitation(appointment),
        }
    )
    contacts.save_communication(tenant, message, within)


def consents(tenant: str, appointment: Appointment) -> bool:
    """Whether the patient still takes messages about their care."""
    return "care" not in patients.get(tenant, appointment.patient).unwanted


def about(
    tenant: str,
    appointment: Appointment,
    name: str,
    key: str,
    now: datetime,
    *,
    route: Route | None = None,
    words: Words | None = None,
) -> Communication:
    """The message `name` of a visit's present schedule, to be sent; its text and template are `key`'s.

    By this route, else by the one that was chosen when it was booked; in the clinic's own `words`, where it
    has some. Its id follows from visit, schedule and name: there is one of each, whoever writes it.
    """
    values = about_visit(tenants.get(tenant), appointment, key)
    subject = f"{appointment.id}:{appointment.schedule}"
    template = reword(filled(key, appointment.language, values, subject), words or {})
    if route is None:
        booked_by = Route(appointment.channel, appointment.account, appointment.address)
        route = keep_route(tenant, appointment.patient, booked_by, Letter(template=True), now)
    message = write(message_id(tenant, appointment, name), route, template, now, patient=appointment.patient)
    return message.model_copy(update={"appointment": appointment.id})


def message_id(tenant: str, appointment: Appointment, name: str) -> str:
    """The id of the message `name` about a visit as it is put now."""
    own = f"appointment:{appointment.id}:{appointment.schedule}:{name}"
    return communication_id(tenant, "recado", appointment.account, own)


def withdraw(tenant: str, appointment: Appointment, reason: str, within: Transaction) -> None:
    """Take back what was written about a visit as it was put, and has not been sent.

    The transaction then raises Stale when delivery was faster.
    """
    steps = [one.step for one in appointment.reminders if one.state == "sent"]
    for name in ("booked", "moved", *steps):
        for message in with_stand_ins(tenant, message_id(tenant, appointment, name)):
            if message.state == "queued":
                contacts.save_communication(tenant, withdrawn(message, reason), within)
            elif message.state == "unknown" and message.due_at:
                # It may have arrived, so it stays unknown; but it does not go out a second time.
                stopped = message.model_copy(update={"due_at": None})
                contacts.save_communication(tenant, stopped, within)


def with_stand_ins(tenant: str, own_id: str) -> Iterator[Communication]:
    """A message, if it was written, and what went in its stead after it had failed."""
    following: str | None = own_id
    while following and (message := contacts.find_communication(tenant, following)):
        yield message
        following = message.replaced_by


def about_visit(clinic: Tenant, appointment: Appointment, key: str) -> dict[str, str]:
    """The values that the text `key` takes of a visit: its closed set, and nothing else."""
    there = times.elsewhere(appointment.start, appointment.timezone, appointment.own_timezone)
    date, time = texts.when(datetime.fromisoformat(appointment.local_start), appointment.language, there)
    values = {
        "name": appointment.patient_name or "",
        "clinic": clinic.name,
        "practitioner": appointment.practitioner,
        "phone": clinic.phone,
        "link": clinic.review_link,
        "date": date,
        "time": time,
    }
    return {name: values[name] for name in texts.VARIABLES[key]}
