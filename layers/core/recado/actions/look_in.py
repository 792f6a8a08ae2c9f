"""A visitor of the clinic's page looks for our answers, and whether anybody is there."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from recado import texts
from recado.channels import Reply, Request, pages
from recado.errors import Invalid
from recado.model.record import iso
from recado.model.tenant import Account, Tenant
from recado.rules.hours import is_open, opens_at
from recado.store import mailbox, tenants

_PLACE = re.compile(r"[0-9]{1,16}")


def look_in(tenant: str, channel: str, visitor: str, request: Request) -> Reply:
    """What was left for a visitor since the place `after`, and what the clinic says of itself right now.

    `language` is the visitor's. Raises Invalid, NotFound, Unavailable.
    """
    after = request.query.get("after") or "0"
    if not _PLACE.fullmatch(after):
        raise Invalid("after", "This is no place.")
    clinic = tenants.get(tenant)
    account = tenants.account(tenant, channel, request.account)
    messages = mailbox.waiting(tenant, account.id, visitor, int(after))
    place = messages[-1]["place"] if messages else int(after)
    now, language = datetime.fromisoformat(request.at), request.query.get("language")
    return pages.answer(
        {**_clinic(clinic, now), **_state(account, language, clinic), "messages": messages, "place": place}
    )


def _clinic(clinic: Tenant, now: datetime) -> dict[str, Any]:
    """Its name, and when somebody is there: the page shows the time as its own language does."""
    opens = opens_at(clinic, now)
    return {
        "clinic": {
            "name": clinic.name,
            "phone": clinic.phone,
            "language": clinic.language,
            "timezone": clinic.timezone,
        },
        "open": is_open(clinic, now),
        "opensAt": iso(opens) if opens and opens > now else None,
    }


def _state(account: Account, language: str | None, clinic: Tenant) -> dict[str, Any]:
    """Whether the chat is closed, and how else to reach the clinic: in its own words where it gave any."""
    told = account.redirect.get(texts.closest(language, clinic.language), "")
    return {"paused": not account.enabled, "redirect": "" if account.enabled else told}
