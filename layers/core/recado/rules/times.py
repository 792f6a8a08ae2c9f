"""Wall time and instants: what the clock on a clinic's wall shows, and when that is.

A wall time that clocks show twice (autumn) means its first occurrence. One that they leave out (spring) is no
time to book; a reminder that would be due then is due as much earlier.
"""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from recado.errors import Invalid

# The tzdata package only, never the machine's own files: its version is stored with each appointment.
zoneinfo.reset_tzpath(to=())

SECOND = timedelta(seconds=1)

_DATE_AND_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")


def instants(wall: datetime, timezone: str) -> tuple[datetime, ...]:
    """The moments (UTC, in order) that a naive wall time may mean: one, or two around a change of clocks."""
    zone = ZoneInfo(timezone)
    return tuple(sorted({wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}))


def instant(wall: datetime, timezone: str) -> datetime:
    """The first moment (UTC) that a naive wall time may mean."""
    return instants(wall, timezone)[0]


def wall(moment: datetime, timezone: str) -> datetime:
    """What the clocks of a zone show at a moment: naive."""
    return moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, fold=0)


def elsewhere(moment: datetime, timezone: str, other: str | None) -> datetime | None:
    """What clocks in another zone show at a moment; none: the same, or there is no other."""
    there = wall(moment, other) if other else None
    return there if there != wall(moment, timezone) else None


def change(since: datetime, until: datetime, timezone: str) -> datetime | None:
    """The moment between two, to the second, at which a zone's clocks are put forward or back; none: they are
    not. The two are so near that it happens once at most."""
    offset = _offset(since, timezone)
    if _offset(until, timezone) == offset:
        return None
    while until - since > SECOND:
        middle = since + timedelta(seconds=(until - since) // SECOND // 2)
        since, until = (middle, until) if _offset(middle, timezone) == offset else (since, middle)
    return until


def _offset(moment: datetime, timezone: str) -> timedelta:
    return wall(moment, timezone) - moment.replace(tzinfo=None)


def known(field: str, timezone: str) -> str:
    """A zone as typed. Raises Invalid that names `field` when it is none of IANA's."""
    if timezone not in zoneinfo.available_timezones():
        raise Invalid(field, "There is no such zone. Give an IANA name, such as Europe/Madrid.")
    return timezone


def shown(wall: datetime) -> str:
    """A wall time as it is stored and exchanged: `2026-11-24T09:30`, with seconds where there are any."""
    return wall.isoformat(timespec="seconds" if wall.second else "minutes")


def start_of(text: str, timezone: str) -> datetime:
    """The moment (UTC, whole seconds) that staff mean: wall time in the clinic's zone, or with an offset.

    Raises Invalid that names `start`.
    """
    if not _DATE_AND_TIME.match(text):
        raise Invalid("start", "Give a date and a time, such as 2026-11-24T09:30.")
    try:
        given = datetime.fromisoformat(text).replace(microsecond=0)
        moment = given.astimezone(UTC) if given.tzinfo else instant(given, timezone)
        back = wall(moment, timezone)
    except (ValueError, OverflowError) as error:
        raise Invalid("start", "There is no such date and time.") from error
    if given.tzinfo is None and back != given:
        raise Invalid("start", "The clocks go forward over this time: it does not exist on that day.")
    return moment
