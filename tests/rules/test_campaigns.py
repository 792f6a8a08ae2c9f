"""What a campaign is, how it goes on, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.errors import Conflict, Invalid
from recado.model.campaign import Campaign
from recado.model.policy import Policy, Step
from recado.model.segment import Query
from recado.rules import campaigns as rules

from tests.rules.test_kpi_authorisations import issued
from tests.samples import NOW, later

DAY = 24 * 60


def step(minutes: int = 0, text: str = "recall", purpose: Any = "recall") -> Step:
    return Step(name=f"s{minutes}", minutes=minutes, purpose=purpose, text=text)


def campaign(*steps: Step, **known: Any) -> Campaign:
    given = {"id": "k1", "name": "Um ano", "segment": "g1", "query": Query(), "purpose": "recall"}
    made = {"steps": steps or (step(),), "created_at": NOW, "created_by": "role:admin"}
    return Campaign.model_validate({**given, **made, **known})


def test_its_steps_are_in_order_a_day_apart() -> None:
    assert [one.minutes for one in rules.checked(campaign(step(DAY, "recall_again"), step())).steps] == [
        0,
        DAY,
    ]


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ((step(), step(DAY - 1)), "steps"),
        ((step(14 * DAY),), "steps.0.minutes"),
        ((step(-1),), "steps.0.minutes"),
        ((step(text="news"),), "steps.0.text"),
        ((step(text="medication"),), "steps.0.text"),
        ((step(purpose="news"),), "steps.0.text"),
        (tuple(step(one * DAY) for one in range(5)), "steps"),
    ],
    ids=["too near", "after its days", "before", "another's text", "medication", "another's purpose", "many"],
)
def test_what_makes_no_sense_is_refused(steps: tuple[Step, ...], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.checked(campaign(*steps))
    assert caught.value.field == field


def test_it_runs_pauses_goes_on_and_ends_in_this_order_only() -> None:
    running = rules.launched(campaign(), NOW, "role:admin")
    paused = rules.paused(running)
    assert (running.due_at, paused.due_at) == (NOW, None)
    assert rules.ended(rules.resumed(paused, NOW), NOW).due_at is None
    for change in (rules.paused, lambda one: rules.resumed(one, NOW), lambda one: rules.ended(one, NOW)):
        with pytest.raises(Conflict):
            change(campaign())
    with pytest.raises(Conflict):
        rules.launched(running, NOW, "role:admin")


@pytest.mark.parametrize(
    ("per_hour", "a_minute", "waits_s"),
    [(120, 2, 60), (3600, 60, 60), (1, 1, 3600), (61, 2, 120)],
)
def test_never_more_than_so_many_an_hour_are_taken_in(per_hour: int, a_minute: int, waits_s: int) -> None:
    one = campaign(per_hour=per_hour)
    following = rules.walked(one, "p5", NOW).due_at
    assert (rules.a_minute(one), following) == (a_minute, NOW + timedelta(seconds=waits_s))
    assert a_minute * 3600 / waits_s <= per_hour


def test_when_all_were_looked_at_it_ends_after_its_days_also_after_a_pause() -> None:
    walked = rules.walked(rules.launched(campaign(), NOW, "role:admin"), None, NOW)
    assert walked.due_at == later(days=14)
    assert rules.resumed(rules.paused(walked), later(days=3)).due_at == later(days=14)
    assert rules.resumed(rules.paused(walked), later(days=20)).due_at == later(days=20)


def test_nobody_is_taken_in_at_night() -> None:
    night = NOW.replace(hour=2)
    assert rules.waits_until(Policy(), "UTC", night) == NOW.replace(hour=8)
    assert rules.waits_until(Policy(), "UTC", NOW) == NOW


def test_the_lot_is_always_the_same_as_large_as_wanted_and_each_campaigns_own() -> None:
    one, other = campaign(control=0.2), campaign(id="k2", control=0.2)
    people = [f"p{number}" for number in range(2_000)]
    held = {who for who in people if rules.is_held_out("boavista", one, who)}
    assert held == {who for who in people if rules.is_held_out("boavista", one, who)}
    assert 330 <= len(held) <= 470
    both = {who for who in held if rules.is_held_out("boavista", other, who)}
    assert 40 <= len(both) <= 130
    assert not any(rules.is_held_out("boavista", campaign(control=0), who) for who in people)


def test_everybody_counts_in_the_arm_that_the_lot_gave_them() -> None:
    unreached = issued(state="unreached", booked_at=later(days=2))
    late = issued(state="answered", answer="yes", booked_at=later(days=31))
    held_out = issued(state="held_out", booked_at=later(days=30))
    found = rules.results([unreached, late, held_out, issued(state="held_out")])
    assert (found.treated, found.control, found.unreached, found.answered, found.yes) == (2, 2, 1, 1, 1)
    assert (found.booked, found.booked_control) == (1, 1)
    assert found.effect is not None
    assert found.effect.of == 0
    assert rules.results([issued()]).effect is None
