"""Where a record is filed and looked for."""

from __future__ import annotations

from recado.model.profile import Key, Profile


def keys(profile: Profile) -> tuple[Key, ...]:
    """All that a record is to be filed under: exact points first, then what strangers may share."""
    name = " ".join(sorted(profile.name.casefold().split()))
    exact = [Key(point.system, point.value, True) for point in profile.points]
    return (*exact, *([Key("name", name, False)] if name else []))
