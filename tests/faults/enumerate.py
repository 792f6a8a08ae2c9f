"""Runs every fault at every call of every world, and says what did not hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from tests.faults import oracle
from tests.faults.seam import CRASHES, FAULTS, READS, Attempt, Call, Fault, Faults, Site
from tests.faults.stage import Event, Saved, Stage, Trigger

WAITS = (timedelta(minutes=3), timedelta(minutes=16), timedelta(minutes=16), timedelta(hours=1))
"""Between the sweeps; of 60 in an hour these are the ones that matter."""

SENDS = ("provider", "sesv2.SendEmail", "connect.StartOutboundVoiceContact")
"""Calls of which nobody may know what became."""

REPEATED: tuple[Fault, ...] = ("lost_request", "throttled")
"""What nobody sees but the SDK, which asks again."""

UNFELT: tuple[Fault, ...] = ("crash_after", "lost_response")
"""What befalls a read in vain: who dies after it leaves behind what the write before it did, and its lost
answer is asked for again."""

LATE = timedelta(hours=25)
"""When the late duplicate comes: past the queue's 5 minutes and Powertools' hour."""


class Situation(NamedTuple):
    """What a world begins with: the event that its handler gets."""

    event: Event
    accepted: dict[str, tuple[str, ...]]
    """By tenant, the provider's ids of the inbound messages that will have been accepted, in their order."""


class World(NamedTuple):
    """One situation of one handler."""

    function: str
    name: str
    handler: Callable[..., Any]
    trigger: Trigger
    prepare: Callable[[Stage], Situation]
    check: Callable[[Stage], Iterator[str]]
    """What must hold in this situation, beside what always must."""
    receipts: bool = False
    """Whether the provider's receipts arrive in the end."""
    died: bool = False
    """Whether a process has died before this begins."""
    late: timedelta = LATE
    """When the same event comes once more."""


class Way(NamedTuple):
    """A fault at a call: the line of ours that makes it, and the one that wanted it."""

    operation: str
    sites: tuple[Site, ...]
    fault: Fault


class Plan(NamedTuple):
    """Which faults meet the first, second, … call of the handler, and whether processes begin cold."""

    faults: tuple[Faults, ...]
    cold: bool


def _prepared(stage: Stage, world: World) -> tuple[Situation, Saved]:
    stage.fresh()
    stage.counting = world.function == "metrics"
    situation = world.prepare(stage)
    assert not stage.troubles, f"{world.name} cannot begin: {stage.troubles}"
    return situation, stage.save()


def traced(stage: Stage, world: World, *, faulted: bool) -> set[Site]:
    """The lines of our code that are faulted in a world, those included, if `faulted`, that only faults lead
    to."""
    situation, saved = _prepared(stage, world)
    found: set[Site] = set()

    def trace(plan: Plan) -> list[Call]:
        stage.restore(saved)
        stage.forget()
        stage.process.traced = True
        attempts = stage.deliver(world.trigger, world.handler, situation.event, plan.faults)
        stage.process.traced = False
        found.update(site for attempt in attempts for call in attempt.calls for site in call.sites)
        return attempts[0].calls

    calls = trace(Plan(({},), cold=True))
    for plan in _singles(calls, cold=True) if faulted else ():
        if set(plan.faults[0].values()) & {"http500_after", "conflict"}:
            trace(plan)
    return found


class Outcome(NamedTuple):
    """What came of one case; `attempts` are the handler's calls, and the faults that really befell them."""

    world: World
    plan: Plan
    attempts: list[Attempt]
    violations: tuple[str, ...]

    @property
    def fired(self) -> bool:
        """Whether every planned fault befell something: it may lie past the handler's last call."""
        planned = list(self.plan.faults)
        return bool(planned) and all(
            set(faults) <= attempt.fired for faults, attempt in zip(planned, self.attempts, strict=False)
        )


class Report(NamedTuple):
    """All outcomes of a world."""

    world: World
    outcomes: list[Outcome]

    @property
    def calls(self) -> list[Call]:
        """What the handler asks of AWS and the provider when nothing goes wrong and nothing is remembered."""
        return self.outcomes[0].attempts[0].calls

    @property
    def sites(self) -> set[Site]:
        """The lines of ours that led to a call, where ways are told apart."""
        attempts = (attempt for one in self.outcomes for attempt in one.attempts)
        return {site for attempt in attempts for call in attempt.calls for site in call.sites}

    @property
    def fired(self) -> int:
        return sum(one.fired for one in self.outcomes)

    @property
    def idle(self) -> list[Outcome]:
        """Cases whose fault befell nothing, though it could: only a page of one row cannot be cut."""
        return [
            one
            for one in self.outcomes
            if any(one.plan.faults[0].values())
            and not one.fired
            and "soft" not in one.plan.faults[0].values()
        ]

    @property
    def bad(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.violations]


