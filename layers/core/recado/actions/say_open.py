"""What is said by whether somebody is there, and from when on."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado import texts
from recado.model.tenant import Tenant
from recado.rules.hours import opens_at
from recado.rules.times import wall


class Keys(NamedTuple):
    """The texts while it is open, until it opens (with `date` and `time`), and where nobody knows when."""

    opened: str
    closed: str
    later: str


def say_open(clinic: Tenant, language: str, keys: Keys, now: datetime, **said: str) -> str:
    """The text that fits this moment, with what it takes of `said` and the clinic's name."""
    opens, said = opens_at(clinic, now), {"clinic": clinic.name, **said}
    if opens is None:
        key = keys.later
    elif opens == now:
        key = keys.opened
    else:
        key = keys.closed
        date, time = texts.when(wall(opens, clinic.timezone), language)
        said |= {"date": date, "time": time}
    return texts.render(key, language, **{name: said[name] for name in texts.VARIABLES[key]})
