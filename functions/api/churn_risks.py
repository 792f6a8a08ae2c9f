"""Who may be leaving the clinic, and why."""

from __future__ import annotations

from recado.actions.find_churn_risks import ChurnRisk as Found
from recado.actions.find_churn_risks import find_churn_risks
from recado.model.record import iso
from recado.rules.churn import Reason
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.resource import Call, Resource

resource = Resource(__name__)


class Sign(TypedDict):
    """`unanswered`: they called or wrote, and nobody got back to them; `unreachable`: nobody reached them;
    `waited_long`: somebody got back to them after more than a day; `low_score`: they were not content."""

    reason: Reason
    at: Moment


class ChurnRisk(TypedDict):
    """Somebody who has not come since and has no visit to come. `name` null: nobody knows it;
    `contact`: where they said it, or their latest one."""

    patient: str
    name: str | None
    contact: str | None
    signs: list[Sign]


@resource.route("GET", "/churn-risks", "list_churn_risks", Page[ChurnRisk])
def list_all(call: Call) -> Page[ChurnRisk]:
    """Of the last thirty days, who has most reasons first; fifty at most, and nobody who wants no messages.
    It says whom to ask, and is no score: nobody is served otherwise for it."""
    return page([_shown(one) for one in find_churn_risks(call.tenant, call.now)])


def _shown(one: Found) -> ChurnRisk:
    signs: list[Sign] = [{"reason": sign.reason, "at": iso(sign.at)} for sign in one.signs]
    return {
        "patient": one.patient.id,
        "name": one.patient.name,
        "contact": one.contact,
        "signs": signs,
    }
