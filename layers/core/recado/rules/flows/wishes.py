"""When somebody would like to come, as they say it in the sentence that begins a booking. Pure.

"Quero marcar amanhã de tarde", "can I book with Dr Rossi on Friday morning?". A wish narrows what is offered
first, and decides nothing: so unlike `callback_times`, whose words these are, it is looked for among others;
where the sentence holds a no ("any day but Monday"), there is none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from recado.model.schedule import Practitioner
from recado.rules import callback_words as words
from recado.rules.flows import wish_words as vocabulary
from recado.rules.flows.folded import folded
from recado.rules.flows.times_named import PARTS

LONGEST: Final = 300
"""Characters. What is longer tells a story, in which many days may stand."""
NOON: Final = 12
EARLIEST: Final = 7
"""An hour before this means the afternoon: "at 3"."""
WHOLE: Final = (0, 24)

_CLOCK: Final = (
    r"(?:\b(?P<after>{after}) |\b(?P<before>{before}) |\b(?P<at>{at}) )?"
    r"\b(?P<hour>[0-9]{{1,2}})(?P<unit>:[0-9]{{2}}|h[0-9]{{0,2}}| ?[ap]m)?\b(?![:/])"
)
_DATE: Final = re.compile(r"\b([0-9]{1,2})/([0-9]{1,2})(?:/(?:[0-9]{2})?[0-9]{2})?\b")
_OF_MONTH: Final = re.compile(r"\b(?:dia|giorno|the) ([0-9]{1,2})(?:th|st|nd|rd)?\b(?! ?[:h/])")


class Wish(NamedTuple):
    """Days, hours of the clock on the wall (the last not included) and somebody's id; empty: any."""

    days: tuple[date, ...] = ()
    hours: tuple[int, int] = WHOLE
    practitioner: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether it says when."""
        return bool(self.days) or self.hours != WHOLE

    def fits(self, wall: datetime) -> bool:
        """Whether a time is one of those wished for."""
        return (not self.days or wall.date() in self.days) and self.hours[0] <= wall.hour < self.hours[1]

    def far(self, wall: datetime) -> timedelta:
        """How far a time is from what was wished for."""
        begins = [datetime.combine(day, time(self.hours[0])) for day in self.days or (wall.date(),)]
        return min(abs(wall - one) for one in begins)


NONE: Final = Wish()


def wished(text: str, language: str, today: date, *, moves: bool = False) -> Wish:
    """When they would like to come. `moves`: of a visit that they have, only what follows a "to" is meant."""
    said = folded(text)
    if len(text) > LONGEST or _denies(said, language):
        return NONE
    found = _found(said, language, today)
    found = list(_kept(said, found)) if moves else found
    days = sorted({day for one in found for day in one.days})
    spans = [one.hours for one in found if one.hours]
    hours = (min(one[0] for one in spans), max(one[1] for one in spans)) if spans else WHOLE
    clock = next((one.clock for one in found if one.clock), None)
    return Wish(tuple(days), _by_clock(clock, hours) if clock else hours)


def without(text: str, language: str, today: date) -> str:
    """What else the sentence says, in plain letters: "quero marcar" of "quero marcar amanhã de tarde"; ""
    where it says no time."""
    said = folded(text)
    rest, ends = "", 0
    for one in _found(said, language, today) if len(text) <= LONGEST else ():
        rest += said[ends : max(one.begins, ends)]
        ends = max(ends, one.ends)
    return " ".join((rest + said[ends:]).split()) if ends else ""


def _denies(said: str, language: str) -> bool:
    no = frozenset(["no"]) if language != "pt-BR" else frozenset()
    return not (_words(vocabulary.NOT) | no).isdisjoint(said.split())


def named_in(text: str, practitioners: Iterable[Practitioner]) -> str:
    """The id of the one whom a sentence names, behind a title or a "with", or by two words of their name; ""
    for none, or several."""
    said = folded(text).split()
    found = {one.id for one in practitioners if one.active and _is_named(said, one.name)}
    return found.pop() if len(found) == 1 else ""


def kept(wish: Wish) -> str:
    """The wish as one value of a dialogue."""
    days = ",".join(day.isoformat() for day in wish.days)
    return "" if wish == NONE else f"{days}|{wish.hours[0]}-{wish.hours[1]}|{wish.practitioner}"


def read(value: str) -> Wish:
    """The wish that was kept so."""
    if value.count("|") != 2:
        return NONE
    days, hours, practitioner = value.split("|")
    begins, _, ends = hours.partition("-")
    named = tuple(date.fromisoformat(day) for day in days.split(",") if day)
    return Wish(named, (int(begins), int(ends)), practitioner)


class _Meaning(NamedTuple):
    """So many days from today, or the next of a weekday (0 is Monday); which part of a day."""

    days: int | None = None
    weekday: int | None = None
    part: str | None = None


class _Found(NamedTuple):
    """One phrase of a sentence, from one place in it to another."""

    begins: int
    ends: int
    days: tuple[date, ...] = ()
    hours: tuple[int, int] | None = None
    clock: re.Match[str] | None = None


def _found(said: str, language: str, today: date) -> list[_Found]:
    """All that names a day or an hour, in order."""
    found = [*_dates(said, today), *_named_days(said, language, today)]
    taken = [(one.begins, one.ends) for one in found]
    for match in _clock().finditer(said):
        alone = not any(begins < match.end() and match.start() < ends for begins, ends in taken)
        marked = match["unit"] or match["at"] or match["after"] or match["before"]
        if alone and marked and int(match["hour"]) < WHOLE[1]:
            found.append(_Found(match.start(), match.end(), clock=match))
    return sorted(found, key=lambda one: one.begins)


def _dates(said: str, today: date) -> Iterator[_Found]:
    for match in _DATE.finditer(said):
        yield from _on(match, int(match[1]), int(match[2]), today)
    for match in _by_month().finditer(said):
        day, name = (match[1], match[2]) if match[1] else (match[4], match[3])
        yield from _on(match, int(day), _months()[name], today)
    for match in _OF_MONTH.finditer(said):
        following = (today + timedelta(days=ahead) for ahead in range(62))
        days = [day for day in following if day.day == int(match[1])]
        if days and not any(one.start() <= match.start() < one.end() for one in _by_month().finditer(said)):
            yield _Found(match.start(), match.end(), (days[0],))


def _on(match: re.Match[str], day: int, month: int, today: date) -> Iterator[_Found]:
    """That day of this year, or of the next if it is over."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            yield _Found(match.start(), match.end(), (found,))
            return


