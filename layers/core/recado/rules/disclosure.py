"""What a contact point alone proves: to whom something of theirs may be said there.

A number that nobody uses any more is given to somebody else in the end. Source: FCC, Second Report and Order
18-177 (2018), 47 CFR 52.15(f)(1)(ii): at the earliest 45 days after the last owner gave it up; elsewhere they
wait as long or longer. So whoever is heard within 45 days of the last time is no later owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from recado.model.contact_point import NUMBERS, ContactPoint
from recado.model.patient import Link

AGING: Final = timedelta(days=45)
NOTED_EVERY: Final = timedelta(days=30)
"""That somebody was there is noted once in so long: it costs no write for each message."""

SHARED: Final = frozenset({"phone", "email", "unverified_email"}) | NUMBERS
"""Systems of addresses that a family may share, and that are given to others in time; any other is an account
that its holder signs in to."""


def is_own(point: ContactPoint) -> bool:
    """Whether it is somebody's own account with a messenger, whose id nobody else is ever given."""
    return point.system not in SHARED


def may_disclose(links: Sequence[Link], now: datetime) -> Link | None:
    """Of whom may be said, at a contact point with these people behind it, what was booked right there.

    Only where there is one person, who was surely there of late. Two records count as one person's when
    somebody of the clinic has confirmed it: that the rules think so is not enough.
    """
    if len({link.keeper for link in links}) != 1:
        return None
    latest = max(links, key=lambda link: (link.seen_at is not None, link.seen_at or now, -link.place))
    return latest if is_fresh(latest, now) else None


def is_fresh(link: Link, now: datetime) -> bool:
    """Whether nobody else can have got the contact point since they were last there."""
    return link.seen_at is not None and now - link.seen_at < AGING


def is_noteworthy(link: Link, now: datetime, *, sure: bool) -> bool:
    """Whether it is to be noted that somebody was heard there; `sure`: by their name, or their own account.

    Who says nothing of themselves is taken for them only while no later owner can be meant.
    """
    if link.seen_at is not None and now - link.seen_at < NOTED_EVERY:
        return False
    return sure or is_fresh(link, now)
