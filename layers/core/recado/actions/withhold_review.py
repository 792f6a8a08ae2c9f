"""After a visit its patient is invited to tell others how it was (R97): seldom, and whoever they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from recado.actions.load_kept import load_kept
from recado.model.policy import Policy
from recado.rules.caps import UNSENT
from recado.store import beginnings, tenants


def withhold_review(tenant: str, patient: str, policy: Policy, now: datetime) -> str | None:
    """Why somebody is not invited: the clinic has no link, or they were invited within `survey_days`.

    All whose visit took place are invited alike. What they answered to a survey is not looked at, and must
    not be: to invite only who was content ("review gating") is against the rules of the platforms, and
    misleads whoever reads the reviews (EU directive 2005/29, annex I, 23c). Who was not content gets a person
    besides.
    """
    if not tenants.get(tenant).review_link:
        return "no_link"
    since = now - timedelta(days=policy.caps.survey_days)
    said = (
        one
        for record in load_kept(tenant, patient)
        for one in beginnings.said_since(tenant, record.id, since)
    )
    invited = any(one.purpose == "review" and one.state not in UNSENT for one in said)
    return "asked_lately" if invited else None
