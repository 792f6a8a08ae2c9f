"""Two at once at somebody whom we try to reach: whoever is first, every attempt counts once."""

from __future__ import annotations

from datetime import timedelta

from recado.actions.hear_attempt import hear_attempt
from recado.actions.resume_contact import resume_contact
from recado.actions.take import take
from recado.model.call import Call, Leg, LegRecord

from tests.calls import CALLER
from tests.faults.stage import Stage
from tests.faults.test_interleavings import two_at
from tests.faults.worlds_pursuit import CALLED, hers, missed
from tests.pursuit import OURS, attempted


def ours() -> Call:
    """What Connect tells of a call of ours that nobody answered."""
    ended = CALLED + timedelta(seconds=30)
    record = LegRecord(at=ended, disconnect_reason="TELECOM_UNANSWERED")
    leg = Leg(id=OURS, initiation="OUTBOUND", initiated_at=CALLED, ended_at=ended, record=record)
    return Call(id=OURS, caller=CALLER, legs=(leg,))


def test_an_agent_and_connect_who_tell_of_one_call_tell_of_one(stage: Stage) -> None:
    stage.fresh()
    missed(stage)
    kept: set[tuple[str, ...]] = set()

    def look() -> None:
        stage.sweep()
        followed = hers(stage).follow_up
        kept.add(tuple(f"{one.outcome} {one.call}" for one in followed.attempts) if followed else ())

    runs, found = two_at(
        stage,
        lambda: attempted("voicemail", CALLED + timedelta(minutes=1), once="one"),
        lambda: hear_attempt("boavista", ours(), CALLED + timedelta(minutes=2)),
        accepted=(),
        after=look,
    )
    assert runs >= 6
    assert (found, kept) == ([], {(f"voicemail {OURS}",)})


def test_who_takes_it_at_the_very_time_of_its_call_has_it(stage: Stage) -> None:
    stage.fresh()
    missed(stage)
    contact = attempted()
    stage.carry()
    assert contact.callback
    stage.move_to(contact.callback.due_at)
    states: set[tuple[str, str | None]] = set()
    runs, found = two_at(
        stage,
        lambda: resume_contact("boavista", contact.id, stage.now),
        lambda: take("boavista", "ana", contact.id, stage.now),
        accepted=(),
        after=lambda: states.add((hers(stage).state, hers(stage).agent)),
    )
    assert runs >= 6
    assert (found, states) == ([], {("assigned", "ana")})
