"""What came of calls, messages, self-service and following up: from facts, and together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from recado.model.interval import ContactFact, MessageFact
from recado.model.outcomes import Outcomes, Pursuit, Return, Talk
from recado.model.patient import ANONYMOUS
from recado.model.record import Record
from recado.model.tenant import Tenant
from recado.rules.hours import is_open, opens_at

Fact = ContactFact | MessageFact
R = TypeVar("R", bound=Record)

FORM: Final = "webform"
NO_MATTER: Final = frozenset({"thanked", "spam"})
"""Dispositions of whoever came back with nothing that was to be settled."""


def fold(facts: Iterable[Fact], clinic: Tenant) -> dict[str, Outcomes]:
    """By channel; one on which nothing of this happened is left out. The order of facts does not matter."""
    known = list(facts)
    found = {
        channel: _of([one for one in known if one.channel == channel], clinic)
        for channel in sorted({one.channel for one in known})
    }
    return {channel: one for channel, one in found.items() if one != Outcomes()}


def _of(facts: Sequence[Fact], clinic: Tenant) -> Outcomes:
    contacts = [one for one in facts if isinstance(one, ContactFact)]
    messages = [one for one in facts if isinstance(one, MessageFact)]
    closed = [one for one in contacts if one.reason != "unconfirmed" and not is_open(clinic, one.opened_at)]
    said_stop = {one.patient for one in contacts if one.disposition == "opted_out"}
    return Outcomes(
        pursuits=_in_order(_pursuit(one) for one in contacts if _is_pursued(one)),
        talks=_in_order(_talk(one) for one in contacts if one.talk is not None),
        returns=_in_order(Return(patient=one.patient, at=one.opened_at) for one in contacts if _is_back(one)),
        calls=_counted(_ending(one, clinic) for one in messages if one.outcome not in (None, "not_reached")),
        accepted=_counted(one.template for one in messages if one.reached),
        delivered=_counted(one.template for one in messages if one.reached == "delivered"),
        messaged=_messaged(messages),
        stopped=frozenset(said_stop | {one.patient for one in messages if one.stopped}),
        reminded=frozenset(one.visit for one in messages if one.visit and one.reached == "delivered"),
        after_hours=len(closed),
        after_hours_served=sum(_is_served_before_opening(one, clinic) for one in closed),
    )


def _is_pursued(fact: ContactFact) -> bool:
    return fact.patient != ANONYMOUS and (fact.missed_at is not None or _came_by(fact) == FORM)


def _pursuit(fact: ContactFact) -> Pursuit:
    called = fact.reason in ("call", "missed_call")
    return Pursuit(
        patient=fact.patient,
        kind="call" if called else "form" if _came_by(fact) == FORM else "message",
        since=fact.missed_at or fact.opened_at,
        attempts=fact.attempts,
        answered_at=fact.answered_at,
        ended=fact.ended,
        ended_at=fact.ended_at or fact.closed_at,
    )


def _came_by(fact: ContactFact) -> str:
    return fact.came_by or fact.channel


def _talk(fact: ContactFact) -> Talk:
    told = fact.talk.model_dump() if fact.talk else {}
    return Talk(patient=fact.patient, closed_at=fact.closed_at, **told)


def _is_back(fact: ContactFact) -> bool:
    came = fact.reason in ("message", "call", "missed_call") and fact.disposition not in NO_MATTER
    return came and fact.patient != ANONYMOUS and not fact.contact.endswith(".1")


def _ending(fact: MessageFact, clinic: Tenant) -> str:
    return f"{fact.outcome}/{'open' if is_open(clinic, fact.at) else 'closed'}"


def _messaged(messages: Iterable[MessageFact]) -> dict[str, frozenset[str]]:
    sent = [one for one in messages if one.purpose and one.reached]
    return {
        purpose: frozenset(one.patient for one in sent if one.purpose == purpose)
        for purpose in sorted({one.purpose for one in sent})
    }


def _is_served_before_opening(fact: ContactFact, clinic: Tenant) -> bool:
    opens = opens_at(clinic, fact.opened_at)
    return fact.answered_at is not None and (opens is None or fact.answered_at < opens)


def together(parts: Iterable[Outcomes]) -> Outcomes:
    """What these come to: what happened is put together, numbers are added, people and visits united."""
    known = list(parts)
    purposes = sorted({purpose for one in known for purpose in one.messaged})
    return Outcomes(
        pursuits=_in_order(each for one in known for each in one.pursuits),
        talks=_in_order(each for one in known for each in one.talks),
        returns=_in_order(each for one in known for each in one.returns),
        calls=_added(one.calls for one in known),
        accepted=_added(one.accepted for one in known),
        delivered=_added(one.delivered for one in known),
        messaged={name: _united(one.messaged.get(name, ()) for one in known) for name in purposes},
        stopped=_united(one.stopped for one in known),
        reminded=_united(one.reminded for one in known),
        after_hours=sum(one.after_hours for one in known),
        after_hours_served=sum(one.after_hours_served for one in known),
    )


def of_people(one: Outcomes, people: Mapping[str, str]) -> Outcomes:
    """The same, of records' persons: who had two records then and is one person today is one in it, too."""
    if not people:
        return one

    def person(record: str) -> str:
        return people.get(record, record)

    return one.model_copy(
        update={
            "pursuits": _in_order(_of_person(each, person(each.patient)) for each in one.pursuits),
            "talks": _in_order(_of_person(each, person(each.patient)) for each in one.talks),
            "returns": _in_order(_of_person(each, person(each.patient)) for each in one.returns),
            "messaged": {name: frozenset(map(person, who)) for name, who in one.messaged.items()},
            "stopped": frozenset(map(person, one.stopped)),
        }
    )


def _of_person(one: R, person: str) -> R:
    return one.model_copy(update={"patient": person})


def _in_order(found: Iterable[R]) -> tuple[R, ...]:
    """As text, so that the same is in the same order wherever it comes from."""
    return tuple(sorted(found, key=Record.model_dump_json))


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _added(counted: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in counted:
        found.update(one)
    return dict(sorted(found.items()))


def _united(groups: Iterable[Collection[str]]) -> frozenset[str]:
    return frozenset[str]().union(*groups)
