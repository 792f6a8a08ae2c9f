"""Of two providers that reach the same address, lean on the one that does better."""

from __future__ import annotations

from datetime import datetime

from recado.actions.find_routes import lines
from recado.channels import family
from recado.model.communication import Communication
from recado.rules import rates
from recado.rules.communications import route_of
from recado.rules.reach import Route, sibling

_health: dict[tuple[str, str, str], rates.Health] = {}


def lean(tenant: str, communication: Communication, now: datetime) -> Communication:
    """The communication, on the other provider's account where that promises more.

    So on its second try, and while this process has seen its own account fail; never when the other one
    fails as well, and only for what has certainly not been sent.
    """
    route = route_of(communication)
    again = communication.attempts > 0 and communication.error == "retry"
    if communication.state != "queued" or not (again or _shunned(tenant, route, now)):
        return communication
    other = sibling(route, family(route.channel), communication.patient, lines(tenant))
    if other is None or _shunned(tenant, other, now):
        return communication
    return communication.model_copy(update={"channel": other.channel, "account": other.account})


def note_failure(tenant: str, communication: Communication, now: datetime) -> None:
    """Remember that an account failed in a way that may be its provider's."""
    key = _key(tenant, route_of(communication))
    _health[key] = rates.failed(_health.get(key, rates.Health()), now.timestamp())


def forget() -> None:
    """Empty this process's memory of failures."""
    _health.clear()


def _shunned(tenant: str, route: Route, now: datetime) -> bool:
    return rates.shunned(_health.get(_key(tenant, route)), now.timestamp())


def _key(tenant: str, route: Route) -> tuple[str, str, str]:
    return (tenant, route.channel, route.account)
