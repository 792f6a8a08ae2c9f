"""Which lines can reach a person now, the best first. Pure: what is known comes in, routes go out."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.tenant import Account
from recado.rules import windows
from recado.rules.contacts import lines_heard
from recado.rules.identity import canonical_phone

NEVER: Final = "unverified_email"
"""Who wrote from there may be anybody: answered where they wrote, and sent nothing else."""


class Ability(NamedTuple):
    """What a channel can do, as far as the choice of a line depends on it (channels.Traits says more).

    `family` is what patients would call it: its providers carry to the same address in the same app.
    """

    family: str
    systems: tuple[str, ...]
    max_text: int
    window_hours: int = 0
    staff_window_hours: int = 0
    templates: bool = False
    media: frozenset[str] = frozenset()
    live: bool = False
    spoken: bool = False


class Route(NamedTuple):
    """A line to somebody."""

    channel: str
    account: str
    address: str

    @property
    def line(self) -> str:
        """As in Contact.heard_at."""
        return f"{self.channel}/{self.account}/{self.address}"


class Person(NamedTuple):
    """Whom to reach: `preferred` channels or families, and when they last wrote on which line."""

    id: str
    points: tuple[ContactPoint, ...]
    preferred: tuple[str, ...] = ()
    heard_at: Mapping[str, datetime] = {}


class Lines(NamedTuple):
    """What the clinic has to reach people by; `ladder` names channels or families, the dearest first."""

    accounts: tuple[Account, ...]
    abilities: Mapping[str, Ability]
    ladder: tuple[str, ...]


class Letter(NamedTuple):
    """What is to be said.

    `rings`: it may be said by a call, too. `barred` are the accounts at which its template may not be used;
    `tried` the marks of what has failed (see `mark`); `answer`: it continues a conversation, so that the
    other side may be looking.
    """

    length: int = 0
    template: bool = False
    media: frozenset[str] = frozenset()
    by_person: bool = False
    answer: bool = False
    barred: frozenset[tuple[str, str]] = frozenset()
    tried: tuple[str, ...] = ()
    rings: bool = False


def person_of(patient: Patient, latest: Contact | None) -> Person:
    """A patient, and by their latest contact when they wrote on which line."""
    return Person(patient.id, patient.live, patient.channels, lines_heard(latest))


def may_ring(patient: Patient) -> bool:
    """Whether a machine may call them: not whom a team looks after, nor who wants to talk to a person."""
    return patient.care_team is None and not patient.by_phone


def mark(channel: str, family: str, outcome: str | None) -> str:
    """What is not tried again after a failure: this provider, or all that lead to the same address."""
    return channel if outcome in ("fix_account", "retry") else f"{family}/*"


def routes(person: Person, lines: Lines, letter: Letter, now: datetime) -> tuple[Route, ...]:
    """Every line on which the letter may go to the person now.

    First what the patient prefers, then the line they last wrote on, then the clinic's ladder. Accounts that
    reach the same address share the patients by their weights, so that both carry traffic and each patient
    hears from the same one.
    """
    found = [
        (route, account, ability.family)
        for account in lines.accounts
        if account.enabled and (ability := lines.abilities.get(account.channel))
        for route in _routes(person, account, ability)
        if _allowed(person, route, ability, letter, now)
    ]
    last = max(person.heard_at, key=lambda line: person.heard_at[line], default=None)

    def order(one: tuple[Route, Account, str]) -> tuple[int, bool, int, bool, float]:
        route, account, family = one
        return (
            _rank((route.channel, family), person.preferred),
            route.line != last,
            _rank((route.channel, family), lines.ladder),
            # Of two numbers of ours, the one that they know.
            route.line not in person.heard_at,
            -_share(person.id, account),
        )

    return tuple(route for route, *_ in sorted(found, key=order))


def sibling(route: Route, family: str, person: str, lines: Lines) -> Route | None:
    """The same address by another provider of the route's family, for what its own did certainly not carry.

    Not where free text needs a window: who wrote to one number has not written to the other.
    """
    others = [
        one
        for one in lines.accounts
        if one.enabled
        and one.weight
        and (one.channel, one.id) != (route.channel, route.account)
        and (ability := lines.abilities.get(one.channel))
        and ability.family == family
        and not ability.window_hours
    ]
    best = max(others, key=lambda one: _share(person, one), default=None)
    return route._replace(channel=best.channel, account=best.id) if best else None


def _routes(person: Person, account: Account, ability: Ability) -> Iterator[Route]:
    """At most one: the address as last received on this line, else the first that the channel knows."""
    points = [one for one in person.points if one.system in ability.systems and one.system != NEVER]
    prefix = f"{account.channel}/{account.id}/"
    heard = [line for line in person.heard_at if line.startswith(prefix) and _is_one(line, prefix, points)]
    latest = max(heard, key=lambda line: person.heard_at[line], default=None)
    if latest:
        yield Route(account.channel, account.id, latest.removeprefix(prefix))
    elif points:
        yield Route(account.channel, account.id, points[0].value)


def _is_one(line: str, prefix: str, points: Iterable[ContactPoint]) -> bool:
    """Whether the address of a line is one of these contact points, in whatever spelling."""
    address = line.removeprefix(prefix)
    phone = canonical_phone(address)
    return any(
        phone == canonical_phone(one.value) if one.system == "phone" else address == one.value
        for one in points
    )


def _allowed(person: Person, route: Route, ability: Ability, letter: Letter, now: datetime) -> bool:
    if route.channel in letter.tried or f"{ability.family}/*" in letter.tried:
        return False
    if ability.live and not letter.answer:
        return False
    if ability.spoken:
        return letter.rings
    if letter.length > ability.max_text or not letter.media <= ability.media:
        return False
    if letter.template and ability.templates:
        return (route.channel, route.account) not in letter.barred
    return free_text(person.heard_at.get(route.line), ability, now, by_person=letter.by_person) != "shut"


def free_text(
    heard_at: datetime | None, ability: Ability, now: datetime, *, by_person: bool
) -> windows.Allowance:
    """Whether a channel takes free text from somebody, where the other side was last heard at `heard_at`."""
    return windows.allowance(
        heard_at,
        now,
        hours=ability.window_hours,
        staff_hours=ability.staff_window_hours,
        by_person=by_person,
    )


def _rank(names: tuple[str, str], order: tuple[str, ...]) -> int:
    """The place of a channel, by its own name or its family's; what is not named comes last."""
    places = (place for place, name in enumerate(order) if name in names)
    return next(places, len(order))


def _share(person: str, account: Account) -> float:
    """Weighted rendezvous hashing: the highest wins, in proportion to the weights, and stays the same."""
    seed = hashlib.sha256(f"{person}/{account.channel}/{account.id}".encode()).digest()
    chance = (int.from_bytes(seed[:8]) + 1) / (2**64 + 1)
    return account.weight / -math.log(chance)
