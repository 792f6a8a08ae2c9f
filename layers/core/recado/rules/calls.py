"""What became of a call, whatever order its pieces came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.call import Call, Leg, LegRecord
from recado.model.communication import CallOutcome, CallSummary
from recado.model.follow_up import Attempt, AttemptOutcome

CALLER_WAIT: Final = timedelta(minutes=5)
"""How long an ended call waits to learn who called: contact records came 67-100 s after the end."""

OUTBOUND: Final = ("OUTBOUND", "API")
MISSED: Final = ("abandoned_in_queue", "abandoned_in_menu")
OWED: Final = (*MISSED, "callback_requested")
"""Outcomes after which the clinic has to call."""

TALKED: Final = timedelta(seconds=20)
"""A call of ours that is shorter than this was with nobody, or with a machine."""

_REFUSED: Final[dict[str, AttemptOutcome]] = {
    "TELECOM_BUSY": "busy",
    "TELECOM_NUMBER_INVALID": "wrong_number",
}
"""What Connect's reasons say of a call that we made (DisconnectReason); any other: nobody answered."""

_LISTENING: Final = "MONITOR"
_CALLBACK: Final = "CALLBACK"


class Facts(NamedTuple):
    """What the legs of a call say together."""

    outbound: bool
    initiated_at: datetime | None
    connected_at: datetime | None
    queued_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    """None while a leg is still going on; a callback that the caller asked for is not waited for."""
    last_at: datetime | None
    """The end of the last leg that has ended, callbacks included."""
    talked_s: int


def joined(call: Call, news: Call) -> Call:
    """The call after more was heard of it: the same, in whatever order, and however often, it was heard."""
    return call.model_copy(
        update={
            "dialled": _least(call.dialled, news.dialled),
            "caller": _least(call.caller, news.caller),
            "withheld": call.withheld or news.withheld,
            "callback_requested": call.callback_requested or news.callback_requested,
            "self_served": call.self_served or news.self_served,
            "legs": _legs((*call.legs, *news.legs)),
        }
    )


def facts(call: Call) -> Facts:
    """What is known of the call as a whole."""
    legs = [leg for leg in call.legs if leg.initiation != _LISTENING]
    first = [leg for leg in legs if leg.initiation != _CALLBACK]
    ends = [leg.ended_at for leg in first if leg.ended_at]
    return Facts(
        outbound=any(leg.initiation in OUTBOUND for leg in legs if leg.id == call.id),
        initiated_at=_earliest(leg.initiated_at for leg in first),
        connected_at=_earliest(leg.connected_at for leg in first),
        queued_at=_earliest(leg.queued_at for leg in first),
        answered_at=_earliest(leg.answered_at for leg in legs),
        ended_at=max(ends) if ends and len(ends) == len(first) else None,
        last_at=max((leg.ended_at for leg in legs if leg.ended_at), default=None),
        talked_s=sum(_talked(leg) for leg in legs),
    )


def outcome(call: Call) -> CallOutcome | None:
    """How the call ended; none while it goes on. An agent who spoke with the caller decides over all else."""
    known = facts(call)
    if known.ended_at is None:
        return None
    if known.outbound:
        return "answered" if known.connected_at or known.answered_at else "not_reached"
    if known.answered_at:
        return "answered"
    if call.callback_requested or _callback_follows(call):
        return "callback_requested"
    if known.queued_at:
        return "abandoned_in_queue"
    return "self_served" if call.self_served else "abandoned_in_menu"


def summary(call: Call) -> CallSummary | None:
    """The call as the timeline shows it, once it has ended. It waited in the queue, or else in the menu."""
    result, known = outcome(call), facts(call)
    if result is None:
        return None
    start = known.queued_at or (None if known.answered_at else known.initiated_at)
    end = known.answered_at or known.ended_at
    waited = int((end - start).total_seconds()) if start and end else 0
    return CallSummary(outcome=result, waited_s=max(waited, 0), talked_s=known.talked_s)


def ready(call: Call) -> bool:
    """Whether it can be settled, or settled anew: it is over, and we know who called, or shall not know."""
    known = bool(call.caller or call.withheld or call.outcome)
    return known and facts(call).ended_at is not None


def waiting(call: Call, now: datetime) -> Call:
    """The call, with the time at which the sweep settles it should nobody tell us who called."""
    known = facts(call)
    if known.ended_at is None or known.outbound:
        return call.model_copy(update={"due_at": None})
    return call.model_copy(update={"due_at": call.due_at or now + CALLER_WAIT})


def attempt_of(call: Call, now: datetime) -> Attempt | None:
    """A call that we made as an attempt to reach somebody; none before its contact record says how it ended.

    Who talks for TALKED is taken for a person; an agent who heard a machine says so (rules.attempts.added).
    """
    result, known = outcome(call), facts(call)
    reasons = {leg.record.disconnect_reason for leg in call.legs if leg.record}
    if result is None or not known.outbound or not reasons:
        return None
    spoken = result == "answered" and known.talked_s >= TALKED.total_seconds()
    told = next((_REFUSED[one] for one in sorted(map(str, reasons)) if one in _REFUSED), "no_answer")
    at = known.initiated_at or known.ended_at or now
    return Attempt(id=call.id, call=call.id, at=at, outcome="reached" if spoken else told, by="voice")


def kept(call: Call) -> Call:
    """The call as it is stored: one that we made is no contact of anybody's, so that its number, which no
    patient leads to, would outlast them."""
    return call.model_copy(update={"caller": None}) if facts(call).outbound else call


def _callback_follows(call: Call) -> bool:
    """Whether the caller left for a callback: a following leg that we have not seen may be one."""
    seen = {leg.id: leg.initiation for leg in call.legs}
    following = {leg.record.next_leg for leg in call.legs if leg.record and leg.record.next_leg}
    return _CALLBACK in seen.values() or any(leg not in seen for leg in following)


def _legs(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    found: dict[str, Leg] = {}
    for leg in legs:
        found[leg.id] = _leg(found[leg.id], leg) if leg.id in found else leg
    return tuple(found[leg] for leg in sorted(found))


def _leg(one: Leg, other: Leg) -> Leg:
    return Leg(
        id=one.id,
        initiation=_least(one.initiation, other.initiation),
        initiated_at=_earliest((one.initiated_at, other.initiated_at)),
        connected_at=_earliest((one.connected_at, other.connected_at)),
        queued_at=_earliest((one.queued_at, other.queued_at)),
        answered_at=_earliest((one.answered_at, other.answered_at)),
        ended_at=_earliest((one.ended_at, other.ended_at)),
        record=_newest(one.record, other.record),
    )


def _newest(one: LegRecord | None, other: LegRecord | None) -> LegRecord | None:
    known = [record for record in (one, other) if record]
    # Of two records of one moment any will do, as long as it is always the same.
    return max(known, key=lambda record: (record.at, record.model_dump_json()), default=None)


def _talked(leg: Leg) -> int:
    if leg.record and leg.record.talked_s is not None:
        return leg.record.talked_s
    if leg.answered_at and leg.ended_at:
        return max(int((leg.ended_at - leg.answered_at).total_seconds()), 0)
    return 0


def _earliest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant), default=None)


def _least(one: str | None, other: str | None) -> str | None:
    """The one that is known; of two, always the same one."""
    return min((value for value in (one, other) if value), default=None)
