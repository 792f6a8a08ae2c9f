"""A visit is booked for somebody: whatever else we were to write to them, to find them one, does not go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.model.patient import Patient
from recado.rules.outreach import booked
from recado.store import outreach
from recado.store.rows import Transaction

LOOKED_BACK: Final = timedelta(days=60)
"""What began longer ago has ended, and nothing is counted of it any more."""
MOST: Final = 10
"""Of so many matters at once it is noted, the latest ones: a transaction has an end."""
ENDS: Final = frozenset({"recall", "news", "authorisation"})
"""What a booking ends."""


def note_outreach_booked(tenant: str, patient: Patient, now: datetime, within: Transaction) -> None:
    """In the transaction that books the visit. By an index that lags a moment: what began just then is asked
    for once more, and then ends by their answer."""
    records = dict.fromkeys((patient.id, patient.person or patient.id))
    known = [one for record in records for one in outreach.of_patient(tenant, record)]
    recent = [one for one in known if one.purpose in ENDS and now - one.anchor < LOOKED_BACK]
    for one in sorted(recent, key=lambda each: each.anchor)[-MOST:]:
        after = booked(one, now)
        if after != one:
            outreach.save_outreach(tenant, after, within)
