"""Who is looked after in person by a team, and what that changes (R34).

What they say goes to the team's queue, past all that answers by itself but for what was promised to them: a
stop holds at once, as the law wants, and so does their answer to a question of ours about a visit, of which
they have our word that it is enough. What they call off or stop is shown to the team all the same: nobody is
in more need of being asked why (rules.contacts.self_served). Reminders go on, offers do not
(model.patient.Patient.unwanted).
"""

from __future__ import annotations

from datetime import datetime

from recado.errors import Conflict, Invalid
from recado.model.patient import Patient, Told
from recado.model.tenant import Tenant
from recado.rules.kinds import refuse_nobody


def looked_after(
    patient: Patient, clinic: Tenant, team: str | None, note: str, *, by: str, now: datetime
) -> Patient:
    """The patient, of whom this queue of the clinic takes care from now on; none: as of everybody else.

    `note` says why. Raises Invalid that names `team`, and Conflict for whoever is nobody.
    """
    refuse_nobody(patient)
    if team is not None and team not in clinic.queues:
        raise Invalid("team", "The clinic has no such queue.")
    if team is None and note:
        raise Conflict("There is no team for whom this note could be.")
    said = Told(value=note, source=by, at=now)
    unsaid = patient.care_note is None or patient.care_note.value != note
    if team == patient.care_team and not unsaid:
        return patient
    return patient.model_copy(update={"care_team": team, "care_note": said})
