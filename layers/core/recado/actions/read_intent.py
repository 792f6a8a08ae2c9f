"""What does somebody want? By the local model, and where the clinic wants it and that one is unsure, by a
hosted one (Amazon Bedrock), which may do less than it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Final

from recado.errors import TooMany, Unavailable
from recado.rules.intents import Intent, recognise
from recado.store import tenants

REST: Final = timedelta(minutes=1)
"""After it did not answer it is not asked for so long: a batch does not wait for it message by message."""
COUNTED_AS: Final = "intents"

_rests_until: dict[str, datetime] = {}


def read_intent(tenant: str, text: str, language: str | None, now: datetime) -> Intent:
    """As `recognise`. Never raises: whatever goes wrong with the hosted model, the local one has decided."""
    from recado.rules.intents import hosted  # noqa: PLC0415 - no start needs it

    local, model = hosted.believed(recognise(text, language), text), os.environ.get("INTENT_MODEL", "")
    if not model or tenants.get(tenant).hosted_intents != "on" or _rests_until.get(model, now) > now:
        return local
    return hosted.judged(local, _ask(tenant, model, text, now)) if hosted.is_asked(local, text) else local


def _ask(tenant: str, model: str, text: str, now: datetime) -> object:
    """Its answer; none where there is none, or the clinic has asked enough today. Nothing of it or of
    the text is told to anybody."""
    from recado.channels import bedrock  # noqa: PLC0415 - most clinics do without
    from recado.rules.intents import hosted  # noqa: PLC0415
    from recado.store import limits  # noqa: PLC0415
    from recado.store.clients import client  # noqa: PLC0415

    try:
        limits.spend(tenant, COUNTED_AS, hosted.MOST_A_DAY, now)
        return bedrock.ask(client(bedrock.SERVICE), model, hosted.request(text))
    except TooMany:
        return None
    except Unavailable:
        _rests_until[model] = now + REST
        return None


def forget() -> None:
    """Ask again at once."""
    _rests_until.clear()
