"""The contacts that are settled, newest first."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from recado.errors import Invalid
from recado.model.contact import Contact
from recado.store import contacts

ENOUGH = 50
"""Contacts: a page ends with the day that brings it to these."""

DAYS = 14
"""A page looks at these many days at most, so that a quiet clinic's list stays quick."""

HORIZON = timedelta(days=92)
"""What opened longer ago is found on its patient's timeline."""


def list_closed(tenant: str, now: datetime, after: str | None = None) -> tuple[list[Contact], str | None]:
    """A page of closed contacts, by the day (UTC) they opened, and the day at which the next page begins.

    `after` is that day, `YYYY-MM-DD`; none begins with today. Raises Invalid (`next`).
    """
    today = now.date()
    day = _day(after) if after else today
    found: list[Contact] = []
    for _ in range(DAYS):
        if len(found) >= ENOUGH or day < today - HORIZON:
            break
        of_day = contacts.contacts_of_day(tenant, day.isoformat())
        found += [one for one in of_day if one.state == "closed" and one.erased_at is None]
        day -= timedelta(days=1)
    found.sort(key=lambda contact: contact.closed_at or contact.opened_at, reverse=True)
    return found, day.isoformat() if day >= today - HORIZON else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("next", "This is not a place in the list.") from None
