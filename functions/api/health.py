"""Which of a clinic's channels nobody looks after."""

from __future__ import annotations

from recado.actions.find_neglected import find_neglected
from recado.model.record import iso
from recado.rules.health import Neglect as Found
from recado.rules.health import Problem
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.resource import Call, Resource

resource = Resource(__name__)


class Neglect(TypedDict):
    """What is wrong with an open account. `unanswered`: so many `people` have waited longer than the clinic
    allows, the first of them `since` then. `silent`: nothing has come on its channel `since` then, as it
    usually would; a webhook may be broken. `unused`: there `since` then, and nobody wrote for two weeks."""

    channel: str
    account: str
    problem: Problem
    since: Moment
    people: int


@resource.route("GET", "/health/channels", "read_health", Page[Neglect])
def read_health(call: Call) -> Page[Neglect]:
    """The open accounts that nobody looks after, as of now; what is well is not listed."""
    return page([_shown(one) for one in find_neglected(call.tenant, call.now)])


def _shown(one: Found) -> Neglect:
    return {
        "channel": one.channel,
        "account": one.account,
        "problem": one.problem,
        "since": iso(one.since),
        "people": one.people,
    }
