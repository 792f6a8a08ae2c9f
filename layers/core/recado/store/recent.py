"""Settings that a function may go on with for a minute, by tenant."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")

SECONDS: Final = 60
_all: list[Recent[Any]] = []


class Recent(Generic[T]):
    """What `load` gives for a tenant, at most a minute old."""

    def __init__(self, load: Callable[[str], T]) -> None:
        self._load = load
        self._held: dict[str, tuple[float, T]] = {}
        _all.append(self)

    def of(self, tenant: str) -> T:
        """As it was loaded at most a minute ago. Raises what `load` raises."""
        held = self._held.get(tenant)
        if held and time.monotonic() - held[0] < SECONDS:
            return held[1]
        loaded = self._load(tenant)
        self._held[tenant] = (time.monotonic(), loaded)
        return loaded

    def drop(self, tenant: str) -> None:
        """Load it again next time: this process has just changed it."""
        self._held.pop(tenant, None)

    def clear(self) -> None:
        """Load everybody's again."""
        self._held.clear()


def forget() -> None:
    """Empty all of this process's caches of this kind."""
    for one in _all:
        one.clear()
