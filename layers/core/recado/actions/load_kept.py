"""The records of a person of which one contact holds what is said."""

from __future__ import annotations

from recado.actions.load_person import load_person
from recado.model.patient import Patient


def load_kept(tenant: str, patient_id: str) -> tuple[Patient, ...]:
    """This record first, then those that a person of the clinic has confirmed to be of the same person.

    What only the machine takes for theirs is left alone. Raises NotFound.
    """
    records = load_person(tenant, patient_id)
    own = next(one for one in records if one.id == patient_id)
    return (own, *(one for one in records if one is not own and one.keeper == own.keeper))
