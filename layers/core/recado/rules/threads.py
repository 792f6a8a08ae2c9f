"""Which mails of a conversation an answer names, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from recado.model.communication import Communication
from recado.rules.contacts import line_of

MAX_MAILS: Final = 20
"""The latest so many of a conversation are named: mail programs need one that they know."""
ANSWER: Final = re.compile(r"(?:(?:re|res|r|aw|sv|rv|fw|fwd|i|enc)\s*(?:\[[0-9]+\])?:\s*)+", re.IGNORECASE)
"""What mail programs of our languages put before the subject of an answer."""


class Thread(NamedTuple):
    """`ids` of what came before, the oldest first, as their senders call them; ours as the provider does."""

    subject: str
    ids: tuple[str, ...]


ALONE: Final = Thread("", ())


def joined(communication: Communication, earlier: Iterable[Communication]) -> Thread:
    """The thread of an outgoing mail: what went before on its line, and that subject with "Re:" before it.

    Only answers have one: what we send of our own accord stands alone, as its subject says what it is.
    """
    if communication.purpose not in ("conversation", "self_service"):
        return Thread(communication.subject or "", ())
    line = line_of(communication)
    before = [one for one in earlier if line_of(one) == line and one.moment < communication.moment]
    ids = [told for one in before if (told := one.message_id or _ours(one))]
    about = next((one.subject for one in reversed(before) if one.subject), None)
    return Thread(communication.subject or _answering(about), tuple(ids[-MAX_MAILS:]))


def _ours(one: Communication) -> str | None:
    """The provider's id names a mail of ours only: of one that came in, it is the provider's own affair."""
    return one.provider_id if one.direction == "outbound" else None


def _answering(subject: str | None) -> str:
    bare = ANSWER.sub("", subject or "", count=1).strip() if subject else ""
    return f"Re: {bare}" if bare else ""
