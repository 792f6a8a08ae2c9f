"""The appointment that somebody wants to change, as they last saw it."""

from __future__ import annotations

from recado.errors import Stale
from recado.model.appointment import Appointment
from recado.store import appointments


def load_appointment(tenant: str, appointment_id: str, version: int | None) -> Appointment:
    """The appointment as it is now. Raises NotFound, and Stale when the caller saw another `version` of it.

    No version: the caller takes it as it is.
    """
    appointment = appointments.get(tenant, appointment_id)
    if version is not None and version != appointment.version:
        raise Stale
    return appointment
