"""Whom does another system mean by its own id?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.profile import Profile
from recado.rules.matching import keys
from recado.store import blocks, patients

_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def find_known(tenant: str, known_as: str) -> Patient | None:
    """The record of whom a system calls so (`<system>|<id>`); none: it has not told us of them."""
    profile = Profile(points=(ContactPoint(system="ehr", value=known_as),), seen_at=_EVER)
    wanted = [one for one in keys(profile) if one.system == "ehr"]
    for block in blocks.read(tenant, wanted):
        for filed in block.filed:
            if any(point.value == known_as for point in filed.profile.points if point.system == "ehr"):
                return patients.known(tenant, filed.record)
    return None
