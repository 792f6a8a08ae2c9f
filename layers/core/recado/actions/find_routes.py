"""By which of the clinic's accounts can somebody be reached now?"""

from __future__ import annotations

from datetime import datetime

from recado import channels
from recado.actions.load_contact import latest_with
from recado.model.communication import TemplateMessage
from recado.model.tenant import Account
from recado.rules import reach
from recado.rules.reach import Ability, Letter, Lines, Person, Route
from recado.store import patients, templates, tenants


def find_routes(
    tenant: str, person: Person, letter: Letter, now: datetime, template: TemplateMessage | None = None
) -> tuple[Route, ...]:
    """Every line on which this may go to the person now, the best first. `template` is what it is as one.

    Accounts, templates and the clinic's settings are as they were within the last minute. Raises Unavailable.
    """
    by = lines(tenant)
    if template is not None:
        letter = letter._replace(template=True, barred=_barred(tenant, by, template))
    return reach.routes(person, by, letter, now)


def keep_route(tenant: str, patient: str, held: Route, letter: Letter, now: datetime) -> Route:
    """The route that was chosen before, while its account sends; else the best one by now, if any."""
    accounts = tenants.recent_accounts(tenant)
    if any((one.channel, one.id) == (held.channel, held.account) and one.enabled for one in accounts):
        return held
    record = patients.get(tenant, patient)
    who = reach.person_of(record, latest_with(tenant, record))
    return next(iter(find_routes(tenant, who, letter, now)), held)


def lines(tenant: str) -> Lines:
    """The clinic's accounts at channels that carry messages, and what those channels can do."""
    accounts = tuple(one for one in tenants.recent_accounts(tenant) if _carries(one))
    abilities = {one.channel: ability(one.channel) for one in accounts}
    return Lines(accounts, abilities, tenants.get(tenant).ladder)


def _carries(account: Account) -> bool:
    return account.channel in channels.MODULES or (
        account.channel in channels.OUTWARD and account.settings.get("reminders") == "on"
    )


def usable(tenant: str, channel: str, account: str, template: TemplateMessage) -> bool:
    """Whether a template may be tried at an account, as far as its provider has told us."""
    known = templates.of(tenant, channel, account)
    this = (one for one in known if (one.name, one.language) == (template.name, template.language))
    found = next(this, None)
    return found is None or found.usable


def _barred(tenant: str, by: Lines, template: TemplateMessage) -> frozenset[tuple[str, str]]:
    return frozenset(
        (one.channel, one.id)
        for one in by.accounts
        if by.abilities[one.channel].templates and not usable(tenant, one.channel, one.id, template)
    )


def ability(channel: str) -> Ability:
    """What a channel can do, as the rules see it."""
    traits = channels.channel(channel).TRAITS
    return Ability(
        family=channels.family(channel),
        systems=traits.systems,
        max_text=traits.max_text,
        window_hours=traits.window_hours,
        staff_window_hours=traits.staff_window_hours,
        templates=traits.templates,
        media=traits.media,
        live=traits.live,
        spoken=traits.spoken,
    )
