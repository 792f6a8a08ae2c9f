"""Which of our open questions a message answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.dialogue import Dialogue
from recado.model.patient import Question
from recado.rules.replies import Reply, read

APART = timedelta(minutes=5)
"""Two visits asked about within this time: a bare "1" could mean either, so it goes to a person. As far apart
our question and self-service's are told from each other, too (is_for_talk)."""


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


def meant(text: str, payload: str | None, question: Question | None) -> Reply:
    """What a message says to this question: where a yes or no is awaited, also with a typo in it, or with
    words that change nothing (rules.nearly)."""
    reply = read(text, payload)
    if question is None or question.expects != "answer" or reply.kind not in ("unclear", "other"):
        return reply
    from recado.rules.nearly import nearly  # noqa: PLC0415 - most answers are plain

    return nearly(text, offered=question.about in ("offer", "outreach")) or reply


def is_for_talk(question: Question, contact: Contact, communication: Communication, reply: Reply) -> bool:
    """Whether what could answer this question of ours is meant for self-service, which has asked something,
    too.

    What was asked last is what an answer is for: of a question that we asked since, and that this message can
    answer, the older dialogue hears nothing; what it cannot answer (the words of a choice, the number of a
    longer list, a name) goes on to the dialogue. Where our question came within APART of the dialogue's,
    they may have been answering that when ours arrived: then what it takes (a number of its list, the words
    of a choice, a yes or no if it asked for one) is its own. A button and a quoted message say which of the
    two they mean.
    """
    dialogue = contact.dialogue
    if dialogue is None or not contact.is_asked:
        return False
    if communication.payload or communication.reply_to == question.communication:
        return False
    if dialogue.asked_at > question.asked_at:
        return True
    crossed = question.asked_at - dialogue.asked_at < APART
    return crossed and _takes(dialogue, communication.text, reply)


def _takes(dialogue: Dialogue, text: str, reply: Reply) -> bool:
    """Whether it may answer what self-service asked last."""
    if reply.number is not None:
        return 1 <= reply.number <= len(dialogue.options)
    from recado.rules.flows.reading import titled  # noqa: PLC0415 - few are asked two things at once

    return dialogue.yes_or_no or titled(dialogue.options, text) is not None


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
