"""An outgoing mail takes its place in the conversation that it belongs to."""

from __future__ import annotations

from recado import channels
from recado.errors import Unavailable
from recado.model.communication import Communication
from recado.rules.threads import ALONE, Thread, joined
from recado.store import contacts

PAGE = 50
"""The latest entries of a timeline among which a conversation is looked for."""


def join_thread(tenant: str, communication: Communication) -> Thread:
    """Subject and ids of the thread, on a channel that has such; elsewhere nothing, and nothing is read."""
    if not channels.channel(communication.channel).TRAITS.threads:
        return ALONE
    try:
        earlier, _ = contacts.timeline(tenant, communication.patient, limit=PAGE)
    except Unavailable:
        # The mail is claimed by now: better alone than not at all.
        earlier = []
    return joined(communication, earlier)
