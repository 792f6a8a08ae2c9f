"""What the channels on a clinic's own pages share: which pages those are, and how a browser is answered.

The list of origins keeps other sites' pages out; it proves nothing of who else may call. Limits, tokens
and CAPTCHAs do the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from recado.channels import Reply, Request, Secrets
from recado.channels.traits import live
from recado.errors import Forged, Invalid

MAX_ORIGINS: Final = 20


def from_own_page(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless the request comes from a page of one of the account's origins."""
    if origin(request) not in _origins(secrets):
        raise Forged


def origin(request: Request) -> str:
    """Scheme, host and port of the page that sent a request; "" where its browser does not say."""
    told = request.headers.get("origin") or request.headers.get("referer") or ""
    try:
        parts = urlsplit(told)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("https", "http") else ""


def answer(body: Mapping[str, Any], status: int = 200) -> Reply:
    """JSON that a script on any page may read: who may call was decided before."""
    headers = {"access-control-allow-origin": "*", "cache-control": "no-store"}
    return Reply(status, json.dumps(body, ensure_ascii=False), "application/json", headers)


def refusal(error: Invalid) -> Reply:
    """What was wrong, for the page to show: 400, with the field's name."""
    return answer(Invalid(error.field, str(error)).body(), Invalid.status)


def _origins(secrets: Secrets) -> set[str]:
    return {one.rstrip("/").lower() for one in live(secrets, "origins", MAX_ORIGINS)}
