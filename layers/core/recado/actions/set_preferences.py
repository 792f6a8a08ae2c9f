"""How a patient would rather be reached: by which channels, in which language, not at which hours, by which
clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.keep_visit import keep_visit
from recado.actions.list_appointments import upcoming
from recado.actions.relink import relink
from recado.channels import names
from recado.errors import Invalid, Stale
from recado.model.appointment import Appointment
from recado.model.patient import Patient, Quiet
from recado.model.tenant import Language
from recado.rules.appointments import quietened
from recado.rules.times import known
from recado.store import patients, tenants
from recado.store.rows import transaction

VISITS: Final = 40
"""So many visits to come follow at once: a transaction holds a hundred rows."""


class Preferences(NamedTuple):
    """All of them; what is empty, they leave to the clinic."""

    channels: tuple[str, ...] = ()
    """Channels, or families of them (channels.Traits), the dearest first."""
    language: Language | None = None
    quiet: Quiet | None = None
    timezone: str | None = None
    by_phone: bool = False
    """They are to be spoken to by a person (R47)."""


@again
def set_preferences(
    tenant: str, patient_id: str, wanted: Preferences, now: datetime, *, version: int | None = None
) -> Patient:
    """Store them, and plan the reminders of what is booked by them, in one transaction.

    Raises NotFound, Stale when the patient is not at the caller's `version` any more, and Invalid that names
    `channels` or `timezone`.
    """
    patient = patients.get(tenant, patient_id)
    if version is not None and version != patient.version:
        raise Stale
    if wanted.timezone is not None:
        known("timezone", wanted.timezone)
    told = {**wanted._asdict(), "channels": _known(wanted.channels)}
    if wanted.language != patient.language:
        told["language_heard"] = None
    changed = patient.model_copy(update=told)
    if changed == patient:
        return patient
    with transaction() as work:
        patients.put(tenant, changed, work)
        if changed.language != patient.language:
            relink(tenant, changed, work)
        for before, visit in _following(tenant, changed, now):
            keep_visit(tenant, before, visit, now, work)
    return patients.get(tenant, patient_id)


def _known(channels: Sequence[str]) -> tuple[str, ...]:
    """Each once. Raises Invalid."""
    there = names()
    if not there.issuperset(channels):
        raise Invalid("channels", f"Each one of: {', '.join(sorted(there))}.")
    return tuple(dict.fromkeys(channels))


def _following(tenant: str, patient: Patient, now: datetime) -> Iterator[tuple[Appointment, Appointment]]:
    """Their next visits that the new preferences change, as they are and as they are to be."""
    language = patient.language or tenants.get(tenant).language
    for visit in upcoming(tenant, patient)[:VISITS]:
        policy = find_policy(tenant, visit.type_id, visit)
        after = quietened(visit, patient.quiet, policy, now)
        if after.status == "booked":
            after = after.model_copy(update={"own_timezone": patient.timezone, "language": language})
        if after != visit:
            yield visit, after
