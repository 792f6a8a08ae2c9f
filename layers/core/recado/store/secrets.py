"""Secrets Manager: the platform's webhook secrets and the clinics' channel credentials."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Misconfigured, Unavailable
from recado.store.clients import client

CACHE_SECONDS = 60
"""A rotated secret is in use everywhere within this time."""

_cache: dict[str, tuple[float, dict[str, Any]]] = {}


def forget() -> None:
    """Empty this process's cache of secrets."""
    _cache.clear()


def webhook(provider: str) -> dict[str, Any]:
    """The secrets by which a provider's webhooks are verified, e.g. `meta`.

    Raises Misconfigured, Unavailable.
    """
    name = os.environ.get(f"{provider.upper()}_SECRET")
    if not name:
        raise Misconfigured
    return _read(name)


def topics(channel: str) -> dict[str, Any]:
    """The SNS topics from which AWS tells of a channel. Raises Misconfigured."""
    arn = os.environ.get(f"{channel.upper()}_TOPIC")
    if not arn:
        raise Misconfigured
    return {"topics": [arn]}


def webhook_of(tenant: str, channel: str, account_id: str) -> dict[str, Any]:
    """What the webhooks of one clinic's account are verified with. Raises Misconfigured, Unavailable."""
    return _read(f"{os.environ['WEBHOOK_SECRETS']}/{tenant}/{channel}/{account_id}")


def account(tenant: str, channel: str, account_id: str) -> dict[str, Any]:
    """The credentials of a clinic's channel account. Raises Misconfigured, Unavailable."""
    return _read(f"{os.environ['ACCOUNT_SECRETS']}/{tenant}/{channel}/{account_id}")


def _read(name: str) -> dict[str, Any]:
    held = _cache.get(name)
    if held and time.monotonic() - held[0] < CACHE_SECONDS:
        return held[1]
    try:
        answer = client("secretsmanager").get_secret_value(SecretId=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            raise Misconfigured from error
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    value: dict[str, Any] = json.loads(answer["SecretString"])
    _cache[name] = (time.monotonic(), value)
    return value
