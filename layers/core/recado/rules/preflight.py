"""What a trial of a clinic's channels has shown: pure, from what was tried and what arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from recado.model.communication import Communication
from recado.model.preflight import Preflight, Probe
from recado.model.tenant import Trial
from recado.rules import accounts

PATIENCE = timedelta(minutes=2)
"""A message is stored within seconds; after this it is not going to be."""

State = Literal["waiting", "arrived", "failed"]


class Finding(NamedTuple):
    """One account's part: how far its message came, and what is wrong (no problem: nothing yet)."""

    probe: Probe
    state: State
    trial: Trial


class Verdict(NamedTuple):
    """The whole. `together`: those who wrote from one number are one person with one thread; none: not
    known yet, or fewer than two such channels."""

    state: Literal["running", "passed", "failed"]
    findings: tuple[Finding, ...]
    together: bool | None

    @property
    def message(self) -> str:
        """What is wrong with the whole, rather than with one account; "" where nothing is."""
        return accounts.PROBLEMS["apart"] if self.together is False else ""


def verdict(preflight: Preflight, arrived: Mapping[str, Communication], now: datetime) -> Verdict:
    """What is known by now. `arrived` holds what the sandbox has stored, by its id."""
    findings = tuple(_finding(preflight, probe, arrived, now) for probe in preflight.probes)
    together = _together(findings, arrived)
    if any(one.state == "waiting" for one in findings):
        return Verdict("running", findings, together)
    well = together is not False and not any(one.trial.problem for one in findings)
    return Verdict("passed" if well else "failed", findings, together)


def _finding(
    preflight: Preflight, probe: Probe, arrived: Mapping[str, Communication], now: datetime
) -> Finding:
    found = arrived.get(probe.communication or "")
    if found is not None:
        whole = preflight.text in found.text
        return Finding(probe, "arrived", probe.trial) if whole else _failed(probe, "garbled", now)
    if probe.communication is None:
        return Finding(probe, "failed", probe.trial)
    if now - preflight.at > PATIENCE:
        return _failed(probe, "not_arrived", now)
    return Finding(probe, "waiting", probe.trial)


def _failed(probe: Probe, problem: str, now: datetime) -> Finding:
    """What the provider said explains more than that nothing came."""
    return Finding(probe, "failed", probe.trial if probe.trial.problem else accounts.wrong(problem, now))


def _together(findings: Sequence[Finding], arrived: Mapping[str, Communication]) -> bool | None:
    known = [one for one in findings if one.probe.phone]
    stored = [found for one in known if (found := arrived.get(one.probe.communication or ""))]
    if len(known) < 2 or len(stored) < len(known):
        return None
    return len({(one.patient, one.contact) for one in stored}) == 1
