"""Outreach at Boa Vista, for tests: a matter about which Maria is written to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from recado.actions.find_policy import find_policy
from recado.model.outreach import Outreach
from recado.model.policy import Step
from recado.rules import outreach as rules
from recado.store import outreach as store

from tests.samples import WHATSAPP
from tests.visits import POINT

TIMEZONE = "America/Sao_Paulo"


def begun(patient: str, now: datetime, **changes: Any) -> Outreach:
    """A matter that began now, of one step that is due at once unless told."""
    known: dict[str, Any] = {
        "id": "u1",
        "patient": patient,
        "patient_name": "Maria Silva",
        "language": "pt-BR",
        "purpose": "recall",
        "source": "campaign:c1",
        "steps": (Step(name="first", minutes=0, purpose="recall", text="follow_up"),),
        "anchor": now,
        "timezone": TIMEZONE,
        "not_after": now + timedelta(days=5),
        "channel": "whatsapp",
        "account": WHATSAPP["boavista"],
        "address": POINT.value,
        "contact_point": f"phone#{POINT.value}",
        "created_at": now,
        "created_by": "agent:ana",
    }
    made = rules.begun(Outreach(**{**known, **changes}), find_policy("boavista"), now)
    store.save_outreach("boavista", made)
    return made


def now_is(matter: Outreach) -> Outreach:
    """As it is stored now."""
    return store.get_outreach("boavista", matter.id)