def _named_days(said: str, language: str, today: date) -> Iterator[_Found]:
    """Days of the week and parts of the day. "Friday", said on a Friday, is today or in a week."""
    for match in _phrases().finditer(said):
        days, weekday, part = _meanings()[match[0]]
        spoken = [one for one, several in vocabulary.SPOKEN.items() if match[0] in _words(several)]
        if spoken and language not in spoken:
            continue
        dates: tuple[date, ...] = () if days is None else (today + timedelta(days=days),)
        if weekday is not None:
            ahead = (weekday - today.weekday()) % 7
            dates = tuple(today + timedelta(days=one) for one in ((ahead,) if ahead else (0, 7)))
        if dates or part:
            yield _Found(match.start(), match.end(), dates, PARTS[part] if part else None)


def _kept(said: str, found: Iterable[_Found]) -> Iterator[_Found]:
    """Those behind a "to", and what goes with them."""
    ends, keeps = 0, False
    for one in found:
        gap = said[ends : one.begins].split()
        if gap and gap[-1] in _words(vocabulary.TO):
            keeps = True
        elif ends == 0 or not _words(vocabulary.JOINT).issuperset(gap):
            keeps = False
        ends = one.ends
        if keeps:
            yield one


def _by_clock(clock: re.Match[str], part: tuple[int, int]) -> tuple[int, int]:
    hour, unit = int(clock["hour"]), clock["unit"] or ""
    late = part[0] >= NOON or hour < EARLIEST
    if unit.endswith("pm") or (late and not unit.endswith("am")):
        hour = hour + NOON if hour < NOON else hour
    if clock["after"]:
        return hour, max(part[1], hour + 1)
    return (part[0], max(hour, 1)) if clock["before"] else (hour, hour + 1)


def _is_named(said: list[str], name: str) -> bool:
    titles = _words(vocabulary.TITLES)
    own = [word for word in folded(name).split() if word not in titles and len(word) > 2]
    pairs = list(pairwise(said))
    titled = any(before in titles and word in own for before, word in pairs)
    return titled or any(one in own and other in own and one != other for one, other in pairs)


@functools.cache
def _meanings() -> dict[str, _Meaning]:
    """Every phrase; greetings mean nothing."""
    found = {phrase: _Meaning() for phrase in _split(vocabulary.GREETINGS)}
    for part, phrases in words.PARTS.items():
        found |= {one: _Meaning(part=part) for one in _split(phrases)}
    for part, phrases in words.PARTS_TODAY.items():
        found |= {one: _Meaning(days=0, part=part) for one in _split(phrases)}
    for weekday, phrases in words.WEEKDAYS.items():
        found |= {one: _Meaning(weekday=weekday) for one in _split(phrases)}
    for days, phrases in words.DAYS.items():
        found |= {one: _Meaning(days=days) for one in _split(phrases)}
    return found


@functools.cache
def _months() -> dict[str, int]:
    lines = enumerate(vocabulary.MONTHS, 1)
    return {folded(name): number for number, line in lines for name in line.split()}


@functools.cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(_meanings())})\b")


@functools.cache
def _by_month() -> re.Pattern[str]:
    """A day before its month, or after it."""
    month = _any_of(_months())
    day, suffix = "([0-9]{1,2})", "(?:th|st|nd|rd)?"
    return re.compile(rf"\b(?:{day}{suffix}(?: (?:de|d|of))? ?({month})|({month}) {day}{suffix})\b")


@functools.cache
def _clock() -> re.Pattern[str]:
    before = {name: _any_of(_split(getattr(vocabulary, name.upper()))) for name in ("after", "before", "at")}
    return re.compile(_CLOCK.format(**before))


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


def _split(phrases: str) -> list[str]:
    return [one for phrase in phrases.split("|") if (one := folded(phrase))]


@functools.cache
def _words(several: str) -> frozenset[str]:
    return frozenset(folded(several).split())
