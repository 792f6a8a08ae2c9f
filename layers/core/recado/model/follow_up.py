"""What was done to reach somebody whom the clinic missed, and how that ended (R41-R44)."""

from __future__ import annotations

from typing import Literal

from recado.model.record import Instant, Record

AttemptOutcome = Literal["reached", "no_answer", "busy", "voicemail", "wrong_number", "booked", "declined"]
End = Literal["reached", "booked", "declined", "unreachable"]
DayPart = Literal["morning", "midday", "afternoon", "evening"]


class Attempt(Record):
    """One call of ours, answered or not."""

    id: str
    """Of the request that told of it, or of the call itself: told again, it is the same attempt."""
    at: Instant
    outcome: AttemptOutcome
    by: str
    """`agent:<id>` who told of it, or `voice` where the telephone system alone did."""
    call: str = ""
    """The call that it was, where the telephone system told of it too; "" where it did not (yet)."""
    note: str = ""


class FollowUp(Record):
    """Everything that was tried since somebody was missed. Its numbers are K12-K19's: the n-th attempt is
    `attempts[n - 1]`, the time to the first one is `attempts[0].at - since`."""

    since: Instant
    """When they were missed: their call ended, their form or message came."""
    phone: str = ""
    """Where they were called."""
    attempts: tuple[Attempt, ...] = ()
    """In the order of their times."""
    wrong: tuple[str, ...] = ()
    """Numbers at which they are not known."""
    written: tuple[str, ...] = ()
    """By which channels they were asked for a time, in order."""
    unjudged: bool = False
    """The telephone system has told of an attempt; what follows from it the sweep sees to."""
    end: End | None = None
    ended_at: Instant | None = None


class Why(Record):
    """Why an attempt is due when it is.

    `target`: within the clinic's time for the first one. `agreed`: they have said so. `ladder`: the best part
    of a day by the prior alone; `learnt`: the same with what this clinic has tried then. `rate` is the share
    of attempts that is expected to reach somebody (0 to 1), `reached` of `tried` what the clinic has counted.
    """

    kind: Literal["target", "agreed", "ladder", "learnt"] = "target"
    weekday: int | None = None
    """0 is Monday."""
    part: DayPart | None = None
    rate: float | None = None
    tried: int = 0
    reached: int = 0
