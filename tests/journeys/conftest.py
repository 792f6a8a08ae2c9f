"""One local stack for all stories; with several workers, all stories go to the one that has it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from infra.local import seed
from infra.local.deploy import describe
from infra.local.places import EMULATOR_PYTHON, ROOT
from infra.local.stack import LocalStack
from tests.journeys.calling import Rung, hangs_up, unanswered
from tests.journeys.listening import Told, failed_once
from tests.journeys.story import Clinic, Patient
from tests.journeys.waiting import Offered, free_for_two

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the stack runs on one worker, or each would start a stack of its own."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.local_stack)
        if "local_stack" in item.keywords or item.get_closest_marker("local_stack"):
            item.add_marker(pytest.mark.xdist_group("local stack"))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """The whole system, empty but for the demo clinics, on a port of its own."""
    if not EMULATOR_PYTHON.exists():
        pytest.fail("The emulator is not installed: run the tests with `make test`.")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        with LocalStack(tmp_path_factory.mktemp("stack"), keep=False) as running:
            running.start(listening)
            _always_the_same(running)
            yield running


@pytest.fixture(scope="session")
def run(stack: LocalStack) -> dict[str, Any]:
    """The content of run.json."""
    return stack.run


@pytest.fixture(scope="session")
def boavista(run: dict[str, Any]) -> Iterator[Clinic]:
    """The clinic in São Paulo."""
    with closing(Clinic(run, "boavista")) as clinic:
        yield clinic


@pytest.fixture(scope="session")
def delsol(run: dict[str, Any]) -> Iterator[Clinic]:
    """The clinic in Madrid."""
    with closing(Clinic(run, "delsol")) as clinic:
        yield clinic


@pytest.fixture(scope="session")
def aurora(run: dict[str, Any]) -> Iterator[Clinic]:
    """The clinic in Rome, whose self-service is on; it is closed now."""
    with closing(Clinic(run, "aurora")) as clinic:
        yield clinic


@pytest.fixture(scope="session")
def offered(aurora: Clinic) -> Offered:
    """Two wait for the one time of the week that is freed now."""
    return free_for_two(aurora)


@pytest.fixture(scope="session")
def unreached(delsol: Clinic, a_minute_passes: Callable[[], None]) -> Rung:
    """Somebody has not answered, and is called in a minute, while other stories are told."""
    return unanswered(delsol, a_minute_passes)


@pytest.fixture(scope="session")
def gone(boavista: Clinic) -> Patient:
    """Somebody who called twice and hung up: they are texted in a minute, while other stories are told."""
    caller = Patient("Chamada")
    hangs_up(boavista, caller)
    hangs_up(boavista, caller)
    return caller


@pytest.fixture(scope="session")
def told(delsol: Clinic) -> Told:
    """A subscriber who failed once, and is told again in a minute, while other stories are told."""
    return failed_once(delsol)


@pytest.fixture(scope="session")
def long_ago(stack: LocalStack) -> Callable[[Clinic, list[dict[str, str]]], list[str]]:
    """Visits that were booked some time ago (see past.py), and of which no minute has seen any: their ids."""
    told = seed.environment(stack.emulator, describe(stack.emulator))

    def book(clinic: Clinic, visits: list[dict[str, str]]) -> list[str]:
        command = [sys.executable, "-m", "tests.journeys.past", clinic.about["id"], json.dumps(visits)]
        done = subprocess.run(command, env=told, cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603
        found: list[str] = json.loads(done.stdout)
        return found

    return book


@pytest.fixture(scope="session")
def a_minute_passes(stack: LocalStack) -> Callable[[], None]:
    """The clock strikes, as it does each minute: what is due by now is done."""
    resources = describe(stack.emulator).resources

    def strike() -> None:
        stack.emulator.client("lambda").invoke(FunctionName=resources["RemindersFunction"], Payload=b"{}")

    return strike


def _always_the_same(stack: LocalStack) -> None:
    """No quiet hours, opening hours that are not now, and room for all: a story is the same at night, and
    after many others."""
    table, client = "recado-local-tenants", stack.emulator.client("dynamodb")
    for row in client.scan(TableName=table)["Items"]:
        body = json.loads(row["body"]["S"])
        if row["sk"]["S"] == "S":
            body["reminders"] |= {"quiet_from": "00:00", "quiet_until": "00:00"}
            body["hours"] = [_in_half_a_day(body["timezone"])] if body["hours"] else []
        elif "assigned" in body:
            body["capacity"] = 1000
        else:
            continue
        client.put_item(TableName=table, Item={**row, "body": {"S": json.dumps(body)}})


def _in_half_a_day(timezone: str) -> dict[str, Any]:
    """The one hour of the week in which the clinic is open."""
    then = datetime.now(ZoneInfo(timezone)) + timedelta(hours=12)
    return {"weekday": then.weekday(), "opens": f"{then:%H}:00", "closes": f"{then:%H}:59"}
