"""The stage on which handlers are faulted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cloud import Cloud
from tests.faults.seam import Site
from tests.faults.stage import Stage, staged


@pytest.fixture(scope="module")
def stage(account: Cloud) -> Iterator[Stage]:
    """One stage for a module: worlds begin on it with an empty account."""
    with staged(account) as made:
        yield made


@pytest.fixture(scope="session")
def met() -> dict[str, set[Site]]:
    """By world, the lines of ours that led to a call when it was enumerated, for whoever need not trace it
    again."""
    return {}
