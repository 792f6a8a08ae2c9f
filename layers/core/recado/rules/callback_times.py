"""When somebody to whom a call is owed says that they may be called. Pure.

Conservative, as `replies` is: only an answer that is nothing but a time, and courtesy, counts; one that holds
any other word ("a visit tomorrow at 10"), two choices or a no is for a person. What it leaves open is read as
a window, and the call is put to its first moment. Our own grammar, since no kept library does that:
dateparser knows but two of seven such answers, and finds a time inside what is about something else.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from recado.model.tenant import Tenant
from recado.rules import callback_words as words
from recado.rules import hours, times
from recado.rules.accents import bare

LONGEST: Final = 80
"""Characters. What is longer says more than a time."""

LEAD: Final = timedelta(minutes=15)
"""Where no time is named, a call is promised no sooner than this: somebody has to see to it."""

QUARTER: Final = timedelta(minutes=15)
MINUTE: Final = timedelta(minutes=1)
NOON: Final = 12

DAY: Final = (time(9), time(20))
"""When somebody may be called on a day of which nothing more is said."""

DECENT: Final = (time(7), time(21))
"""A time that may mean the morning or the evening lies here; so does every call of a clinic that has given no
hours."""

_CLOCK: Final = re.compile(
    r"(?P<half>half past )?(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?"
    r"(?P<unit> ?h(?:s|rs|ora|oras|ores|ours?)?| o clock| en punto)?"
    r"(?P<and_half> (?:e meia|y media|e mez[ao]|i mitja))?(?: ?(?P<side>[ap] ?\.?m))?(?=$|[ ])"
)
_SYMBOLS: Final = {"after": "A", "before": "B", "between": "F", "to": "T", "at": "@", "clock": "C", "in": "R"}
_SHAPES: Final = (
    ("at", "@?C"),
    ("after", "A@?C"),
    ("before", "B@?C"),
    ("between", "[FA]?@?C[TB]?@?C"),
    ("in", "R"),
    ("part", ""),
)
"""What an answer is, by what it holds besides a day and a part of the day."""


class Clock(NamedTuple):
    """A time as it was written. `side` is am, pm or nothing; `plain` may be either, as "3" or "3:30" may;
    `bare` is a number alone, which may be anything."""

    hour: int
    minute: int
    side: str
    plain: bool
    bare: bool


class Said(NamedTuple):
    """What an answer says: `days` after it was said, or on a `weekday`; in so many `minutes`."""

    shape: str
    clocks: tuple[Clock, ...]
    days: int | None
    weekday: int | None
    part: str | None
    minutes: int | None


class _Window(NamedTuple):
    """Wall times between which the call may be, the end not included."""

    begins: time
    ends: time


def slot(text: str, clinic: Tenant, said_at: datetime, now: datetime) -> datetime | None:
    """The moment (UTC) at which to call somebody who has said this; None: a person has to read it.

    Never in the past, and while the clinic is open: a time at which it is closed moves to its next opening.
    "Tomorrow" is counted from the clinic's day on which it was said. Clocks that change: see `times`.
    """
    said = understood(text) if len(text) <= LONGEST else None
    if said is None:
        return None
    if said.minutes is not None:
        return _opened(clinic, _quarter(max(said_at + timedelta(minutes=said.minutes), now + MINUTE)))
    window = _window(said, clinic)
    if window is None:
        return None
    today = times.wall(said_at, clinic.timezone).date()
    wanted = _wanted(said, today, lambda day: _within(window, day, clinic, now))
    return _opened(clinic, wanted) if wanted else None


def understood(text: str) -> Said | None:
    """The one meaning of an answer, or none where it has several, or no time at all."""
    cut = _cut(_folded(text))
    if cut is None:
        return None
    found = {kind: {value for one, value in cut if one == kind} for kind in ("day", "weekday", "part", "in")}
    if any(len(values) > 1 for values in found.values()) or (found["day"] and found["weekday"]):
        return None
    signs = "".join(_SYMBOLS.get(kind, "") for kind, _ in cut)
    shape = next((name for name, form in _SHAPES if re.fullmatch(form, signs)), None)
    clocks = tuple(value for _, value in cut if isinstance(value, Clock))
    days, weekday, minutes = (_number(found[kind]) for kind in ("day", "weekday", "in"))
    part = next((str(value) for value in found["part"]), None)
    said = Said(shape or "", clocks, days, weekday, part, minutes)
    return said if shape and not _doubtful(said, marked="@" in signs) else None


def _doubtful(said: Said, *, marked: bool) -> bool:
    """Whether it names too little, or too much. `marked`: a word says that its number is a time."""
    undated = said.days is None and said.weekday is None and said.part is None
    if said.shape == "part":
        return said.part is None and not said.days and said.weekday is None
    if said.shape == "at":
        return said.clocks[0].bare and undated and not marked
    return said.shape == "in" and not undated


def _number(found: Iterable[object]) -> int | None:
    return next((int(str(value)) for value in found), None)


def _cut(rest: str) -> list[tuple[str, str | Clock]] | None:
    """A text as the phrases and times that it is made of; None where anything else is in it."""
    cut: list[tuple[str, str | Clock]] = []
    while rest:
        known, written = _phrases().match(rest), _CLOCK.match(rest)
        if known:
            cut += _meanings()[known[0]]
            rest = rest[known.end() :]
        elif written and (clock := _clock(written)):
            cut.append(("clock", clock))
            rest = rest[written.end() :]
        else:
            return None
        rest = rest.lstrip()
    return cut


def _clock(written: re.Match[str]) -> Clock | None:
    half = written["half"] or written["and_half"]
    hour, minute = int(written["hour"]), int(written["minute"] or 0) + (30 if half else 0)
    side = re.sub(r"[ .]", "", written["side"] or "")
    possible = 1 <= hour <= NOON if side else hour < 2 * NOON
    if not possible or minute >= 60:
        return None
    plain = 0 < hour < NOON and not written["hour"].startswith("0") and not side
    return Clock(hour, minute, side, plain, not (half or written["minute"] or written["unit"] or side))


def _window(said: Said, clinic: Tenant) -> _Window | None:
    """Between which times of a day; None where what was said contradicts itself."""
    begins, ends = DAY
    if said.part:
        begins, ends = (time(hour) for hour in words.HOURS[said.part])
    clocks = [wall for one in said.clocks if (wall := _wall(one, said.part, clinic))]
    if len(clocks) < len(said.clocks):
        return None
    if said.shape == "at":
        return _Window(clocks[0], _just_after(clocks[0]))
    if said.shape == "after":
        begins, ends = clocks[0], max(ends, DAY[1])
    elif said.shape == "before":
        ends = clocks[0]
    elif said.shape == "between":
        begins, ends = clocks
    return _Window(begins, ends) if begins < ends else None


def _wall(clock: Clock, part: str | None, clinic: Tenant) -> time | None:
    """The wall time that is meant: "3" is the afternoon's where the night's makes no sense."""
    written = time(clock.hour, clock.minute)
    if clock.side:
        return time(clock.hour % NOON + (NOON if clock.side == "pm" else 0), clock.minute)
    if part == "morning":
        return written if clock.hour <= NOON else None
    if part in ("afternoon", "evening"):
        if clock.hour in (0, NOON) and part == "evening":
            return None
        return written.replace(hour=clock.hour + NOON) if clock.plain else written
    if not clock.plain:
        return written
    later = written.replace(hour=clock.hour + NOON)
    sensible = later if written < DECENT[0] else written
    return next((one for one in (written, later) if _reached(one, clinic)), sensible)


def _reached(wall: time, clinic: Tenant) -> bool:
    """Whether there is somebody at such a time on some day."""
    spans = (span.opens <= f"{wall:%H:%M}" < span.closes for span in clinic.hours)
    return DECENT[0] <= wall < DECENT[1] and (not clinic.hours or any(spans))


def _just_after(wall: time) -> time:
    """The end of the window that is but one time."""
    after = (datetime.combine(date.min, wall) + MINUTE).time()
    return after if after > wall else time.max


def _wanted(said: Said, today: date, within: Callable[[date], datetime | None]) -> datetime | None:
    """The first moment to come of the window, on the day that is meant; None: it is over, or not sure."""
    if said.days is not None:
        return within(today + timedelta(days=said.days))
    if said.weekday is None:
        return within(today) or within(today + timedelta(days=1))
    ahead = (said.weekday - today.weekday()) % 7
    if ahead:
        return within(today + timedelta(days=ahead))
    # "Monday", said on a Monday: today's or the next one's, unless today's is over.
    return None if within(today) else within(today + timedelta(days=7))


def _within(window: _Window, day: date, clinic: Tenant, now: datetime) -> datetime | None:
    begins = times.instant(datetime.combine(day, window.begins), clinic.timezone)
    ends = times.instant(datetime.combine(day, window.ends), clinic.timezone)
    if begins > now:
        return begins
    soon = _quarter(now + LEAD)
    return soon if soon < ends else None


def _opened(clinic: Tenant, wanted: datetime) -> datetime | None:
    if clinic.hours:
        return hours.opens_at(clinic, wanted)
    return wanted if DECENT[0] <= times.wall(wanted, clinic.timezone).time() < DECENT[1] else None


def _quarter(moment: datetime) -> datetime:
    """The first quarter of an hour from a moment on."""
    over = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % QUARTER
    return moment + (QUARTER - over if over else over)


@functools.cache
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(_meanings(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?=$| )")


@functools.cache
def _meanings() -> dict[str, list[tuple[str, str | Clock]]]:
    """Every phrase; one that stands in several tables means what the last of them says."""
    found: dict[str, list[tuple[str, str | Clock]]] = {}
    plain = {"": words.FILLERS, "at": words.AT, "to": words.TO, "between": words.BETWEEN}
    for kind, phrases in (plain | {"after": words.AFTER, "before": words.BEFORE}).items():
        found |= {one: [(kind, "")] for one in _split(phrases)}
    for part, phrases in words.PARTS.items():
        found |= {one: [("part", part)] for one in _split(phrases)}
    for part, phrases in words.PARTS_TODAY.items():
        found |= {one: [("part", part), ("day", "0")] for one in _split(phrases)}
    for weekday, phrases in words.WEEKDAYS.items():
        named = _split(phrases, *_split(words.BEFORE_WEEKDAY), "")
        found |= {one: [("weekday", str(weekday))] for one in named}
    for days, phrases in words.DAYS.items():
        found |= {one: [("day", str(days))] for one in _split(phrases)}
    for minutes, phrases in words.MINUTES.items():
        found |= {one: [("in", str(minutes))] for one in _split(phrases, *_split(words.IN))}
    return found


def _split(phrases: str, *before: str) -> list[str]:
    """The phrases of a table as `_folded` leaves them, each with every one of these before it."""
    alone = [folded for phrase in phrases.split("|") if (folded := _folded(phrase))]
    return [f"{one} {phrase}".strip() for one in before or [""] for phrase in alone]


def _folded(text: str) -> str:
    """Without case, accents, apostrophes and the punctuation of a sentence; a repeated letter once."""
    plain = re.sub(r"['’`´\"!?¿¡,;()*_]|\.(?![0-9a-z])|:(?![0-9])", " ", bare(text).casefold())
    plain = re.sub(r"(?<=[0-9h])\s*[-–—]\s*(?=[0-9])", " - ", plain)
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain)
    return re.sub(r"([^\W\d_])\1+", r"\1", " ".join(plain.split()))
