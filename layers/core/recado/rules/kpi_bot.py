"""Conversations with self-service: which needed nobody (K30), and where the others broke off. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.outcomes import Return, Talk
from recado.rules.figures import Figure, Measure, Part, part, share

SETTLED_FOR: Final = timedelta(hours=72)
"""Who comes again within this time was not helped (K30)."""


class Served(NamedTuple):
    """Conversations of a period, and who has come again since, on any channel, as is known now."""

    talks: Sequence[Talk]
    returns: Sequence[Return]
    now: datetime


def bot_containment(given: Served) -> Figure:
    """Conversations that self-service settled without a word of a person's, and after which the patient did
    not come again for 72 hours, of all; by the flow that they began with. Those of which that cannot be known
    yet are left out, with those that go on."""
    back = _back(given.returns)
    known = [one for one in _ended(given.talks) if not _is_open(one, back, given.now)]
    contained = [one for one in known if _is_settled(one) and not _came_again(one, back)]
    by_flow = _by([one.flow for one in contained], [one.flow for one in known])
    return share(len(contained), len(known), by_flow)


def hand_over_rate(given: Served) -> Figure:
    """Conversations that were handed to a person, of all that have ended; by the reason."""
    ended = _ended(given.talks)
    reasons = Counter[str](one.reason or "flow" for one in ended if one.state == "handed_over")
    return share(sum(reasons.values()), len(ended), _of_all(reasons, len(ended)))


def drop_off_rate(given: Served) -> Figure:
    """Conversations in which the patient said no more, of all that have ended; by the flow and node at which
    they were then (R56)."""
    ended = _ended(given.talks)
    places = Counter(one.at for one in ended if one.state == "left")
    return share(sum(places.values()), len(ended), _of_all(places, len(ended)))


def _ended(talks: Iterable[Talk]) -> list[Talk]:
    return [one for one in talks if one.state != "open"]


def _is_settled(one: Talk) -> bool:
    return one.state == "done" and not one.spoken


def _is_open(one: Talk, back: Mapping[str, Sequence[datetime]], now: datetime) -> bool:
    settled = _is_settled(one) and (one.closed_at is None or now < one.closed_at + SETTLED_FOR)
    return settled and not _came_again(one, back)


def _came_again(one: Talk, back: Mapping[str, Sequence[datetime]]) -> bool:
    if one.closed_at is None:
        return False
    until = one.closed_at + SETTLED_FOR
    return any(one.closed_at < at <= until for at in back.get(one.patient, ()))


def _back(returns: Iterable[Return]) -> Mapping[str, Sequence[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for one in returns:
        found[one.patient].append(one.at)
    return found


def _by(names: Sequence[str], of: Sequence[str]) -> dict[str, Part]:
    return {name: part(names.count(name), of.count(name)) for name in sorted(set(of))}


def _of_all(counted: Mapping[str, int], of: int) -> dict[str, Part]:
    return {name: part(counted[name], of) for name in sorted(counted)}


KPIS: Final[tuple[Measure[Served], ...]] = (
    Measure("K30", 1, "bot_containment", "R51, K30", "share", bot_containment),
    Measure("bot_hand_over_rate", 1, "Conversations handed to a person", "R55", "share", hand_over_rate),
    Measure("bot_drop_off_rate", 1, "Conversations broken off", "R56", "share", drop_off_rate),
)
