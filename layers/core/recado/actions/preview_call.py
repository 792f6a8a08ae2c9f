"""What would a call say that reminds of a visit?"""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.policy import Policy
from recado.rules import spoken
from recado.rules.wording import worded
from recado.store import tenants


def preview_call(tenant: str, policy: Policy, wall: datetime) -> str:
    """An example of it, of a visit at this wall time: the clinic's own words, where it has some for calls,
    and which keys to press."""
    clinic = tenants.get(tenant)
    language = texts.closest(policy.language or clinic.language)
    date, time = texts.when(wall, language)
    written = {"name": "Maria", "clinic": clinic.name, "date": date, "time": time}
    values = spoken.values(written, language)
    own = policy.words.get(spoken.CALL, {}).get(language)
    said = worded(own, values) if own else texts.render(spoken.CALL, language, **values)
    return f"{said} {texts.render('call_options', language)}"
