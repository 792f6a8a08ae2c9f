"""The numbers: facts of what happened, their fold, and each KPI as a pure function of folds.

Sources are the R and K numbers of the requirements. A definition that changes gets a new version; it is never
changed under its old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.interval import ContactFact, IntervalTotal, MessageFact, Messages, Now, interval_of
from recado.model.patient import ANONYMOUS
from recado.model.tenant import Tenant

Fact = ContactFact | MessageFact


def contact_facts(after: Contact, before: Contact | None) -> list[ContactFact]:
    """What a change of a contact says of the intervals: nothing when it changes no number.

    A contact counts where it was opened. A call may turn out to have begun earlier than was thought: then the
    interval it was counted in is told that it is gone.
    """
    now_is = _contact_fact(after)
    if before is None:
        return [now_is]
    was = _contact_fact(before).model_copy(update={"version": after.version})
    if was == now_is:
        return []
    moved = interval_of(before.opened_at) != interval_of(after.opened_at)
    return [now_is, was.model_copy(update={"gone": True})] if moved else [now_is]


def _contact_fact(contact: Contact) -> ContactFact:
    return ContactFact(
        contact=contact.id,
        version=contact.version,
        patient=contact.patient,
        channel="voice" if contact.reason in ("call", "missed_call") else contact.channel,
        reason=contact.reason,
        state=contact.state,
        opened_at=contact.opened_at,
        answered_at=contact.answered_at,
        closed_at=contact.closed_at,
        gone=contact.merged_into is not None,
    )


def message_facts(after: Communication, before: Communication | None) -> list[MessageFact]:
    """What a change of a communication says of its interval: nothing when it changes no number.

    Nearly all changes are about its delivery; but a call may turn out to be somebody else's.
    """
    now_is = _message_fact(after)
    unchanged = before is not None and _message_fact(before).model_copy(update={"version": after.version})
    return [] if unchanged == now_is else [now_is]


def _message_fact(communication: Communication) -> MessageFact:
    return MessageFact(
        id=communication.id,
        version=communication.version,
        patient=communication.patient,
        channel=communication.channel,
        direction=communication.direction,
        at=communication.at,
    )


def fold(start: datetime, facts: Iterable[Fact], clinic: Tenant) -> IntervalTotal:
    """All facts of an interval as its total. Their order does not matter."""
    known = list(facts)
    contacts = [fact for fact in known if isinstance(fact, ContactFact) and _counts(fact)]
    messages = [fact for fact in known if isinstance(fact, MessageFact)]
    waits = [(fact.channel, _wait_s(fact)) for fact in contacts if _answered(fact)]
    return IntervalTotal(
        start=start,
        offered=len(contacts),
        handled=sum(fact.closed_at is not None or fact.answered_at is not None for fact in contacts),
        waiting=sum(fact.state in ("new", "waiting") for fact in contacts),
        answered=len(waits),
        answered_in_target=sum(wait <= _target_s(channel, clinic) for channel, wait in waits),
        wait_s_total=sum(wait for _, wait in waits),
        abandoned=sum(fact.reason == "missed_call" for fact in contacts),
        patients=_heard(contacts, messages),
        messages=_by_channel(messages),
    )


def _counts(fact: ContactFact) -> bool:
    return not fact.gone and fact.reason != "undelivered"


def _answered(fact: ContactFact) -> bool:
    # A missed call that is called back was abandoned all the same: K11 counts it once, as that.
    return fact.answered_at is not None and fact.reason != "missed_call"


def _wait_s(fact: ContactFact) -> int:
    answered_at = fact.answered_at or fact.opened_at
    return max(0, int((answered_at - fact.opened_at).total_seconds()))


def _target_s(channel: str, clinic: Tenant) -> int:
    return clinic.call_target_seconds if channel == "voice" else clinic.message_target_seconds


def _heard(contacts: Sequence[ContactFact], messages: Sequence[MessageFact]) -> frozenset[str]:
    wrote = {fact.patient for fact in messages if fact.direction == "inbound"}
    # Nobody knows how many people are behind withheld numbers.
    return frozenset((wrote | {fact.patient for fact in contacts}) - {ANONYMOUS})


def _by_channel(messages: Sequence[MessageFact]) -> dict[str, Messages]:
    counted = {}
    for channel in sorted({fact.channel for fact in messages}):
        directions = [fact.direction for fact in messages if fact.channel == channel]
        counted[channel] = Messages(
            inbound=directions.count("inbound"), outbound=directions.count("outbound")
        )
    return counted


def standing(open_contacts: Iterable[Contact], now: datetime) -> Now:
    """How the desk stands: who waits, since when, and who is being looked after."""
    contacts = list(open_contacts)
    waiting = [contact.waiting_since for contact in contacts if contact.state in ("new", "waiting")]
    oldest = int((now - min(waiting)).total_seconds()) if waiting else None
    return Now(
        waiting=len(waiting),
        assigned=sum(contact.state == "assigned" for contact in contacts),
        oldest_wait_s=None if oldest is None else max(0, oldest),
    )


Totals = Sequence[IntervalTotal]


def offered(totals: Totals) -> int:
    """Contacts that were opened."""
    return sum(total.offered for total in totals)


def handled(totals: Totals) -> int:
    """Contacts opened in the period that have been closed or answered by now."""
    return sum(total.handled for total in totals)


def waiting(totals: Totals) -> int:
    """Contacts opened in the period that nobody has yet."""
    return sum(total.waiting for total in totals)


def answered(totals: Totals) -> int:
    """Contacts opened in the period that were answered before the patient gave up."""
    return sum(total.answered for total in totals)


def answered_in_target(totals: Totals) -> int:
    """Those of them answered within the clinic's time for their channel."""
    return sum(total.answered_in_target for total in totals)


