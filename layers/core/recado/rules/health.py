"""Whether a channel is looked after: an abandoned one is worse than none (R7).

All spans are of the time in which the clinic is open: nobody answers, and few write, while it is closed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from recado.model.contact import Contact
from recado.model.tenant import Account, Tenant
from recado.rules.hours import time_open

if TYPE_CHECKING:
    from recado.model.interval import IntervalTotal

Problem = Literal["unanswered", "silent", "unused"]

WINDOW: Final = timedelta(days=14)
"""How far back it is looked for what is usual."""
TIMES: Final = 3
"""Silence that is so many times the longest usual one is none that happens by itself …"""
LEAST: Final = timedelta(hours=24)
"""… unless it is shorter than this."""
GAPS: Final = 5
"""Fewer pauses than these say nothing of what is usual."""


class Neglect(NamedTuple):
    """What is wrong with an account. `unanswered`: so many `people` wait, the first `since` then. `silent`:
    nothing has come on its channel `since` then, as it usually would. `unused`: it is there `since` then, and
    in all of WINDOW nobody wrote."""

    channel: str
    account: str
    problem: Problem
    since: datetime
    people: int = 0

    @property
    def is_urgent(self) -> bool:
        """Whether an operator should look: somebody waits, or a webhook that worked may not any more."""
        return self.problem != "unused"


def is_due(tenant: str, now: datetime) -> bool:
    """Whether this is the clinic's minute. Each has one in the hour: no minute has to look at all clinics."""
    return zlib.crc32(tenant.encode()) % 60 == now.minute


def neglected(
    clinic: Tenant,
    accounts: Iterable[Account],
    contacts: Sequence[Contact],
    totals: Sequence[IntervalTotal],
    now: datetime,
) -> list[Neglect]:
    """What is wrong with the accounts that are open, by the contacts that are open and the last WINDOW.

    Silence is that of the channel: the accounts of one are not told apart in what was counted.
    """
    found = []
    for account in (one for one in accounts if one.enabled):
        heard = [total.start for total in totals if _was_heard(total, account.channel)]
        found += [_unanswered(clinic, account, contacts, now), _silent(clinic, account, heard, now)]
    return [one for one in found if one is not None]


def _was_heard(total: IntervalTotal, channel: str) -> bool:
    return channel in total.channels and total.channels[channel].inbound > 0


def _unanswered(
    clinic: Tenant, account: Account, contacts: Sequence[Contact], now: datetime
) -> Neglect | None:
    here = [one for one in contacts if (one.channel, one.account) == (account.channel, account.id)]
    allowed = timedelta(hours=clinic.unanswered_hours)
    waited = [since for one in here if (since := waits_since(one))]
    late = [since for since in waited if time_open(clinic, since, now) > allowed]
    if not late:
        return None
    return Neglect(account.channel, account.id, "unanswered", min(late), len(late))


def waits_since(contact: Contact) -> datetime | None:
    """Since when the patient waits for an answer; none when they do not, as for a call at its time.

    Who was answered once, and wrote again, waits since they last wrote: a later word puts it off.
    """
    heard, spoken = contact.last_inbound_at, contact.spoken_at
    if contact.state in ("scheduled", "closed") or heard is None or (spoken and spoken >= heard):
        return None
    if contact.answered_at is None:
        return heard if contact.reason == "undelivered" else contact.opened_at
    # A call that was answered is answered, though nobody wrote.
    return None if contact.channel == "voice" else heard


def _silent(clinic: Tenant, account: Account, heard: Sequence[datetime], now: datetime) -> Neglect | None:
    if not heard:
        opened = account.created_at
        unused = opened is not None and opened < now - WINDOW
        return Neglect(account.channel, account.id, "unused", opened) if opened and unused else None
    gaps = [time_open(clinic, one, after) for one, after in pairwise(heard)]
    if len(gaps) < GAPS or time_open(clinic, heard[-1], now) <= max(LEAST, TIMES * max(gaps)):
        return None
    return Neglect(account.channel, account.id, "silent", heard[-1])
