"""What came from a household's contact point turns out to be somebody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from recado.actions.again import again
from recado.actions.hand_over import hand_over_all
from recado.actions.introduce import introduce
from recado.model.call import Call
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import attribution as rules
from recado.rules.identity import UNVERIFIED
from recado.rules.senders import Sender
from recado.store import calls, contacts, patients
from recado.store.rows import transaction

MOST: Final = 40
"""So many communications are moved in one transaction, which holds a hundred rows; the rest follow."""


def attribute(tenant: str, contact: Contact, whose: Sender, now: datetime) -> Contact:
    """Let the household's open contact, and all that was said in it, go on as theirs whose it is; the contact
    in which it does.

    One transaction; the contact is over then, so that the same again finds nothing to do. What is not on the
    timeline yet, and what is too much for one, follows (gather). Raises Stale or Busy when something changed
    meanwhile.
    """
    latest = None if whose.new else contacts.latest_contact(tenant, whose.holder)
    said = islice(_of(tenant, contact), MOST)
    into_id = rules.given(contact, latest, whose.link, (), now).into.id
    moved = [rules.moved(one, into_id, whose.patient, whose.questions) for one in said]
    pending = rules.serve_themselves(moved) if _is_proven(tenant, contact) else ()
    aside, into = rules.given(contact, latest, whose.link, pending, now)
    before = latest if latest and latest.id == into.id else into.model_copy(update={"state": "closed"})
    with transaction() as work:
        introduce(tenant, whose, work)
        contacts.save_contact(tenant, aside, work)
        contacts.save_contact(tenant, into, work)
        hand_over_all(tenant, [(contact, aside), (before, into)], now, work)
        for one in moved:
            contacts.save_communication(tenant, one, work)
        for call in _calls(tenant, moved):
            opened = call.opened and into.version == 0
            theirs = {"patient": whose.patient, "contact": into.id, "opened": opened}
            calls.put(tenant, call.model_copy(update=theirs), work)
    return into.model_copy(update={"version": into.version + 1})


@again
def gather(tenant: str, contact_id: str, now: datetime) -> None:
    """Let what a household's contact left behind follow to the contact in which its matter goes on."""
    contact = contacts.get_contact(tenant, contact_id)
    if contact.merged_into is None or contact.speaker is None or contact.due_at is None:
        return
    left = list(islice(_of(tenant, contact), MOST + 1))
    after = contact.model_copy(update={"due_at": None if len(left) <= MOST else now})
    with transaction() as work:
        contacts.save_contact(tenant, after, work)
        for one in left[:MOST]:
            moved = rules.moved(one, contact.merged_into, contact.speaker, ())
            contacts.save_communication(tenant, moved, work)


def _of(tenant: str, contact: Contact) -> Iterator[Communication]:
    """What was said in a household's contact, the latest first. A timeline is an index, which lags behind."""
    before: str | None = None
    while True:
        page, before = contacts.timeline(tenant, contact.patient, before=before)
        for one in rules.unmoved(reversed(page), contact):
            current = contacts.find_communication(tenant, one.id)
            if current is not None and rules.unmoved([current], contact):
                yield current
        if before is None or not page or page[0].at < contact.opened_at:
            return


def _calls(tenant: str, said: list[Communication]) -> Iterator[Call]:
    for one in said:
        call = calls.find(tenant, one.provider_id or "") if one.kind == "call" else None
        if call is not None:
            yield call


def _is_proven(tenant: str, contact: Contact) -> bool:
    """Who may be anybody settles nothing, whoever they say it is for."""
    points = patients.get(tenant, contact.patient).contact_points
    return all(point.system != UNVERIFIED for point in points)
