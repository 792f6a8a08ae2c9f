"""What we say to whoever has answered us, not yet stored."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.communication import Communication
from recado.rules.communications import communication_id, outbound, route_of


def write_answer(
    tenant: str,
    communication: Communication,
    key: str,
    language: str,
    now: datetime,
    *,
    visit: str | None = None,
    **values: str,
) -> Communication:
    """Our answer, to where the patient wrote from; one for each of their messages. `visit`: which it is
    about."""
    told = outbound(
        communication_id(tenant, "recado", communication.account, f"{communication.id}:answered"),
        route_of(communication),
        texts.render(key, language, **values),
        now,
        patient=communication.patient,
        purpose="self_service",
    )
    return told.model_copy(update={"appointment": visit})
