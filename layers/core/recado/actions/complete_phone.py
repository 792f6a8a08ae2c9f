"""A number that somebody typed into a form without its country's code → theirs, in the clinic's country."""

from __future__ import annotations

from recado.channels import Received
from recado.errors import Invalid
from recado.store import tenants


def complete_phone(tenant: str, received: Received) -> Received:
    """The event with the number among its identities, as the clinic's own country reads it.

    What is no number there stays in the message's form only: a person may still make it out.
    """
    from recado.channels import addresses  # noqa: PLC0415 - phonenumbers, which only such a form needs

    typed = received.event["typed_phone"]
    try:
        phone = addresses.phone(typed, tenants.get(tenant).country)
    except Invalid:
        event = {**received.event, "text": "\n\n".join(filter(None, (received.event["text"], typed)))}
        return received._replace(event=event)
    return received._replace(sender=phone, identities=[("phone", phone), *received.identities])
