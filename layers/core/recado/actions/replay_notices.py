"""Notices are sent again: to a system that lost some, or that was paused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from recado.actions.again import again
from recado.model.notice import Notice, NoticeState
from recado.rules import notices as rules
from recado.store import notices, subscriptions

MOST: Final = 200
"""Notices that one call looks at: the gateway waits 29 s, and each takes a write."""


class Replayed(NamedTuple):
    """How many are sent again, and where the next call goes on; none: that was all."""

    notices: int
    following: str | None


def replay_notices(
    tenant: str,
    subscription_id: str,
    since: str,
    now: datetime,
    states: Collection[NoticeState] = ("sent", "failed", "held"),
) -> Replayed:
    """Send again, in their order, what was written from this id on (see `rules.notices.since`) and is in one
    of these states. Asked again where it was cut off, it begins anew: receivers know a repeat.
    Raises NotFound."""
    subscriptions.get(tenant, subscription_id)
    page = notices.onwards(tenant, subscription_id, since, MOST + 1)
    wanted = [one for one in page[:MOST] if one.state in states]
    for one in wanted:
        replay_notice(tenant, subscription_id, one.id, now)
    return Replayed(len(wanted), page[MOST].id if len(page) > MOST else None)


@again
def replay_notice(tenant: str, subscription_id: str, notice_id: str, now: datetime) -> Notice:
    """Send one again; one that is being sent stays as it is. Raises NotFound."""
    subscriptions.get(tenant, subscription_id)
    known = notices.get(tenant, subscription_id, notice_id)
    again_due = rules.replayed(known, now)
    if again_due == known:
        return known
    notices.put(tenant, again_due)
    return again_due.model_copy(update={"version": known.version + 1})
