"""A system of a clinic's that is told of every change of a visit: an EHR, a CRM (R119, R122)."""

from __future__ import annotations

from typing import Literal

from recado.model.record import Instant, Versioned

Event = Literal[
    "appointment.booked",
    "appointment.moved",
    "appointment.confirmed",
    "appointment.cancelled",
    "appointment.arrived",
    "appointment.fulfilled",
    "appointment.noshow",
    "appointment.changed",
    "subscription.test",
]
"""`appointment.changed`: something else of what a visit shows. The last one is sent when it is asked for."""

Shared = Literal[
    "identifier",
    "start",
    "end",
    "practitioner",
    "type",
    "location",
    "confirmation",
    "created",
    "patient",
    "patient.name",
    "patient.telecom",
    "patient.birthDate",
]
"""What of a visit leaves for a subscriber, each by name: what is not named never does (R124). `patient` is
their id here; the last three are what that person is called, reached at and born on."""


class Subscription(Versioned):
    """Where a clinic's changes go, which, and what of them. Its secret is not here (store.keyring)."""

    id: str
    url: str
    name: str = ""
    """What the clinic calls it."""
    events: tuple[Event, ...] = ()
    """Which of them; none: all."""
    fields: tuple[Shared, ...] = ()
    created_at: Instant
    created_by: str