def wait_s_total(totals: Totals) -> int:
    """Seconds that the answered ones waited."""
    return sum(total.wait_s_total for total in totals)


def abandoned(totals: Totals) -> int:
    """Calls whose caller hung up first."""
    return sum(total.abandoned for total in totals)


def unique_records(totals: Totals) -> int:
    """People heard in the period: a union, since who comes twice is one person."""
    return len(frozenset().union(*(total.patients for total in totals)))


def average_wait_s(totals: Totals) -> float | None:
    """Seconds that an answered contact waited, on average; none when nothing was answered."""
    count = answered(totals)
    return round(wait_s_total(totals) / count, 1) if count else None


def service_level(totals: Totals) -> float | None:
    """The share answered in target, of all answered or abandoned (0 to 1); none when there are none."""
    count = answered(totals) + abandoned(totals)
    return round(answered_in_target(totals) / count, 4) if count else None


def messages(totals: Totals) -> dict[str, Messages]:
    """Communications by channel and direction."""
    return {
        channel: Messages(
            inbound=sum(total.messages[channel].inbound for total in totals if channel in total.messages),
            outbound=sum(total.messages[channel].outbound for total in totals if channel in total.messages),
        )
        for channel in sorted({channel for total in totals for channel in total.messages})
    }


class Kpi(NamedTuple):
    """A number with a name: `id` and `version` say which definition it is, `source` what asks for it."""

    id: str
    version: int
    name: str
    source: str
    formula: Callable[[Totals], int | float | dict[str, Messages] | None]


KPIS: Final[tuple[Kpi, ...]] = (
    Kpi("offered", 1, "Contacts offered", "R31, denominator of K10-K12", offered),
    Kpi("handled", 1, "Contacts handled", "R83", handled),
    Kpi("waiting", 1, "Contacts waiting", "R24", waiting),
    Kpi("answered", 1, "Contacts answered", "R39, of K11", answered),
    Kpi("answered_in_target", 1, "Contacts answered in target", "R39, of K11", answered_in_target),
    Kpi("wait_s_total", 1, "Seconds waited by the answered", "R74, of K43", wait_s_total),
    Kpi("abandoned", 1, "Calls abandoned", "R38, of K10", abandoned),
    Kpi("K1", 2, "unique_records", "R16, K1", unique_records),
    Kpi("K11", 1, "service_level", "R39, K11 with S = 0 s", service_level),
    Kpi("K43", 1, "average_wait_s", "R39, K43", average_wait_s),
    Kpi("messages", 1, "Messages by channel", "R84", messages),
)
"""All that a report holds, in its order."""
