"""Load, ask a rule, save; and once more when somebody was faster."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from recado.errors import Busy, RecadoError, Stale, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 4
"""Then the queue, the stream or the caller tries again: in-place repeats are for races, not for outages."""


def again(action: Callable[P, T]) -> Callable[P, T]:
    """Repeat an action, from its loads on, when a save found another version than the one it was based on.

    Not a general retry: the action is asked anew, so that its rules see what the other one did.
    """
    return _repeated(action, Stale, Busy)


def insist(action: Callable[P, T]) -> Callable[P, T]:
    """Like `again`, and also when the store did not answer: for what nobody else could find out later."""
    return _repeated(action, Stale, Unavailable)


def _repeated(action: Callable[P, T], *errors: type[RecadoError]) -> Callable[P, T]:
    @functools.wraps(action)
    def repeated(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return action(*args, **kwargs)
            except errors:
                continue
        return action(*args, **kwargs)

    return repeated
