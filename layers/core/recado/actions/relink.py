"""Whoever looks somebody up by one of their contact points finds what is known of them by now."""

from __future__ import annotations

from recado.model.contact_point import NUMBERS
from recado.model.patient import Patient
from recado.rules.patients import relinked
from recado.store import patients
from recado.store.rows import Transaction


def relink(tenant: str, patient: Patient, within: Transaction) -> None:
    """Write it where it is not so: one read for each of their addresses.

    The transaction must save the patient, too: it raises Stale when they changed meanwhile.
    """
    for point in patient.contact_points:
        if point.system in NUMBERS:
            continue
        for link in patients.view(tenant, point).links:
            if link.patient == patient.id and relinked(link, patient) != link:
                patients.relink(tenant, point, relinked(link, patient), link.place, within)
