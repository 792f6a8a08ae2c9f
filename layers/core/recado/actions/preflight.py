"""A synthetic patient writes on each of a clinic's open channels, and each provider is asked (R9).

What the patient writes is stored under the clinic's sandbox: the clinic's own rows are never touched, and
nothing can be sent from there, since a sandbox has no secrets.
"""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from recado import channels
from recado.actions.ask_provider import ask_provider
from recado.actions.identify import new_id
from recado.channels import Person, Received
from recado.model.preflight import Preflight, Probe
from recado.model.record import iso
from recado.model.tenant import Account, Trial
from recado.rules import accounts as rules
from recado.rules.communications import communication_id
from recado.store import preflights, templates, tenants

AREAS = ("202", "212", "305", "312", "404", "415", "503", "617", "702", "808")
"""In each, 555-0100 to 555-0199 are nobody's numbers (NANPA, numbers reserved for fictitious use)."""

AT_ONCE = 8


def preflight(tenant: str, base: str, now: datetime) -> Preflight:
    """Try every account that is open; providers reach us under `base`. Raises Unavailable when the messages
    could not be queued."""
    tenants.save_sandbox(tenant, tenants.get(tenant))
    person = _person()
    text = f"{person.name}: is anybody there?"
    open_ones = [one for one in tenants.accounts(tenant) if one.enabled and one.channel in channels.MODULES]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        trials = list(pool.map(lambda account: _trial(tenant, account, base, now), open_ones))
    written = [_write(tenant, account, person, text, now) for account in open_ones]
    probes = tuple(map(_probe, [tenant] * len(open_ones), open_ones, trials, written))
    made = Preflight(id=new_id("f"), at=now, text=text, probes=probes)
    preflights.save(tenant, made)
    return made


def _trial(tenant: str, account: Account, base: str, now: datetime) -> Trial:
    """What the provider says of the account, and has said of our templates."""
    trial = ask_provider(tenant, account, base, now)
    if trial.problem or not channels.channel(account.channel).TRAITS.templates:
        return trial
    barred = {one.name for one in templates.of(tenant, account.channel, account.id) if not one.usable}
    return rules.wrong("templates", now, ", ".join(sorted(barred))) if barred else trial


def _person() -> Person:
    """Somebody who does not exist, and whose number is nobody's."""
    name = f"Preflight {secrets.token_hex(4)}"
    phone = f"+1{secrets.choice(AREAS)}55501{secrets.randbelow(100):02d}"
    return Person(name, phone, f"{name.lower().replace(' ', '-')}@example.com", secrets.token_hex(6))


def _write(tenant: str, account: Account, person: Person, text: str, now: datetime) -> Received | None:
    """The message as intake would queue it, under the sandbox; none where the channel cannot make one."""
    channel = channels.channel(account.channel)
    request = channel.sample(account.id, person, text, iso(now))
    events = [one for one in channel.parse(request) if isinstance(one, Received) and one.kind == "message"]
    if not events:
        return None
    event = events[0]
    apart = tenants.sandbox(tenant)
    from recado.store import queues  # noqa: PLC0415 - a client of its own, for a seldom request

    job = queues.Job(
        (apart, event.channel, event.account, event.sender),
        (apart, event.key),
        {"tenant": apart, **event._asdict()},
    )
    queues.send("inbound", [job])
    return event


def _probe(tenant: str, account: Account, trial: Trial, written: Received | None) -> Probe:
    if written is None:
        trial = trial if trial.problem else rules.wrong("no_reading", trial.at)
        return Probe(channel=account.channel, account=account.id, display=account.display, trial=trial)
    provider_id = written.event["provider_id"]
    return Probe(
        channel=account.channel,
        account=account.id,
        display=account.display,
        trial=trial,
        communication=communication_id(
            tenants.sandbox(tenant), written.channel, written.account, provider_id
        ),
        phone=any(system == "phone" for system, _ in written.identities),
    )
