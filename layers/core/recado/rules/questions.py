"""Which of our open questions a message answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from recado.model.patient import Question

APART = timedelta(minutes=5)
"""Two visits asked about within this time: a bare "1" could mean either, so it goes to a person."""


def answered(
    questions: Iterable[Question],
    *,
    payload: str | None,
    quoted: str | None,
    spoken_at: datetime | None,
    now: datetime,
) -> Question | None:
    """The question that a message answers, or none: a question stands until it is over.

    A pressed button names what it is about (`<answer>:<subject>:<version>`), a quoted message its question.
    A bare answer means what was asked last, unless a person of the clinic has spoken since (`spoken_at`).
    """
    standing = [one for one in questions if one.until is None or now < one.until]
    latest_first = sorted(standing, key=lambda question: question.asked_at, reverse=True)
    if payload and payload.count(":") == 2:
        subject = payload.split(":")[1]
        return next((one for one in latest_first if one.subject == subject), None)
    if quoted:
        named = next((one for one in latest_first if one.communication == quoted), None)
        if named:
            return named
    return _latest(latest_first, spoken_at)


def serves_itself(reply: str, question: Question | None, text: str = "") -> bool:
    """Whether a reply (its kind, see rules.replies; its `text`) to this question can be settled without a
    person: words may say why somebody gave a score, and much else."""
    if question is None or question.expects == "why":
        return False
    if question.expects == "answer":
        return reply in ("confirm", "cancel")
    from recado.rules.scores import heard  # noqa: PLC0415 - no start waits for a survey's answer

    return heard(text, question.expects) is not None


def _latest(latest_first: list[Question], spoken_at: datetime | None) -> Question | None:
    if not latest_first:
        return None
    latest = latest_first[0]
    if spoken_at and spoken_at >= latest.asked_at:
        return None
    if len(latest_first) > 1 and latest.asked_at - latest_first[1].asked_at < APART:
        return None
    return latest
