"""The secrets of the clinics' accounts as an admin changes them: in Secrets Manager, under our own key.

The functions that use them read through secrets.py, and know a new one within its minute.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import Unavailable
from recado.store import secrets
from recado.store.clients import client


class Held(NamedTuple):
    """What is kept of one account; none where nothing is."""

    credentials: Mapping[str, Any] | None
    webhook: Mapping[str, Any] | None


def held(tenant: str, channel: str, account_id: str) -> Held:
    """The account's secrets as they are now. Raises Unavailable."""
    return Held(*(_read(name) for name in _names(tenant, channel, account_id)))


def keep(
    tenant: str, channel: str, account_id: str, credentials: Mapping[str, Any], webhook: Mapping[str, Any]
) -> None:
    """Put the account's secrets in the place of those before. Raises Unavailable; the same call may follow.

    What verifies comes first: the provider may use a new secret from the moment that it is there.
    """
    sends, verifies = _names(tenant, channel, account_id)
    _write(verifies, webhook)
    _write(sends, credentials)
    secrets.forget()


def keep_credentials(tenant: str, channel: str, account_id: str, credentials: Mapping[str, Any]) -> None:
    """The same for what only sends: nothing ever comes from there. Raises Unavailable."""
    _write(_names(tenant, channel, account_id)[0], credentials)
    secrets.forget()


def drop(tenant: str, channel: str, account_id: str) -> None:
    """Destroy the account's secrets, at once: nobody may find them later. Raises Unavailable."""
    for name in _names(tenant, channel, account_id):
        try:
            client("secretsmanager").delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        except ClientError as error:
            if not _is(error, "ResourceNotFoundException"):
                raise Unavailable from error
        except BotoCoreError as error:
            raise Unavailable from error
    secrets.forget()


def _names(tenant: str, channel: str, account_id: str) -> tuple[str, str]:
    path = f"{tenant}/{channel}/{account_id}"
    return f"{os.environ['ACCOUNT_SECRETS']}/{path}", f"{os.environ['WEBHOOK_SECRETS']}/{path}"


def _read(name: str) -> Mapping[str, Any] | None:
    try:
        answer = client("secretsmanager").get_secret_value(SecretId=name)
    except ClientError as error:
        if _is(error, "ResourceNotFoundException"):
            return None
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    value: dict[str, Any] = json.loads(answer["SecretString"])
    return value


def _write(name: str, value: Mapping[str, Any]) -> None:
    text = json.dumps(dict(value))
    vault = client("secretsmanager")
    try:
        try:
            vault.put_secret_value(SecretId=name, SecretString=text)
        except ClientError as error:
            if not _is(error, "ResourceNotFoundException"):
                raise
            vault.create_secret(Name=name, SecretString=text, KmsKeyId=os.environ["SECRETS_KEY"])
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def _is(error: ClientError, code: str) -> bool:
    return bool(error.response["Error"]["Code"] == code)
