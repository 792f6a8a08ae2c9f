"""Where records meet that may be one person's."""

from __future__ import annotations

from typing import NamedTuple

from recado.model.profile import Profile
from recado.model.record import Record, Versioned


class Key(NamedTuple):
    """Where records of one person meet. `exact`: a contact point or number, which one household may share;
    else something that strangers may have in common (a name, a birth date)."""

    system: str
    value: str
    exact: bool


class Filed(Record):
    """A record that is found under a key."""

    record: str
    """The patient's id."""
    person: str
    """Whose record it is: the id of the patient that stands for the person (model.patient.Patient.person)."""
    profile: Profile


class Block(Versioned):
    """What is filed under a key: the latest first, and not all of them where there are many."""

    filed: tuple[Filed, ...] = ()
    people: int = 0
    """How many people were ever filed there, also those of whom nothing is kept."""
