"""A trial of all of a clinic's channels at once."""

from __future__ import annotations

from recado.model.record import Instant, Record
from recado.model.tenant import Trial


class Probe(Record):
    """What was tried of one account: the provider was asked, and a synthetic patient wrote on it."""

    channel: str
    account: str
    display: str = ""
    trial: Trial
    communication: str | None = None
    """What the patient wrote, as the sandbox stores it; none where nothing could be written."""
    phone: bool = False
    """Whether the channel tells the writer's phone number, by which they are known on others."""


class Preflight(Record):
    """One run. The patient's `text` is the same on every channel."""

    id: str
    at: Instant
    text: str
    probes: tuple[Probe, ...] = ()
