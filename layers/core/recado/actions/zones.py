"""Which tz database wall times are worked out by: stored with each visit, so that the next can correct it."""

from __future__ import annotations

from typing import Final

import tzdata  # type: ignore[import-untyped]

TZ_VERSION: Final[str] = tzdata.IANA_VERSION
"""IANA's name of the release, e.g. `2026f`."""
