"""One timeline of what was said with several records of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from recado.model.communication import Communication


class Stretch(NamedTuple):
    """The latest entries of a timeline, in order, and where the earlier ones begin (none: there are none).

    What has one moment is not divided.
    """

    entries: list[Communication]
    more: str | None


def united(stretches: Iterable[Stretch], limit: int) -> Stretch:
    """The latest `limit` entries of several timelines that end at the same place, or so few more as have one
    moment: none is lost, and none comes twice, from one stretch to the next."""
    parts = list(stretches)
    latest = sorted((one for part in parts for one in part.entries), key=lambda one: one.moment)
    known = [part.more for part in parts if part.more]
    if len(latest) > limit:
        known.append(latest[-limit].moment)
    more = max(known, default=None)
    shown = [one for one in latest if more is None or one.moment >= more]
    return Stretch(shown, more)
