"""After a visit, or a contact, its patient is asked how it was: seldom enough, and once."""

from __future__ import annotations

from datetime import datetime

from recado.actions.load_kept import load_kept
from recado.model.policy import Policy
from recado.model.survey import Survey
from recado.rules import surveys as rules
from recado.store import patients, surveys
from recado.store.rows import Transaction


def was_asked(tenant: str, patient: str, policy: Policy, now: datetime) -> bool:
    """Whether the person has been asked of late, by any of the records that are surely theirs.

    By an index that lags a moment: two surveys of one person that are due within it may both go.
    """
    kept = load_kept(tenant, patient)
    known = (one for record in kept for one in surveys.of_patient(tenant, record.id))
    return rules.lately(known, policy.caps.survey_days, now)


def ask_survey(tenant: str, survey: Survey, now: datetime, within: Transaction) -> None:
    """Keep what its message asks, in the transaction in which that is written."""
    surveys.save_survey(tenant, survey, within)
    patients.ask(tenant, survey.contact_point, rules.question(survey, now), within)
