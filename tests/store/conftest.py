"""What the store is tested on: the fake account, and faults under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.cloud import Cloud
from tests.faults.provider import Provider
from tests.faults.seam import Fault, Process, installed


class Faulty:
    """Lets calls go wrong, by their number within a block."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @contextmanager
    def at(self, *faults: Fault) -> Iterator[Process]:
        """The first call meets the first fault, and so on."""
        with self.process.running(dict(enumerate(faults, 1))):
            yield self.process


@pytest.fixture
def faulty(cloud: Cloud) -> Iterator[Faulty]:
    """The account, with faults to come."""
    process = Process()
    with ExitStack() as stack:
        stack.enter_context(installed(process, Provider()))
        yield Faulty(process)
