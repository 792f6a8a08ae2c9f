"""What somebody said about being written to, with its evidence (FHIR Consent)."""

from __future__ import annotations

from typing import Literal

from recado.model.patient import Purpose
from recado.model.record import Instant, Record

Action = Literal["stop", "start"]


class Consent(Record):
    """One change of what a patient takes from us; kept for as long as they are, and never changed.

    `source` says by what we know it: `communication:<id>` (their own words), `event:<key>` (their provider
    told us), `refusal:<communication>` (their provider refused ours), `agent:<id>`, `patient:<id>` (another
    at the same contact point had said it before they came), `erasure` (somebody who was erased since had said
    it there), or `record:<id>` (another record of the same person holds it: it goes when the two are parted).
    `evidence` is the word for it: what they wrote, what the provider calls it, what an agent noted. `wording`
    is the version of our texts then.
    """

    id: str
    action: Action
    purposes: tuple[Purpose, ...]
    channel: str = ""
    account: str = ""
    source: str
    evidence: str = ""
    wording: str
    at: Instant
    """When it was said: of two, the later one holds, whichever came to us first."""
    recorded_at: Instant
