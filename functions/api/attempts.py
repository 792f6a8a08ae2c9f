"""Attempts to reach somebody whom the clinic missed, and what is late."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from recado.model.follow_up import AttemptOutcome
from recado.model.record import iso
from recado.store import tenants
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.contact_answers import Contact, contact_of
from api.reading import Asked, Version
from api.resource import Call, Resource

resource = Resource(__name__)


class Noted(Asked):
    """What came of a call: `reached` leaves the contact with its agent, `booked` and `declined` settle it;
    after any other the patient is asked for a time, and called again at another hour of another day."""

    outcome: AttemptOutcome
    note: Annotated[str, Field(max_length=2000)] = ""
    version: Version = None


class Breach(TypedDict):
    """A contact that is late, or of which something is wrong.

    `owed`: an answer to a `message`, an `email` or a `form`; the first `callback`, another `attempt`, an
    `agreed_call`; a call about a visit that is `unconfirmed`; a look at what else is `unread`. `late_s`: for
    how long. `problem`: nobody owns it, or it is stuck: an operator should look.
    """

    contact: Contact
    owed: (
        Literal["message", "email", "form", "callback", "attempt", "agreed_call", "unconfirmed", "unread"]
        | None
    )
    since: Moment | None
    deadline_at: Moment | None
    late_s: int
    problem: (
        Literal["no_owner", "not_routed", "not_handled", "not_looked_after", "closed_without_reason"] | None
    )


@resource.route(
    "POST", "/contacts/{id}/attempts", "note_attempt", Contact, status=201, body=Noted, keyed=True
)
def note(call: Call, contact_id: str, body: Noted) -> Contact:
    """Say what came of a call to somebody whom the clinic missed; the contact as it is then.

    The same Idempotency-Key again is the same attempt. A call of which the telephone system tells as well
    counts once.
    """
    from recado.actions.note_attempt import note_attempt  # noqa: PLC0415 - only this route needs it

    def noted() -> Contact:
        after = note_attempt(
            call.tenant,
            call.agent,
            contact_id,
            body.outcome,
            call.now,
            note=body.note,
            version=body.version,
            once=call.own_key,
        )
        return contact_of(tenants.get(call.tenant), after)

    return call.once(noted)


@resource.route("GET", "/breaches", "list_breaches", Page[Breach])
def list_breaches(call: Call) -> Page[Breach]:
    """What is late now, and what nobody sees to: problems first, then the longest overdue."""
    from recado.actions import find_breaches as action  # noqa: PLC0415 - only this route needs it

    clinic = tenants.get(call.tenant)

    def shown(one: action.Breach) -> Breach:
        due = one.deadline
        return {
            "contact": contact_of(clinic, one.contact),
            "owed": due.kind if due else None,
            "since": iso(due.since) if due else None,
            "deadline_at": iso(due.at) if due else None,
            "late_s": int((call.now - due.at).total_seconds()) if due else 0,
            "problem": one.problem,
        }

    return page([shown(one) for one in action.find_breaches(call.tenant, call.now)])
