"""How fast a provider lets its customers send."""

import time
from collections.abc import Callable

Clock = Callable[[], float]


class Limit:
    """A bucket for each key: `burst` at once, then `per_second`."""

    def __init__(self, per_second: float, burst: float, clock: Clock = time.monotonic) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> float:
        """Zero when one more may be sent now; else in how many seconds."""
        now = self._clock()
        left, since = self._left.get(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        if left < 1:
            self._left[key] = (left, now)
            return (1 - left) / self._per_second
        self._left[key] = (left - 1, now)
        return 0.0
