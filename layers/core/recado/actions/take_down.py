"""What a form says of whoever filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from recado.actions.file_record import file_record
from recado.channels import Received, traits_of
from recado.model.patient import Fact, Patient
from recado.rules.display_names import fit
from recado.rules.identity import UNVERIFIED
from recado.rules.patients import link_to
from recado.rules.preregistration import said
from recado.rules.senders import Sender, Statement, is_surely
from recado.rules.times import wall
from recado.rules.told import suggest, tell
from recado.store import tenants
from recado.store.rows import Transaction


def take_down(tenant: str, received: Received, sender: Sender, now: datetime) -> Sender:
    """The sender with what their form says of them.

    It is all that is known of somebody new. Of somebody known it is but a suggestion (rules.told.suggest),
    unless it came from an address that is theirs alone, for which the channel vouches, and speaks of them:
    not of their child, nor of who has their number by now. Of whom a household's form speaks nobody knows.
    """
    clinic = tenants.get(tenant)
    told = said(received.event["form"], clinic.country, wall(now, clinic.timezone).date())
    if not told or sender.link.kind == "household" or sender.writer is not None:
        return sender
    if sender.new is not None:
        new = tell(sender.new, told, received.channel, now)
        return sender._replace(new=new, link=link_to(new))
    return sender._replace(
        statement=Statement(told, received.channel, sure=_is_sure(received, sender, told, now))
    )


def noted(tenant: str, patient: Patient, statement: Statement, now: datetime, within: Transaction) -> Patient:
    """The record, yet to be stored, with what was said of its person; it is filed by that."""
    if not statement.sure:
        return suggest(patient, statement.said, statement.source, now)
    told = tell(patient, statement.said, statement.source, now)
    return file_record(tenant, told, within) if told != patient else patient


def _is_sure(received: Received, sender: Sender, told: Mapping[Fact, str], now: datetime) -> bool:
    people = {one.person or one.patient for one in sender.people}
    vouched = bool(traits_of(received.channel).systems)
    alone = len(people) == 1 and all(system != UNVERIFIED for system, _ in received.identities)
    called = " ".join(told[part] for part in _PARTS if part in told) or received.event.get("name")
    theirs = fit(called, sender.name) != "unlike" and is_surely(sender, called, now)
    return vouched and alone and theirs


_PARTS: Final[tuple[Fact, ...]] = ("given_name", "family_name")
