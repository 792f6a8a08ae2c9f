"""What the sweep should look at: rows of the contacts table of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.model.call import Call
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.erasure import Erasure
from recado.model.record import iso
from recado.store.contacts import ContactRow
from recado.store.rows import R, key, named, readable


class Page(NamedTuple):
    """A page of what the sweep should look at, longest overdue first."""

    contacts: list[Contact]
    communications: list[Communication]
    calls: list[Call]
    erasures: list[Erasure]
    following: Mapping[str, Any] | None
    """Where the next page begins; none: that was all."""
    unreadable: tuple[str, ...] = ()
    """Rows that this version cannot read, by their ids; they stay due."""
    notices: tuple[tuple[str, str], ...] = ()
    """The keys of notices to other systems (see notices.py): whoever sends one reads it."""


def page(tenant: str, now: datetime, after: Mapping[str, Any] | None = None, limit: int = 100) -> Page:
    """A page of the rows that are due by now.

    The index lags behind the table: a row may no longer be due, and one saved just now may be missing.
    """
    own, begin = key(tenant, "due"), dict(after) if after else None
    query = ContactRow.by_due.query(own, ContactRow.due_at <= iso(now), limit=limit, last_evaluated_key=begin)
    with named():
        keys = [(row.pk, row.sk) for row in query]
        held = {(row.pk, row.sk): row for row in ContactRow.batch_get(keys)} if keys else {}

    def those(kind: type[R], sk: str) -> dict[tuple[str, str], R]:
        return readable((held[one] for one in keys if one in held and one[1].startswith(sk)), kind)

    contacts, communications = those(Contact, "C#"), those(Communication, "M")
    calls, erasures = those(Call, "V"), those(Erasure, "E")
    notices = {one for one in held if one[1].startswith("N#")}
    read = (contacts, communications, calls, erasures)
    unreadable = held.keys() - notices.union(*read)
    return Page(
        list(contacts.values()),
        list(communications.values()),
        list(calls.values()),
        list(erasures.values()),
        query.last_evaluated_key if len(keys) == limit else None,
        tuple(sorted(_id(pk, sk) for pk, sk in unreadable)),
        tuple(sorted(notices)),
    )


def _id(pk: str, sk: str) -> str:
    """The id of a contact, communication or call, by its row's keys: these hold nobody's name or number."""
    own = pk.rpartition("#")[2]
    return f"{own}.{int(sk[2:])}" if sk.startswith("C#") else own
