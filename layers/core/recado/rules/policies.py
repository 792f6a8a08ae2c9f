"""What a policy may be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Final

from recado.errors import Invalid
from recado.model.policy import FORESEEN, Policy, Step
from recado.rules import wording

MOST: Final = 12
"""Steps of a policy."""
FARTHEST: Final = 90 * 24 * 60
"""Minutes from a visit to a step."""
TEXTS: Final[Mapping[str, frozenset[str]]] = {
    "instructions": frozenset({"instructions"}),
    "survey": frozenset({"survey_nps", "survey_csat"}),
    "review": frozenset({"review"}),
}
"""The texts that a step of this purpose may have, where not every one."""
CAMPAIGNS: Final = frozenset(
    {"recall", "recall_again", "news", "authorisation", "missed_visit", "survey_contact", "medication"}
)
"""Texts of what is about no visit."""
REMINDERS: Final = frozenset({"reminder_72h", "reminder_24h", "reminder_3h"})
"""The texts that a reminder may have: they ask whether somebody comes."""
SPOKEN: Final = frozenset({"call_reminder"})
"""What a call says in a reminder's stead: no step's text, and a clinic may have its own words for it."""
OFFERS: Final = ("offer_slot", "offer_gone")
"""Of the waiting list."""
NO_STEPS: Final = frozenset({"booked", "moved", "cancelled_by_clinic", "missed_call", "follow_up", *OFFERS})
"""Texts that something else begins than a policy."""
OURS: Final = frozenset({*NO_STEPS, "medication"})
"""Texts of which a clinic has no wording of its own: in any other the name of a medicine could stand."""


def checked(policy: Policy, variables: Mapping[str, Collection[str]], channels: Collection[str]) -> Policy:
    """The policy as it is stored: in the order of its steps. `variables` are those of each text, `channels`
    the names of channels and families. Raises Invalid that names a field."""
    if not len(policy.steps) <= MOST:
        raise Invalid("steps", f"{MOST} at most.")
    in_order = sorted(policy.steps, key=lambda step: step.minutes)
    names = [step.name for step in in_order]
    if len(set(names)) < len(names):
        raise Invalid("steps", "Each has a name of its own.")
    for place, step in enumerate(policy.steps):
        _check(step, f"steps.{place}", variables, channels)
    if any(
        one.minutes == other.minutes and one.purpose == other.purpose for one, other in pairwise(in_order)
    ):
        raise Invalid("steps", "Two of a kind cannot be due at once.")
    words = {
        text: {spoken: _worded(text, spoken, body, variables) for spoken, body in bodies.items()}
        for text, bodies in policy.words.items()
    }
    return policy.model_copy(update={"steps": tuple(in_order), "words": words, "closed_days": ()})


def _check(
    step: Step, field: str, variables: Mapping[str, Collection[str]], channels: Collection[str]
) -> None:
    if abs(step.minutes) > FARTHEST:
        raise Invalid(f"{field}.minutes", "Ninety days before or after, at most.")
    if not set(channels).issuperset(step.channels):
        raise Invalid(f"{field}.channels", f"Each one of: {', '.join(sorted(channels))}.")
    if step.only and step.minutes >= 0:
        raise Invalid(f"{field}.only", "After a visit there is nothing to confirm.")
    if step.only == "at_risk" and step.minutes < -FORESEEN * 24 * 60:
        raise Invalid(f"{field}.minutes", f"Which visits are at risk is known {FORESEEN} days before.")
    if step.purpose == "reminder":
        _check_reminder(step, field)
    elif step.by != "person" and step.text not in _texts(step, variables):
        raise Invalid(f"{field}.text", "Give a text that is of this purpose.")
    elif step.purpose == "instructions":
        if step.minutes >= 0 or step.by == "person":
            raise Invalid(f"{field}.minutes", "What to know before a visit is told before it, by a message.")
    elif step.purpose in TEXTS and (step.minutes < 0 or step.by == "person"):
        raise Invalid(f"{field}.minutes", "After the visit they are asked how it was, by a message.")


def _texts(step: Step, variables: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Those that a step of this purpose may have; what is one purpose's own is no other's."""
    others = frozenset().union(*TEXTS.values(), NO_STEPS, REMINDERS, CAMPAIGNS, SPOKEN)
    return TEXTS.get(step.purpose) or frozenset(variables) - others


def _check_reminder(step: Step, field: str) -> None:
    if step.minutes >= 0:
        raise Invalid(f"{field}.minutes", "A reminder comes before the visit.")
    if step.text and step.text not in REMINDERS:
        raise Invalid(f"{field}.text", f"One of: {', '.join(sorted(REMINDERS))}.")


def _worded(text: str, spoken: str, body: str, variables: Mapping[str, Collection[str]]) -> str:
    field = f"words.{text}.{spoken}"
    if text not in variables or text in OURS:
        raise Invalid(field, "There is no such text of a step.")
    line = wording.checked(body, variables[text], field)
    return wording.sayable(line, field) if text in SPOKEN else line
