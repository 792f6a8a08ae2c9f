"""What somebody takes from us from now on, with its evidence, in the transaction of whoever heard it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from recado import texts
from recado.model.communication import Communication
from recado.model.consent import Action, Consent
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.rules import consent as rules
from recado.rules.communications import communication_id, outbound, route_of
from recado.store import patients, tenants
from recado.store.rows import Transaction

POINTS: Final = 10
"""Of so many contact points of the sender, the latest, everyone is meant."""

PEOPLE: Final = 45
"""So many people are changed by one word, with what else is saved: a transaction holds a hundred rows, and
each of them takes two."""

EVIDENCE: Final = 200
"""Characters of what was said that are kept with a change."""


def change_consent(
    tenant: str, patient: Patient, said: Consent, history: Sequence[Consent], within: Transaction
) -> None:
    """Store what a patient takes now, and the evidence; `said` must not be in their `history` yet.

    The transaction raises Stale when the patient changed meanwhile: whoever is opted out of a purpose then is
    known to `patients.check_consent` before the next claim.
    """
    patients.put(tenant, rules.after(patient, said, history), within)
    patients.keep_consent(tenant, patient.id, said, within)


def by_word(tenant: str, communication: Communication, action: Action, now: datetime) -> Consent:
    """What a patient's own message says; it counts from when they wrote it."""
    said_at = communication.provider_at or communication.at
    return Consent(
        id=communication_id(tenant, "consent", communication.account, communication.id),
        action=action,
        purposes=tuple(sorted(rules.ALL)),
        channel=communication.channel,
        account=communication.account,
        source=f"communication:{communication.id}",
        evidence=communication.text[:EVIDENCE],
        wording=texts.WORDING,
        at=min(said_at, now),
        recorded_at=now,
    )


def everybody(tenant: str, sender_id: str) -> list[Patient]:
    """The sender, and everybody with whom they share a contact point, up to PEOPLE. Raises NotFound."""
    sender = patients.get(tenant, sender_id)
    return [sender, *islice(_others(tenant, sender.live[-POINTS:], sender_id), PEOPLE - 1)]


def _others(tenant: str, points: Sequence[ContactPoint], sender_id: str) -> Iterator[Patient]:
    views = [patients.view(tenant, point) for point in points]
    people = [link.patient for view in views for link in view.links]
    found = dict.fromkeys((*people, *(view.household for view in views)))
    return (patients.get(tenant, one) for one in found if one and one != sender_id)


def answer(tenant: str, contact: Contact, communication: Communication, key: str) -> Communication:
    """What we say to their word, where it came from; one for each. Its place on the timeline is the contact's
    last."""
    clinic, now = tenants.get(tenant), contact.last_moment or communication.at
    return outbound(
        communication_id(tenant, "recado", contact.account, f"{communication.id}:{key}"),
        route_of(communication),
        texts.render(key, contact.language, clinic=clinic.name),
        now,
        patient=communication.patient,
        contact=contact.id,
        purpose="self_service",
    )
