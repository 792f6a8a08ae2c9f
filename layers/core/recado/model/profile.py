"""What a record says of a person: by this people are told apart, and known again."""

from __future__ import annotations

from typing import Literal

from recado.model.contact_point import ContactPoint
from recado.model.record import Instant, Record

Sex = Literal["", "female", "male", "other", "unknown"]
"""FHIR's administrative gender; "" where nothing is said."""


class Profile(Record):
    """What one record says of a person, as it was said; "" is where it says nothing.

    `name` is a name as a whole (what somebody calls themselves on a channel, a voice's transcript), the rest
    are fields of a form or of another system. `birth_date` is `YYYY-MM-DD`. `points` are addresses and
    numbers that lead to people (`phone`, `email`, a messenger's id, `document`, `ehr`), as they are matched.
    """

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    birth_date: str = ""
    sex: Sex = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    language: str = ""
    points: tuple[ContactPoint, ...] = ()
    seen_at: Instant
    """When this was last said."""


class Evidence(Record):
    """One thing that speaks for two records being one person's, or against it.

    `field` is what was compared (`name`, `phone`, `birth_date`, …), `level` how well it agrees (`exact`, …,
    `conflict`), `weight` by how much that changes the odds, in bits (log2): they add up.
    """

    field: str
    level: str
    weight: float
