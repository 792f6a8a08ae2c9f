"""A clinic's own page for tests: its form and chat, and the functions that stand behind them."""

from __future__ import annotations

import os
from typing import Any

import dedupe
import delivery
import routing
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.model.tenant import Account
from recado.store import tenants

from tests.cloud import Cloud

CONTEXT = LambdaContext()


def equip(clinic: Cloud, *origins: str, **settings: Any) -> None:
    """Give Boa Vista a form and a chat, `pub-webform` and `pub-webchat`, on pages of these origins."""
    for channel in ("webform", "webchat"):
        tenants.save_account("boavista", Account(tenant="boavista", channel=channel, id=f"pub-{channel}"))
        secret = {"origins": list(origins), "visitor_keys": ["visitor-key"], **settings}
        clinic.secret(f"{os.environ['WEBHOOK_SECRETS']}/boavista/{channel}/pub-{channel}", secret)
        clinic.secret(f"{os.environ['ACCOUNT_SECRETS']}/boavista/{channel}/pub-{channel}", {})


def carry_on(cloud: Cloud) -> None:
    """Let the functions behind intake do their work."""
    for _ in range(3):
        assert dedupe.handler(cloud.queued("inbound"), CONTEXT) == {"batchItemFailures": []}
        streamed = cloud.streamed()
        if streamed["Records"]:
            assert routing.handler(streamed, CONTEXT)["batchItemFailures"] == []
        outbound = cloud.queued("outbound")
        if outbound["Records"]:
            assert delivery.handler(outbound, CONTEXT)["batchItemFailures"] == []
