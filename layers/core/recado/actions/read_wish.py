"""When, and with whom, would somebody like to come, as they have said it?"""

from __future__ import annotations

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Tenant
from recado.rules import times
from recado.rules.flows import wishes
from recado.store import schedules


def read_wish(
    tenant: str, clinic: Tenant, contact: Contact, communication: Communication, *, moves: bool
) -> str:
    """The wish in the message that begins a booking, or the moving of a visit (`moves`), as a dialogue keeps
    it; "" for none. "Tomorrow" is counted from the clinic's day on which it was said."""
    if communication.payload:
        return ""
    text, today = communication.text, times.wall(communication.at, clinic.timezone).date()
    wish = wishes.wished(text, contact.language, today, moves=moves)
    if not moves:
        practitioners = schedules.recent(tenant).practitioners.values()
        wish = wish._replace(practitioner=wishes.named_in(text, practitioners))
    return wishes.kept(wish)
