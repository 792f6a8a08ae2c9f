"""Which visit has somebody chosen who talks to self-service?"""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.appointment import Appointment
from recado.rules.flows.choices import chosen
from recado.rules.flows.scene import Scene
from recado.store import appointments


def load_chosen(tenant: str, scene: Scene) -> Appointment:
    """As it is now. Raises NotFound where nothing was chosen, or it is not of their record."""
    found = appointments.get(tenant, chosen(scene.data.get("visit", ""))[1])
    if found.patient != scene.contact.recipient:
        raise NotFound
    return found
