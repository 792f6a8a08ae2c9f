"""Maria rang, gave up in the queue, and is owed a call within the hour: for tests of what follows."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow
from recado.actions.note_attempt import note_attempt
from recado.actions.sweep import sweep
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.follow_up import AttemptOutcome
from recado.store import contacts

from tests import calls
from tests.calls import ABANDONED, ANSWERED_CALL, CALLER
from tests.samples import NOW, later
from tests.visits import view

MISSED = later(seconds=200)
CALLED = later(minutes=40)
"""When the desk first calls her."""
OURS = "0ut60e00-0000-4000-8000-000000000001"
"""A call that we made."""


def missed(now: datetime = MISSED) -> Contact:
    """Her call, from all that Connect tells of it."""
    answer_flow(calls.flow(), NOW)
    for message in (*calls.events(ABANDONED), calls.record(ABANDONED)):
        hear_call(json.dumps(message).encode(), now)
    return her_contact()


def her_contact() -> Contact:
    """As it is now."""
    found = contacts.latest_contact("boavista", view().links[0].patient)
    assert found is not None
    return found


def her_texts(*names: str) -> list[Communication]:
    """What we wrote to her about calls, by the names of its texts."""
    sent, _ = contacts.timeline("boavista", her_contact().patient)
    ours = [one for one in sent if one.direction == "outbound" and one.template]
    return [one for one in ours if one.template and one.template.name in (names or (one.template.name,))]


def attempted(outcome: AttemptOutcome = "no_answer", now: datetime = CALLED, **told: Any) -> Contact:
    """Ana has called her, and says what came of it."""
    return note_attempt("boavista", "ana", her_contact().id, outcome, now, **told)


def heard(
    talked: timedelta | None = None,
    now: datetime = CALLED,
    call: str = OURS,
    reason: str = "TELECOM_UNANSWERED",
) -> None:
    """Connect's record of a call that we made to her, 100 s after its end; `talked`: somebody picked up."""
    times = dict(ANSWERED_CALL) if talked is not None else {"ended": timedelta(seconds=30)}
    if talked is not None:
        times["ended"] = times["answered"] + talked
    told = calls.record(times, CALLER, call, now, InitiationMethod="OUTBOUND", DisconnectReason=reason)
    hear_call(json.dumps(told).encode(), now + times["ended"] + timedelta(seconds=100))


def swept(now: datetime) -> Contact:
    """Her contact after the minute's sweep."""
    assert sweep("boavista", now).failed == ()
    return her_contact()
