"""Was it a person who sent a form? Asked of the CAPTCHA's provider, whose token the form carries.

Source: Cloudflare's "Validate the token" and hCaptcha's "Verify the user response server side": both take
`secret` and `response` and answer `{"success": true}`. The visitor's address is not told to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from recado.channels import Secrets
from recado.channels.traits import live
from recado.errors import Forged, SendFailed, Unavailable


class Provider(NamedTuple):
    url: str
    field: str
    """Of the form, in which its widget puts the token."""


PROVIDERS: Final = {
    "turnstile": Provider(
        "https://challenges.cloudflare.com/turnstile/v0/siteverify", "cf-turnstile-response"
    ),
    "hcaptcha": Provider("https://api.hcaptcha.com/siteverify", "h-captcha-response"),
}
FIELDS: Final = {provider.field for provider in PROVIDERS.values()} | {"g-recaptcha-response"}
"""Tokens are no answers of the form's."""
MAX_TOKEN: Final = 4096
"""Characters; Cloudflare says 2048 at most."""


def verify(fields: Mapping[str, str], secrets: Secrets) -> None:
    """Raise Forged unless a person sent the form; nothing is asked where the account has no CAPTCHA.

    Raises Unavailable when its provider does not answer: better asked again than let through.
    """
    keys = live(secrets, "captcha_secrets")
    if not keys:
        if secrets.get("captcha_secrets"):
            raise Forged
        return
    provider = PROVIDERS.get(str(secrets.get("captcha_provider") or "turnstile"))
    token = fields.get(provider.field, "") if provider else ""
    if provider is None or not 0 < len(token) <= MAX_TOKEN:
        raise Forged
    if not any(_passed(provider, key, token) for key in keys):
        raise Forged


def _passed(provider: Provider, key: str, token: str) -> bool:
    from recado.channels import http  # noqa: PLC0415 - most forms have none

    try:
        answer = http.client().post_form(provider.url, {"secret": key, "response": token}, {})
    except SendFailed as error:
        raise Unavailable from error
    if answer.status >= 500:
        raise Unavailable
    return answer.json().get("success") is True
