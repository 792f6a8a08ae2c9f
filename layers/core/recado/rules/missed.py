"""What a settled call means for the patient's contacts, and what we write to them about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.model.call import Call
from recado.model.communication import CallOutcome, Communication
from recado.model.contact import Callback, Contact
from recado.model.follow_up import Why
from recado.model.patient import Origin
from recado.model.tenant import TEXT_BACK_DELAY, Tenant
from recado.rules import follow_ups
from recado.rules.calls import MISSED, OWED, facts
from recado.rules.communications import communication_id
from recado.rules.contacts import closed
from recado.rules.times import wall

TEXT_BACK_WITHIN: Final = timedelta(hours=1)
"""A text about a call that is longer ago than this would only puzzle."""

ANSWERED: Final = "answered"
SELF_SERVED: Final = "self_service"
WITHHELD: Final = "withheld_number"
REDIALLED: Final = "reached_on_redial"
MERGED: Final = "merged"
"""Dispositions that nobody has to choose: the call itself says them."""


def dialled(call: Call) -> Origin | None:
    """What brought a caller: the number that they dialled, in digits (R75)."""
    return Origin(type="number", id=call.dialled.removeprefix("+")) if call.dialled else None


def settled(
    contact: Contact, call: Call, outcome: CallOutcome, clinic: Tenant, *, redialled: bool
) -> Contact:
    """The call's own contact, as the call says it should be; what people have done with it since stays.

    It opens when the caller begins to wait for a person: a service level counts from there (K11), not from
    the menu. `redialled`: the same person has got through since, so that nothing is owed.
    """
    known = facts(call)
    began = known.queued_at or known.initiated_at
    ended_at = known.ended_at or contact.opened_at
    missed = outcome in OWED and call.caller is not None
    owed = missed and not redialled
    callback = contact.callback if contact.version else _callback(call, ended_at, clinic)
    now_is = contact.model_copy(
        update={
            "reason": "missed_call" if outcome in MISSED else "call",
            "opened_at": began or contact.opened_at,
            "waiting_since": began or contact.waiting_since,
            "answered_at": _answered_at(call, outcome) or contact.answered_at,
            "callback": callback if owed else None,
            "follow_up": follow_ups.begun(contact, ended_at, call.caller or "") if missed else None,
            "origin": contact.origin or dialled(call),
        }
    )
    if owed or contact.state not in ("new", "waiting") or contact.channel != "voice":
        return now_is
    return closed(now_is, REDIALLED if redialled else _disposition(outcome), known.last_at or ended_at)


def called_again(contact: Contact, at: datetime) -> Contact:
    """One more missed call of somebody to whom a call is owed already: the first one's deadline stands. Who
    is at the telephone just now is not left until a later attempt."""
    last = max(at, contact.last_inbound_at or at)
    again = contact.model_copy(update={"last_inbound_at": last, "unread": contact.unread + 1})
    return follow_ups.woken(again, last)


def reached(contact: Contact, call: Call) -> Contact:
    """The person got through after they had last been missed: nobody has to call them any more.

    Where they have written as well, or an agent has taken it, only the callback is off.
    """
    known = facts(call)
    if known.answered_at is None or known.answered_at < (contact.last_inbound_at or contact.opened_at):
        return contact
    over = follow_ups.ended(contact.follow_up, "reached", known.answered_at)
    settled_by_call = contact.model_copy(update={"callback": None, "follow_up": over})
    if contact.state not in ("new", "waiting", "scheduled") or contact.channel != "voice":
        return settled_by_call
    return closed(settled_by_call, REDIALLED, known.last_at or known.answered_at)


def redialled(latest: Contact | None, call: Call) -> bool:
    """Whether the caller has got through since this call, as their latest contact says."""
    since = facts(call).initiated_at
    if call.caller is None or since is None or latest is None or latest.reason != "call":
        return False
    return latest.answered_at is not None and latest.answered_at > since


def merged(contact: Contact, into: Contact) -> Contact:
    """The call turned out to be somebody's: their contact counts, and this one does not."""
    update = {"merged_into": into.id, "disposition": MERGED, "callback": None}
    return contact.model_copy(update=update)


def owes_call(contact: Contact | None) -> bool:
    """Whether a missed call is still open in it."""
    return contact is not None and contact.state != "closed" and contact.callback is not None


def text_back_id(clinic: Tenant, caller: str, at: datetime) -> str:
    """The id of the one text-back about a number's calls of a day of the clinic's calendar."""
    day = wall(at, clinic.timezone).date().isoformat()
    return communication_id(clinic.id, "recado", "", f"text-back/{caller}/{day}")


def text_back_times(ended_at: datetime) -> dict[str, datetime]:
    """Not before a redial had its chance, not after the call is forgotten; the sweep sends it."""
    start = ended_at + TEXT_BACK_DELAY
    return {"not_before": start, "due_at": start, "not_after": ended_at + TEXT_BACK_WITHIN}


def writes_again(earlier: Communication | None, ended_at: datetime) -> bool:
    """Whether a missed call that ended then is written about, after the day's earlier text-back, if any.

    One that came to nothing is no text: a later missed call deserves its own. One that went out, or still
    may, is; and what became of a call's own text is not tried again, whatever is heard of that call later.
    """
    if earlier is None:
        return True
    about = earlier.not_before or earlier.at
    return not was_written(earlier) and about < ended_at + TEXT_BACK_DELAY


def was_written(text: Communication | None) -> bool:
    """Whether this text went out, or still may: what came to nothing is none."""
    return text is not None and text.state not in ("withdrawn", "expired", "failed")


def withdrawable(communication: Communication | None) -> bool:
    """Whether it can still be kept from being sent."""
    return communication is not None and communication.state == "queued"


def _answered_at(call: Call, outcome: CallOutcome) -> datetime | None:
    known = facts(call)
    # A menu answers at once.
    return known.initiated_at if outcome == "self_served" else known.answered_at


def _callback(call: Call, ended_at: datetime, clinic: Tenant) -> Callback:
    from recado.rules import hours  # noqa: PLC0415 - most of what a flow asks is about no missed call

    due_at = hours.after_open(clinic, ended_at, timedelta(minutes=clinic.callback_target_minutes))
    return Callback(phone=call.caller or "", due_at=due_at, why=Why(kind="target"))


def _disposition(outcome: CallOutcome) -> str:
    if outcome == "answered":
        return ANSWERED
    return SELF_SERVED if outcome == "self_served" else WITHHELD
