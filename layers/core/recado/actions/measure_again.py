"""A day's numbers, from the contacts and communications themselves instead of from what the stream told.

The stream is speed; this is the guarantee behind it, for an operator whom an alarm tells that the metrics
function gave up on a batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from recado.actions.measure import measure, message_facts
from recado.errors import Misconfigured, NotFound
from recado.model.communication import Communication
from recado.model.interval import INTERVAL, ContactFact, MessageFact, interval_of
from recado.rules import facts
from recado.store import aliases, contacts, intervals

LOOK_BACK = timedelta(days=30)
"""Whoever had no contact for this long is not looked up: what was sent to them alone (a reminder, say) is not
counted again. An index of communications by day would find it, at a write unit for every message."""

Facts = Sequence[ContactFact | MessageFact]


def measure_again(tenant: str, day: date) -> int:
    """Note what a day (UTC) of a clinic lacks, and count all its intervals anew; how many lacked something.

    Safe at any time, any number of times, and beside the stream: whichever knows a newer version of a row
    wins. Raises Unavailable, Stale.
    """
    true = _as_it_was(tenant, day)
    lacking = 0
    for start in _intervals(day):
        lacking += _complete(tenant, start, true.get(start, []))
        measure(tenant, start)
    return lacking


def _as_it_was(tenant: str, day: date) -> Mapping[datetime, Facts]:
    """The facts of the day's intervals, as its rows are now."""
    found: defaultdict[datetime, list[ContactFact | MessageFact]] = defaultdict(list)
    for contact in contacts.contacts_of_day(tenant, day.isoformat()):
        found[interval_of(contact.opened_at)] += facts.contact_facts(contact, None)
    for communication in _communications(tenant, day):
        found[interval_of(communication.at)] += message_facts(tenant, communication)
    return found


def _communications(tenant: str, day: date) -> Iterator[Communication]:
    """The day's communications, by the timelines of everybody who had a contact in the weeks up to it."""
    days = (day - timedelta(days=n) for n in range(LOOK_BACK.days))
    patients = {
        contact.patient for one in days for contact in contacts.contacts_of_day(tenant, one.isoformat())
    }
    members = {one.record for one in aliases.everyone(tenant) if one.person in patients}
    for patient in sorted(patients | members):
        before: str | None = (day + timedelta(days=1)).isoformat()
        while before and before > day.isoformat():
            page, before = contacts.timeline(tenant, patient, before=before)
            yield from (one for one in page if one.at.date() == day)


def _intervals(day: date) -> Iterator[datetime]:
    start = datetime.combine(day, time(), UTC)
    while start.date() == day:
        yield start
        start += INTERVAL


def _complete(tenant: str, start: datetime, true: Facts) -> bool:
    """Note what the interval's facts lack; whether they lacked anything."""
    noted = {_name(fact): fact for fact in intervals.facts(tenant, start)}
    names = {_name(fact) for fact in true}
    newer = [fact for fact in true if facts.is_news(fact, noted.get(_name(fact)))]
    strays = [fact for name, fact in noted.items() if name not in names and isinstance(fact, ContactFact)]
    newer += [gone for fact in strays if not fact.gone and (gone := _gone(tenant, start, fact))]
    for fact in newer:
        if isinstance(fact, ContactFact):
            intervals.put_contact(tenant, start, fact)
        else:
            intervals.put_message(tenant, fact)
    return bool(newer)


def _name(fact: ContactFact | MessageFact) -> str:
    return fact.contact if isinstance(fact, ContactFact) else fact.id


def _gone(tenant: str, start: datetime, noted: ContactFact) -> ContactFact | None:
    """That a contact began in another interval than it is counted in; none when it did not."""
    try:
        contact = contacts.get_contact(tenant, noted.contact)
    except (NotFound, Misconfigured):
        return None
    if interval_of(contact.opened_at) == start:
        return None
    return noted.model_copy(update={"version": contact.version, "gone": True})
