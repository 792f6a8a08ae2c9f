"""Which of a clinic's channels nobody looks after."""

from __future__ import annotations

from typing import Literal

from recado.model.record import iso
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
    problem: Literal["unanswered", "silent", "unused"]
    since: Moment
    people: int


@resource.route("GET", "/health/channels", "read_health", Page[Neglect])
def read_health(call: Call) -> Page[Neglect]:
    """The open accounts that nobody looks after, as of now; what is well is not listed."""
    from recado.actions.find_neglected import find_neglected  # noqa: PLC0415 - only this route needs it

    found = find_neglected(call.tenant, call.now)
    return page(
        [
            {
                "channel": one.channel,
                "account": one.account,
                "problem": one.problem,
                "since": iso(one.since),
                "people": one.people,
            }
            for one in found
        ]
    )
