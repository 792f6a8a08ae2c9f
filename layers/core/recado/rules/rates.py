"""How fast we may send: token buckets, and which of two providers to lean on. Pure; seconds are floats."""

from __future__ import annotations

from typing import Final, NamedTuple

WORKERS: Final = 10
"""Delivery runs on so many processes at most (template.yaml, MaximumConcurrency): each has its share of what
an account may send a second."""

LONGEST_WAIT: Final = 2.0
"""Seconds that a worker waits for its turn; beyond, the message is put off and the worker goes on."""

FAILURES: Final = 5
WITHIN: Final = 60.0
"""So many failures in so many seconds and an account is leant on no more, for as long again."""


class Bucket(NamedTuple):
    """Tokens at a time; both are as of the last message."""

    tokens: float
    at: float


def taken(bucket: Bucket | None, now: float, *, rate: float, burst: float) -> tuple[Bucket, float]:
    """The bucket after one more message, and the seconds until that message may go.

    `rate` in tokens a second, `burst` tokens at once. A token that is not there yet is owed: the next message
    waits behind it.
    """
    held = bucket or Bucket(burst, now)
    filled = min(burst, held.tokens + max(0.0, now - held.at) * rate)
    left = filled - 1
    return Bucket(left, max(now, held.at)), max(0.0, -left / rate)


class Health(NamedTuple):
    """How an account has done of late, in one process."""

    failures: tuple[float, ...] = ()
    shunned_until: float = 0.0


def failed(health: Health, now: float) -> Health:
    """After one more failure that may be the provider's."""
    recent = (*(at for at in health.failures if now - at < WITHIN), now)
    if len(recent) < FAILURES:
        return Health(recent, health.shunned_until)
    return Health((), now + WITHIN)


def shunned(health: Health | None, now: float) -> bool:
    """Whether another account is preferred, where there is one that does better."""
    return health is not None and now < health.shunned_until
