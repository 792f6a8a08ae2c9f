"""Fixtures of every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import cloud as fake_aws


@pytest.fixture(scope="session")
def account() -> Iterator[fake_aws.Cloud]:
    """One fake AWS account for the whole session: its clients are made once."""
    made = fake_aws.Cloud()
    yield made
    made.stop()


@pytest.fixture
def cloud(account: fake_aws.Cloud) -> fake_aws.Cloud:
    """The account, with empty tables and queues."""
    account.fresh()
    return account


@pytest.fixture
def clinic(cloud: fake_aws.Cloud) -> fake_aws.Cloud:
    """The account, with both demo clinics in it; Ana is at Boa Vista's front desk."""
    from tests.samples import seed

    seed()
    return cloud
