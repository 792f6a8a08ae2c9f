"""Fixtures of every test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from recado.channels import http

from tests import cloud as fake_aws
from tests.provider import Provider
from tests.samples import WHATSAPP, seed

# Timings belong in benches: a busy machine must not fail a property.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


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
    seed()
    return cloud


@pytest.fixture(scope="session")
def provider_server() -> Iterator[Provider]:
    """One loopback provider for the whole session."""
    made = Provider()
    http.client.cache_clear()  # somebody may have asked for it before there was a provider
    yield made
    made.stop()


@pytest.fixture
def provider(provider_server: Provider, cloud: fake_aws.Cloud) -> Provider:
    """The provider, with nothing taken yet, and the credentials of both clinics' accounts at it."""
    provider_server.fresh()
    for tenant, account_id in WHATSAPP.items():
        name = f"{os.environ['ACCOUNT_SECRETS']}/{tenant}/whatsapp/{account_id}"
        cloud.secret(name, {"access_token": "sample-token"})
    return provider_server
