"""What a trial of all channels has shown, at each moment of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.model.communication import Communication
from recado.model.preflight import Preflight, Probe
from recado.rules import accounts
from recado.rules.preflight import PATIENCE, verdict

from tests.samples import NOW

TEXT = "Preflight 1a2b: is anybody there?"
SOON = NOW + timedelta(seconds=5)
LATE = NOW + PATIENCE + timedelta(seconds=1)


def probe(channel: str, *, phone: bool = True, problem: str = "") -> Probe:
    trial = accounts.wrong(problem, NOW) if problem else accounts.well(NOW)
    return Probe(channel=channel, account="1", trial=trial, communication=f"m-{channel}", phone=phone)


def run(*probes: Probe) -> Preflight:
    return Preflight(id="f1", at=NOW, text=TEXT, probes=probes)


def stored(channel: str, *, patient: str = "p1", contact: str = "p1.1", text: str = TEXT) -> Communication:
    return Communication(
        id=f"m-{channel}",
        patient=patient,
        contact=contact,
        channel=channel,
        account="1",
        address="1",
        direction="inbound",
        kind="text",
        text=text,
        author="patient",
        state="received",
        at=NOW,
        moment="1",
    )


def arrived(*those: Communication) -> dict[str, Communication]:
    return {one.id: one for one in those}


def test_it_runs_until_every_message_has_arrived_and_has_then_passed() -> None:
    both = run(probe("whatsapp"), probe("aws_sms"))
    begun = verdict(both, arrived(stored("whatsapp")), SOON)
    assert (begun.state, [one.state for one in begun.findings]) == ("running", ["arrived", "waiting"])
    done = verdict(both, arrived(stored("whatsapp"), stored("aws_sms")), SOON)
    assert (done.state, done.together) == ("passed", True)


def test_what_has_not_arrived_in_time_has_failed() -> None:
    late = verdict(run(probe("whatsapp")), {}, LATE)
    assert (late.state, late.findings[0].trial.problem) == ("failed", "not_arrived")


def test_what_the_provider_said_explains_more_than_that_nothing_arrived() -> None:
    late = verdict(run(probe("whatsapp", problem="refused")), {}, LATE)
    assert late.findings[0].trial.problem == "refused"


def test_a_message_may_arrive_and_the_account_still_be_unable_to_send() -> None:
    told = verdict(run(probe("whatsapp", problem="refused")), arrived(stored("whatsapp")), SOON)
    assert (told.state, told.findings[0].state) == ("failed", "arrived")


def test_a_message_that_arrives_changed_has_failed() -> None:
    told = verdict(run(probe("whatsapp")), arrived(stored("whatsapp", text="Preflight")), SOON)
    assert (told.state, told.findings[0].trial.problem) == ("failed", "garbled")


@pytest.mark.parametrize(("patient", "contact"), [("p2", "p2.1"), ("p1", "p1.2")])
def test_one_number_on_two_channels_has_to_be_one_person_with_one_thread(patient: str, contact: str) -> None:
    both = run(probe("whatsapp"), probe("aws_sms"))
    other = stored("aws_sms", patient=patient, contact=contact)
    told = verdict(both, arrived(stored("whatsapp"), other), SOON)
    assert (told.state, told.together) == ("failed", False)
    assert told.message == accounts.PROBLEMS["apart"]


def test_who_tells_no_number_may_be_anybody() -> None:
    both = run(probe("whatsapp"), probe("webchat", phone=False))
    told = verdict(both, arrived(stored("whatsapp"), stored("webchat", patient="p2", contact="p2.1")), SOON)
    assert (told.state, told.together) == ("passed", None)


def test_a_clinic_without_an_open_channel_has_nothing_to_pass() -> None:
    assert verdict(run(), {}, SOON).state == "passed"
