"""A provider has approved a template, or will have no more of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from recado import texts
from recado.model.template import Template, TemplateState
from recado.store import templates, tenants

STATES: Final[Mapping[str, TemplateState]] = {
    "approved": "approved",
    "reinstated": "approved",
    "unpaused": "approved",
    "pending": "pending",
    "in_appeal": "pending",
    "rejected": "rejected",
    "paused": "paused",
    "disabled": "disabled",
    "pending_deletion": "disabled",
    "deleted": "disabled",
}
"""Meta's words, in lower case → ours."""


class Told(NamedTuple):
    """What a provider says of a template: `language` and `state` are its own words (`pt_BR`, `APPROVED`)."""

    name: str
    language: str
    state: str
    reason: str = ""


def update_template(tenant: str, channel: str, account: str, told: Told) -> None:
    """Store it; what is no template of ours, or no state that we know, changes nothing.

    `account` may be the business that holds several accounts: then it is so at each of them. Raises
    Unavailable.
    """
    known = texts.templates().get(told.name, {})
    spoken = _spoken(known, told.language.replace("_", "-"))
    now_is = STATES.get(told.state.lower())
    if spoken is None or now_is is None:
        return
    template = Template(
        name=told.name,
        language=spoken,
        state=now_is,
        body=known[spoken]["body"],
        variables=tuple(known[spoken]["parameters"]),
        reason="" if now_is == "approved" else told.reason,
    )
    for one in _accounts(tenant, channel, account):
        templates.put(tenant, channel, one, template)


def _spoken(known: Iterable[texts.Language], language: str) -> texts.Language | None:
    """Ours that the provider means: it knows `pt_BR`, and `es` or `es_ES`, for what is submitted as such."""
    exact = (one for one in known if one == language)
    return next(exact, None) or next((one for one in known if one == language.partition("-")[0]), None)


def _accounts(tenant: str, channel: str, account: str) -> list[str]:
    """The account itself, else all of the clinic's at this channel."""
    ours = [one.id for one in tenants.recent_accounts(tenant) if one.channel == channel]
    return [account] if account in ours else ours
