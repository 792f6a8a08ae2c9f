"""What is written about that is no visit to come: planned and judged as visits are. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.appointment import Reminder
from recado.model.outreach import Outreach, OutreachState
from recado.model.policy import Policy
from recado.rules import plans
from recado.rules.plans import Frame
from recado.rules.quiet import narrower

MISSED: Final = "missed"
"""The source of what is written to whoever missed a visit."""
CONTACT: Final = "contact"
"""The source of what is asked after a contact."""
AUTHORISATION: Final = "authorisation"
"""The source of what is written when an authorisation has come."""
MEDICATION: Final = "medication"
"""The source, and the purpose, of what reminds somebody of their medication."""
LATE: Final = timedelta(days=3)
"""How late a step may go: nobody waits for it, as one waits for a visit."""
SOON: Final = timedelta(hours=1)
"""How late medication may be reminded of: later it could be taken at the wrong time."""


class Verdict(NamedTuple):
    """As of a visit (rules.reminders)."""

    outreach: Outreach
    send: Reminder | None
    not_after: datetime


def begun(outreach: Outreach, policy: Policy, now: datetime) -> Outreach:
    """The matter with its steps planned from its anchor on. A step that is due at once goes at once."""
    own = own_policy(outreach, policy)
    return with_steps(outreach, plans.plan(own, own.steps, frame(outreach), now - plans.MOMENT))


def own_policy(outreach: Outreach, policy: Policy) -> Policy:
    """The clinic's policy with the steps of this matter, and the person's own quiet hours. Medication is
    taken on holidays, too."""
    closed = policy.on_closed_days or outreach.purpose == MEDICATION
    own = policy.model_copy(update={"steps": outreach.steps, "on_closed_days": closed})
    return narrower(own, outreach.quiet)


def decide(outreach: Outreach, policy: Policy, now: datetime, *, unwanted: Collection[str] = ()) -> Verdict:
    """What becomes of each step that is due: see `plans.judge`. Of their medication nobody is reminded any
    more who takes nothing from us."""
    if outreach.purpose == MEDICATION and "care" in unwanted:
        return Verdict(stopped(outreach, "stopped", now), None, now)
    own = own_policy(outreach, policy)
    judged = plans.judge(own, outreach.reminders, frame(outreach), now, unwanted=unwanted)
    after = with_steps(outreach, judged.steps)
    if after.due_at is None and judged.send is None:
        after = ended(after, now)
    return Verdict(after, judged.send, judged.not_after)


def held(
    outreach: Outreach, policy: Policy, step: str, until: datetime, now: datetime, *, reason: str = "cap"
) -> Outreach:
    """The matter whose step may only go from `until` on, since they have had enough for now, or for another
    reason."""
    own = own_policy(outreach, policy)
    steps = plans.put_off(own, outreach.reminders, frame(outreach), step, until=until, reason=reason)
    return ended(with_steps(outreach, steps), now)


def unsent(outreach: Outreach, step: Reminder, now: datetime, reason: str = "no_channel") -> Outreach:
    """The matter, a step of which does not go: no channel carries it to them, or for another reason."""
    steps = [plans.skipped(one, reason) if one.step == step.step else one for one in outreach.reminders]
    return ended(with_steps(outreach, steps), now)


def frame(outreach: Outreach) -> Frame:
    """What its steps are planned around: its anchor, while it is open."""
    still = outreach.state == "open"
    ends = outreach.not_after
    late = SOON if outreach.purpose == MEDICATION else LATE
    return Frame(outreach.anchor, outreach.timezone, before=still, after=still, ends=ends, late=late)


def with_steps(outreach: Outreach, steps: Sequence[Reminder]) -> Outreach:
    """The matter with these steps, due when the next of them is."""
    return outreach.model_copy(update={"reminders": tuple(steps), "due_at": plans.next_due(steps)})


def awaited(outreach: Outreach) -> Outreach:
    """The matter that waits for an answer: when nothing more of it goes, it is due once more when it is of no
    use any more, and then over."""
    if outreach.due_at is not None or outreach.purpose == MEDICATION:
        return outreach
    return outreach.model_copy(update={"due_at": outreach.not_after})


def stopped(outreach: Outreach, state: OutreachState, now: datetime) -> Outreach:
    """The matter, which has ended: nothing more of it goes."""
    withdrawn = with_steps(outreach, plans.withdrawn(outreach.reminders))
    return withdrawn.model_copy(update={"state": state, "ended_at": now})


def answered(outreach: Outreach, answer: str, now: datetime) -> Outreach:
    """The matter, to which they said yes or no: the first word counts."""
    if outreach.answer is not None or outreach.state not in ("open", "done"):
        return outreach
    return stopped(outreach, "answered", now).model_copy(update={"answer": answer})


def booked(outreach: Outreach, now: datetime) -> Outreach:
    """The matter of somebody for whom a visit was booked: nothing more of it goes. Of what has ended it is
    noted, since it may have come of it."""
    if outreach.booked_at is not None or outreach.erased_at is not None:
        return outreach
    over = stopped(outreach, "booked", now) if outreach.state == "open" else outreach
    return over.model_copy(update={"booked_at": now})


def erased(outreach: Outreach, now: datetime) -> Outreach:
    """That there was one, and how it ended, of somebody who was erased."""
    over = stopped(outreach, "stopped", now) if outreach.state == "open" else outreach
    blank = dict.fromkeys(("address", "contact_point"), "")
    gone: dict[str, object] = {"patient_name": None, "quiet": None, "values": {}, "appointment": None}
    gone["contact"] = None
    gone["reference"] = None
    return over.model_copy(update={**blank, **gone, "erased_at": now})


def ended(outreach: Outreach, now: datetime) -> Outreach:
    """The matter of which nothing is left to send: `unreached` where nothing of it ever went. That of
    somebody's medication goes on the next day (rules.medication)."""
    if outreach.state != "open" or outreach.due_at is not None or outreach.purpose == MEDICATION:
        return outreach
    sent = any(one.state == "sent" for one in outreach.reminders)
    return outreach.model_copy(update={"state": "done" if sent else "unreached", "ended_at": now})
