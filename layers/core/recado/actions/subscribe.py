"""A clinic has another system told of the changes of its visits."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.again import again
from recado.actions.identify import new_id
from recado.channels.subscriber import new_secret
from recado.model.subscription import Event, Shared, Subscription
from recado.rules import subscriptions as rules
from recado.store import keyring, subscriptions, tenants

SECRETS = "subscription"
"""In the place of a channel's name, among the clinic's secrets."""


class Wanted(NamedTuple):
    """What is sent where: `events` none means all, `fields` none means that only the id, the version and the
    state of a visit are shared."""

    url: str
    name: str = ""
    events: tuple[Event, ...] = ()
    fields: tuple[Shared, ...] = ()


def subscribe(tenant: str, wanted: Wanted, now: datetime, *, author: str) -> tuple[Subscription, str]:
    """Store a subscription; with its secret, which is shown this once.

    Workers tell of changes from within a minute on. Raises Invalid (`url`), Conflict for one too many,
    Unavailable: then a secret of nobody's may be left behind, or a clinic that tells nobody looks whom to.
    """
    address = rules.address(wanted.url)
    rules.refuse_many(subscriptions.listing(tenant))
    made = Subscription(
        id=new_id("u"),
        url=address,
        name=wanted.name,
        events=wanted.events,
        fields=wanted.fields,
        created_at=now,
        created_by=author,
    )
    secret = new_secret()
    keyring.keep_credentials(tenant, SECRETS, made.id, {"secrets": [secret]})
    again(tenants.raise_flag)(tenant, "notifies")
    return made.model_copy(update={"version": subscriptions.put(tenant, made)}), secret