def enumerate_world(
    stage: Stage, world: World, *, pairs: bool = False, known: set[Way] | None = None
) -> Report:
    """Every fault at every call, for cold and for warm processes; or every pair of faults, cold.

    With `known`, ways by which other worlds have come to a call and met a fault: no process is warm, and no
    call meets what is known, what the SDK makes good by itself, or what leaves nothing behind that another
    fault does not. The world's own ways are added.
    """
    situation, saved = _prepared(stage, world)
    outcomes: list[Outcome] = []
    stage.process.traced = known is not None
    for cold in (True, False) if known is None and not pairs else (True,):
        undisturbed = run(stage, world, situation, saved, Plan(({},), cold))
        calls = undisturbed.attempts[0].calls
        plans = list(_pairs(calls) if pairs else _singles(calls, cold))
        if known is not None:
            plans = [plan for plan in plans if not _is_spared(calls, plan, known)]
            known |= {_way(calls, plan) for plan in plans}
        outcomes += [undisturbed, *(run(stage, world, situation, saved, plan) for plan in plans)]
    stage.process.traced = False
    return Report(world, outcomes)


def _way(calls: list[Call], plan: Plan) -> Way:
    ((number, fault),) = plan.faults[0].items()
    call = calls[number - 1]
    return Way(call.operation, call.sites[:2], fault)


def _is_spared(calls: list[Call], plan: Plan, known: Collection[Way]) -> bool:
    way = _way(calls, plan)
    unfelt = way.operation in READS and way.fault in UNFELT
    return unfelt or way.fault in REPEATED or way in known


def _singles(calls: list[Call], cold: bool) -> Iterator[Plan]:
    for number, call in enumerate(calls, 1):
        for fault in FAULTS:
            if fault == "crash_before" and cold and number > 1:
                continue  # Nothing that lasts happens between two calls: it died after the one before.
            # What began cold and lives on is warm the next time: only after a crash do the two differ.
            if call.can(fault) and (cold or fault in CRASHES):
                yield Plan(({number: fault},), cold)


def _pairs(calls: list[Call]) -> Iterator[Plan]:
    """The second fault meets the redelivery, or a later call of the same delivery."""
    for first in _singles(calls, cold=True):
        ((number, fault),) = first.faults[0].items()
        for later in range(1, len(calls) + 2):
            for second in FAULTS:
                yield Plan(({number: fault}, {later: second}), cold=True)
                if later > number:
                    yield Plan(({number: fault, later: second},), cold=True)


def run(stage: Stage, world: World, situation: Situation, saved: Saved, plan: Plan) -> Outcome:
    """One case: the event with its faults, again until done, time, sweeps, a late duplicate, the oracle."""
    stage.restore(saved)
    if plan.cold:
        stage.forget()
    others = oracle.others(stage, situation.accepted)
    attempts = stage.deliver(world.trigger, world.handler, situation.event, plan.faults, cold=plan.cold)
    stage.carry()
    _wait_and_sweep(stage, world, situation)
    stage.deliver(world.trigger, world.handler, situation.event)
    stage.carry()
    found = [*stage.troubles, *world.check(stage)]
    for tenant, accepted in situation.accepted.items():
        found += oracle.violations(stage, tenant, accepted)
        if not world.died and not _excused(plan, attempts):
            found += oracle.needless(stage, tenant)
    if oracle.others(stage, situation.accepted) != others:
        found.append("another tenant's rows were touched")
    return Outcome(world, plan, attempts, tuple(found))


def _excused(plan: Plan, attempts: list[Attempt]) -> bool:
    """Somebody died, or the provider was at fault: then it may be unknown what became of a message."""
    return any(
        fault in CRASHES or (number <= len(attempt.calls) and attempt.calls[number - 1].operation in SENDS)
        for faults, attempt in zip(plan.faults, attempts, strict=False)
        for number, fault in faults.items()
    )


def _wait_and_sweep(stage: Stage, world: World, situation: Situation) -> None:
    """Past the lease, past the wait before a second copy, and on while anything is to come."""
    for by in WAITS:
        if world.receipts:
            stage.receipts()
        stage.pass_time(by)
        stage.sweep()
        if not any(oracle.pending(stage, tenant) for tenant in situation.accepted):
            break
    if world.receipts:
        stage.receipts()
    stage.pass_time(world.late)


def described(outcome: Outcome) -> str:
    """A case in words, as one runs it again."""
    calls = "; then ".join(
        ", ".join(f"{fault} at call {number}" for number, fault in faults.items())
        for faults in outcome.plan.faults
        if faults
    )
    start = "cold" if outcome.plan.cold else "warm"
    return f"{outcome.world.name} ({start}): {calls or 'no fault'}: {'; '.join(outcome.violations)}"


def table(reports: list[Report]) -> str:
    """One line a world: calls, cases, how many faults fired, how many cases violated something."""
    lines = [f"{'function':<10} {'situation':<58} {'calls':>5} {'cases':>6} {'fired':>6} {'bad':>4}"]
    for one in reports:
        name = f"{one.world.function:<10} {one.world.name:<58}"
        lines.append(f"{name} {len(one.calls):>5} {len(one.outcomes):>6} {one.fired:>6} {len(one.bad):>4}")
    total = [sum(len(one.calls) for one in reports), sum(len(one.outcomes) for one in reports)]
    total += [sum(one.fired for one in reports), sum(len(one.bad) for one in reports)]
    lines.append(f"{'':<69} {total[0]:>5} {total[1]:>6} {total[2]:>6} {total[3]:>4}")
    return "\n".join(lines)
