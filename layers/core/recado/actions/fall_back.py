"""A message failed for good → the same by the patient's next channel, where there is one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from recado.actions.find_routes import find_routes
from recado.actions.write import write
from recado.channels import family
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules.communications import communication_id, outbound
from recado.rules.contacts import placed
from recado.rules.reach import Letter, Route, mark, may_ring, person_of
from recado.rules.sending import ANSWERS, in_stead


def fall_back(
    tenant: str, failed: Communication, patient: Patient, latest: Contact | None, now: datetime
) -> tuple[Communication, Contact | None] | None:
    """What goes in the stead of a failed message, and the contact that it has its place in, yet to be saved
    with it; none: no way is left.

    Each channel is tried once for a message, so its id follows from the failed one's and the channel.
    """
    tried = mark(failed.channel, family(failed.channel), failed.error)
    letter = Letter(
        length=len(failed.text),
        media=frozenset(one.kind for one in failed.attachments),
        by_person=failed.author.startswith("agent:"),
        answer=failed.purpose in ANSWERS,
        tried=(*failed.tried, tried),
        rings=failed.purpose == "reminder" and may_ring(patient),
    )
    found = find_routes(tenant, person_of(patient, latest), letter, now, failed.template)
    if not found:
        return None
    instead = in_stead(failed, _written(tenant, failed, found[0], now), tried)
    if latest is None or latest.id != failed.contact:
        return instead, None
    contact, moment = placed(latest, now)
    return instead.model_copy(update={"contact": contact.id, "moment": moment}), contact


def _written(tenant: str, failed: Communication, route: Route, now: datetime) -> Communication:
    own_id = communication_id(tenant, "recado", failed.id, f"fallback:{route.channel}")
    known: dict[str, Any] = {"patient": failed.patient, "purpose": failed.purpose, "author": failed.author}
    if failed.template is not None:
        return write(own_id, route, failed.template, now, **known)
    return outbound(own_id, route, failed.text, now, **known)
