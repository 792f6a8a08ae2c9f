"""run.json: the contract by which scripts, tests and reviewers drive the system, described in the README."""

from collections.abc import Mapping
from typing import Any

from infra.local.clinics import CLINICS, OPERATOR, Clinic, Line
from infra.local.fakes.provider import Keys, Site
from infra.local.keys import OF_META

Json = dict[str, Any]


def content(url: str, tokens: Mapping[str, str], site: Site, verify_token: str) -> Json:
    """The whole file; `tokens` are the ID tokens by username."""
    return {
        "url": url,
        "api": f"{url}/api",
        "webhooks": f"{url}/webhooks",
        "outbox": f"{url}/outbox",
        "clinics": [_clinic(url, clinic, tokens, site, verify_token) for clinic in CLINICS],
        "operator": {"token": tokens[OPERATOR.username]},
        "ready": True,
    }


def _clinic(url: str, clinic: Clinic, tokens: Mapping[str, str], site: Site, verify_token: str) -> Json:
    staff = [
        {
            "role": person.role,
            "name": person.name,
            "agent": person.agent or None,
            "token": tokens[person.username],
        }
        for person in clinic.staff
    ]
    return {
        "id": clinic.id,
        "name": clinic.name,
        "timezone": clinic.timezone,
        "language": clinic.language,
        # The first of each role; `staff` has everybody.
        "tokens": {person["role"]: person["token"] for person in reversed(staff)},
        "staff": staff,
        "accounts": [account(url, line, site, verify_token) for line in clinic.lines],
    }


def account(url: str, line: Line, site: Site, verify_token: str) -> Json:
    """One account: where its events go to, and what signs them."""
    known = {"channel": line.channel, "account": line.account, "display": line.display}
    if line.channel in OF_META:
        address = {"webhook": f"{url}/webhooks/{line.channel}"}
        return {**known, **address, "secret": site.app_secret, "verify_token": verify_token}
    if line.channel in {"aws_sms", "aws_social", "email"}:
        known["topic"] = site.post.topics.get(line.channel, "")
        kind = "mail" if line.channel == "email" else "message"
        return {**known, "publish": f"{url}/fake/{line.channel}/{kind}"}
    keys = site.keys[line.channel, line.account]
    return {**known, "webhook": f"{url}/webhooks/{line.channel}/{line.account}", **_secrets(keys)}


def _secrets(keys: Keys) -> Json:
    if "bot_token" in keys.credentials:
        secret = keys.webhook["secret_tokens"][0]
        return {"secret": secret, "secret_token": secret, "bot_token": keys.credentials["bot_token"]}
    if "auth_token" in keys.credentials:
        return {
            "account_sid": keys.credentials["account_sid"],
            "auth_token": keys.credentials["auth_token"],
            "secret": keys.credentials["auth_token"],
        }
    return {"origins": keys.webhook["origins"]}
