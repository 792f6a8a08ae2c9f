"""A trial of all of a clinic's open channels, with a patient who does not exist."""

from __future__ import annotations

from typing import Literal

from recado.actions.follow_preflight import follow_preflight
from recado.actions.preflight import preflight
from recado.model.record import iso
from recado.rules.preflight import Finding
from typing_extensions import TypedDict

from api.accounts import Test, base, shown_trial
from api.answers import Moment
from api.resource import Call, Resource

resource = Resource(__name__)


class Started(TypedDict):
    """A trial that has begun."""

    id: str
    started_at: Moment


class Probe(TypedDict):
    """One account: how far the patient's message came, and what is wrong, if anything."""

    channel: str
    account: str
    display: str
    state: Literal["waiting", "arrived", "failed"]
    test: Test


class Progress(TypedDict):
    """How the trial goes. `together`: who wrote by one number on several channels is one person with one
    thread; null where that is not known, or nothing to know."""

    id: str
    state: Literal["running", "passed", "failed"]
    together: bool | None
    message: str
    accounts: list[Probe]


def _probe(finding: Finding) -> Probe:
    return {
        "channel": finding.probe.channel,
        "account": finding.probe.account,
        "display": finding.probe.display,
        "state": finding.state,
        "test": shown_trial(finding.trial),
    }


@resource.route("POST", "/preflight", "run_preflight", Started, status=202)
def run_preflight(call: Call) -> Started:
    """Ask every provider, and let a synthetic patient write on each open channel. Nothing is sent, and the
    clinic's own patients, contacts and numbers are not touched."""
    run = preflight(call.tenant, base(), call.now)
    return {"id": run.id, "started_at": iso(run.at)}


@resource.route("GET", "/preflight/{id}", "read_preflight", Progress)
def read_preflight(call: Call, preflight_id: str) -> Progress:
    """How far it is; ask again while it is `running`."""
    known = follow_preflight(call.tenant, preflight_id, call.now)
    return {
        "id": preflight_id,
        "state": known.state,
        "together": known.together,
        "message": known.message,
        "accounts": [_probe(finding) for finding in known.findings],
    }
