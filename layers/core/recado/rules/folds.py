"""What facts count: by channel in an interval, and together in any longer time.

What several intervals or channels count together is one more `Counts` (`whole`), so that every KPI is the
same formula for one channel and for all (R84).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from recado.model.interval import (
    ContactFact,
    Counts,
    IntervalTotal,
    MessageFact,
    Newcomer,
)
from recado.model.outcomes import AttemptFact
from recado.model.patient import ANONYMOUS
from recado.model.tenant import Tenant
from recado.rules import outcomes
from recado.rules.day_parts import slot_of
from recado.rules.follow_ups import SPOKEN

Fact = ContactFact | MessageFact

UNKNOWN: Final = "unknown"
"""The origin of whom nothing tells what brought them; the kind of whom nothing tells what they are."""


def fold(start: datetime, facts: Iterable[Fact], clinic: Tenant) -> IntervalTotal:
    """All facts of an interval as its total. Their order does not matter."""
    known = [fact for fact in facts if isinstance(fact, MessageFact) or _counts(fact)]
    kinds = {
        kind: _by_channel([fact for fact in known if (fact.kind or UNKNOWN) == kind], clinic)
        for kind in sorted({fact.kind or UNKNOWN for fact in known})
    }
    return IntervalTotal(
        start=start,
        channels=_by_channel(known, clinic),
        kinds=kinds,
        outcomes=outcomes.fold(known, clinic),
    )


def _by_channel(facts: Sequence[Fact], clinic: Tenant) -> dict[str, Counts]:
    return {
        channel: _fold([fact for fact in facts if fact.channel == channel], clinic)
        for channel in sorted({fact.channel for fact in facts})
    }


def _fold(facts: Sequence[Fact], clinic: Tenant) -> Counts:
    contacts = [fact for fact in facts if isinstance(fact, ContactFact)]
    messages = [fact for fact in facts if isinstance(fact, MessageFact)]
    waits = [(fact.channel, _wait_s(fact)) for fact in contacts if _answered(fact)]
    directions = [fact.direction for fact in messages]
    heard = [fact for fact in messages if _is_heard(fact)]
    leads = [fact for fact in contacts if _is_lead(fact)]
    missed = [fact for fact in leads if _is_missed(fact)]
    return Counts(
        offered=len(contacts),
        handled=sum(fact.closed_at is not None or fact.answered_at is not None for fact in contacts),
        waiting=sum(fact.state in ("new", "waiting") for fact in contacts),
        answered_in_target=sum(wait <= _target_s(channel, clinic) for channel, wait in waits),
        waits_s=tuple(sorted(wait for _, wait in waits)),
        abandoned=sum(fact.reason == "missed_call" for fact in contacts),
        patients=frozenset(fact.patient for fact in heard),
        sources=frozenset(fact.source or fact.patient for fact in heard),
        inbound=directions.count("inbound"),
        outbound=directions.count("outbound"),
        first_touch=_by_origin(fact for fact in contacts if _is_first(fact)),
        last_touch=_by_origin(contacts),
        newcomers=_newcomers(contacts),
        contacted=_sorted(Counter(_came_by(fact) for fact in leads)),
        missed=_sorted(Counter(_came_by(fact) for fact in missed)),
        recovered=_sorted(Counter(_came_by(fact) for fact in missed if fact.answered_at is not None)),
        booked=_sorted(Counter(fact.converted for fact in contacts if fact.converted)),
        tried=_by_slot((one for fact in contacts for one in fact.attempts), clinic),
        reached=_by_slot((one for fact in contacts for one in fact.attempts if _spoke(one)), clinic),
    )


def _by_slot(attempts: Iterable[AttemptFact], clinic: Tenant) -> dict[str, int]:
    return _sorted(Counter(slot_of(one.at, clinic.timezone).name for one in attempts))


def _spoke(attempt: AttemptFact) -> bool:
    return attempt.outcome in SPOKEN


def _came_by(fact: ContactFact) -> str:
    return fact.came_by or fact.channel


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


def _is_heard(fact: MessageFact) -> bool:
    # Nobody knows how many people are behind withheld numbers.
    return fact.direction == "inbound" and fact.patient != ANONYMOUS


def _newcomers(contacts: Iterable[ContactFact]) -> dict[str, Newcomer]:
    first = sorted(filter(_is_first, contacts), key=lambda fact: (fact.patient, fact.opened_at, fact.origin))
    return {
        fact.patient: Newcomer(at=fact.opened_at, origin=fact.origin or UNKNOWN, lead=_is_lead(fact))
        for fact in first
    }


def _is_first(fact: ContactFact) -> bool:
    # Nobody knows whether who withholds the number came before.
    return fact.contact.endswith(".1") and fact.patient != ANONYMOUS


def _is_lead(fact: ContactFact) -> bool:
    # Whose kind nobody noted came for the first time, all the same.
    return _is_first(fact) and fact.kind in ("", "lead")


def _is_missed(fact: ContactFact) -> bool:
    return fact.reason == "missed_call" or (fact.closed_at is not None and fact.answered_at is None)


def _by_origin(contacts: Iterable[ContactFact]) -> dict[str, int]:
    return _sorted(Counter(fact.origin or UNKNOWN for fact in contacts))


def _sorted(counted: Mapping[str, int]) -> dict[str, int]:
    return {name: counted[name] for name in sorted(counted)}


def whole(totals: Iterable[IntervalTotal], names: Collection[str]) -> Counts:
    """What these intervals count together, on the channels that are named.

    Numbers are added, people are united: who came twice, or on two channels, is one person.
    """
    parts = [one for total in totals for name, one in total.channels.items() if name in names]
    return Counts(
        offered=sum(one.offered for one in parts),
        handled=sum(one.handled for one in parts),
        waiting=sum(one.waiting for one in parts),
        answered_in_target=sum(one.answered_in_target for one in parts),
        waits_s=tuple(sorted(wait for one in parts for wait in one.waits_s)),
        abandoned=sum(one.abandoned for one in parts),
        patients=frozenset().union(*(one.patients for one in parts)),
        sources=frozenset().union(*(one.sources or one.patients for one in parts)),
        inbound=sum(one.inbound for one in parts),
        outbound=sum(one.outbound for one in parts),
        first_touch=_added(one.first_touch for one in parts),
        last_touch=_added(one.last_touch for one in parts),
        contacted=_added(one.contacted for one in parts),
        missed=_added(one.missed for one in parts),
        recovered=_added(one.recovered for one in parts),
        booked=_added(one.booked for one in parts),
        tried=_added(one.tried for one in parts),
        reached=_added(one.reached for one in parts),
    )


def _added(counted: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in counted:
        found.update(one)
    return _sorted(found)


def channels(totals: Iterable[IntervalTotal]) -> list[str]:
    """The channels on which something happened, by name."""
    return sorted({channel for total in totals for channel in total.channels})


def of_kind(totals: Iterable[IntervalTotal], kind: str) -> list[IntervalTotal]:
    """The same intervals with what people of one kind did in them (R21)."""
    return [one.model_copy(update={"channels": _kinds(one).get(kind, {})}) for one in totals]


def _kinds(total: IntervalTotal) -> Mapping[str, dict[str, Counts]]:
    # A total of before knows of nobody what they were.
    return total.kinds or {UNKNOWN: total.channels}
