"""What providers sent and nobody could read."""

from __future__ import annotations

from recado.store import tenants, unreadable
from recado.store.unreadable import Kept
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.resource import Call, Resource

resource = Resource(__name__)


class Unreadable(TypedDict):
    """One body, without its content: what came, when, why it could not be read; `size` in bytes."""

    id: str
    channel: str
    received_at: Moment
    reason: str
    size: int
    tenant: str | None


@resource.route("GET", "/unreadable", "list_unreadable", Page[Unreadable])
def list_unreadable(call: Call) -> Page[Unreadable]:
    """The latest of the clinic's; an operator sees every clinic's, and what belongs to none."""
    if call.caller.role == "operator":
        owners: list[str | None] = [None, *tenants.everyone()]
    else:
        owners = [call.tenant]
    found = [one for owner in owners for one in unreadable.listing(owner)]
    found.sort(key=lambda one: one.received_at, reverse=True)
    return page([_shown(one) for one in found])


def _shown(one: Kept) -> Unreadable:
    return {
        "id": one.id,
        "channel": one.channel,
        "received_at": one.received_at,
        "reason": one.reason,
        "size": one.size,
        "tenant": one.tenant,
    }
