"""Every account's secrets, both kinds: made up at the first start, as an administrator would paste them."""

import hashlib
import json
import secrets
from typing import Any

from botocore.exceptions import ClientError

from infra.local.clinics import Clinic, Line, lines
from infra.local.deploy import STAGE, Deployed
from infra.local.emulator import Emulator
from infra.local.fakes.aws_social import phone_id
from infra.local.fakes.provider import Keys
from infra.local.fakes.twilio_contents import content_names

ACCOUNTS = f"recado/{STAGE}/accounts"
WEBHOOKS = f"recado/{STAGE}/webhooks"
OF_META = {"whatsapp", "messenger", "instagram"}
OF_AWS = {"aws_sms", "aws_social", "email"}

Json = dict[str, Any]


def meta_secret(emulator: Emulator, deployed: Deployed) -> Json:
    """The Meta app's secrets, with an app secret."""
    vault = emulator.client("secretsmanager")
    name = deployed.resources["MetaSecret"]
    value: Json = json.loads(vault.get_secret_value(SecretId=name)["SecretString"])
    if not value["app_secrets"]:
        value["app_secrets"] = [secrets.token_hex(16)]
        vault.put_secret_value(SecretId=name, SecretString=json.dumps(value))
    return value


def accounts(emulator: Emulator, origins: list[str]) -> dict[tuple[str, str], Keys]:
    """Channel and account → what it sends with, and what its webhooks are verified with.

    `origins` are where our own pages are served, which a new port changes.
    """
    found = {}
    for clinic, line in lines():
        credentials, webhook = made_up(line, origins)
        place = f"{clinic.id}/{line.channel}/{line.account}"
        held = _stored(emulator, f"{ACCOUNTS}/{place}", credentials)
        checked = _stored(emulator, f"{WEBHOOKS}/{place}", webhook) if webhook else {}
        if "origins" in checked and list(checked["origins"]) != origins:
            checked = {**checked, "origins": origins}
            vault = emulator.client("secretsmanager")
            vault.put_secret_value(SecretId=f"{WEBHOOKS}/{place}", SecretString=json.dumps(checked))
        found[line.channel, line.account] = Keys(held, checked)
    return found


def settings(line: Line, origins: list[str]) -> dict[str, str | tuple[str, ...]]:
    """What an account has that is no secret: the same each time."""
    sid = "AC" + hashlib.md5(f"{line.channel}/{line.account}".encode(), usedforsecurity=False).hexdigest()
    contents = tuple(f"{name}={sid}" for name, sid in content_names().items())
    known: dict[str, dict[str, str | tuple[str, ...]]] = {
        "twilio_sms": {"account_sid": sid},
        "twilio_whatsapp": {"account_sid": sid, "content_sids": contents},
        "aws_sms": {"origination_identity": f"+{line.account}"},
        "aws_social": {"origination_identity": phone_id(line.account)},
        "webform": {"origins": tuple(origins)},
        "webchat": {"origins": tuple(origins)},
    }
    return known.get(line.channel, {})


def allotted(clinic: Clinic) -> tuple[str, ...]:
    """What the operator gives the clinic of the AWS account: its own numbers and its address."""
    ours = [line for line in clinic.lines if line.channel in OF_AWS]
    named = (str(settings(line, []).get("origination_identity", line.account)) for line in ours)
    return tuple(dict.fromkeys([*(line.account for line in ours), *(one.removeprefix("+") for one in named)]))


def made_up(line: Line, origins: list[str]) -> tuple[Json, Json]:
    """New secrets for an account, with its settings: the document that sends, and the one that verifies."""
    token, other = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    shown = settings(line, origins)
    match line.channel:
        case "telegram":
            return {"bot_token": f"{line.account}:{token}"}, {"secret_tokens": [other]}
        case "twilio_sms" | "twilio_whatsapp":
            checks = {"auth_tokens": [token], "account_sids": shown["account_sid"]}
            return {**shown, "auth_token": token}, checks
        case "webform":
            return {}, {**shown}
        case "webchat":
            return {}, {**shown, "visitor_keys": [token]}
        case "email":
            return {"thread_key": token}, {}
    return ({"access_token": token} if line.channel in OF_META else {**shown}), {}


def _stored(emulator: Emulator, name: str, otherwise: Json) -> Json:
    vault = emulator.client("secretsmanager")
    try:
        found: Json = json.loads(vault.get_secret_value(SecretId=name)["SecretString"])
    except ClientError:
        vault.create_secret(Name=name, SecretString=json.dumps(otherwise))
        return otherwise
    return found
