"""What is said to somebody arrives in the order in which it was said."""

from __future__ import annotations

from datetime import datetime

from recado.model.communication import Communication
from recado.rules.sending import ANSWER_WITHIN, ANSWERS, comes_first
from recado.store import contacts


def look_back(tenant: str, communication: Communication, now: datetime) -> Communication | None:
    """The answer to the same address that this one waits for; none: it is its turn.

    The queue's groups keep the order of what goes at the first try; one that its provider put off leaves its
    group. One query for an answer, of the timeline as far back as an answer may be sent; none for all else.
    """
    if communication.purpose not in ANSWERS:
        return None
    since = communication.at - ANSWER_WITHIN
    for seen in contacts.due_between(tenant, communication.patient, since, communication.moment):
        if comes_first(seen, communication, now):
            # The index lags: the one before may just have been sent.
            earlier = contacts.find_communication(tenant, seen.id)
            if earlier is not None and comes_first(earlier, communication, now):
                return earlier
    return None
