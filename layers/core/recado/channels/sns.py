"""What the channels of AWS share: their webhooks come by SNS, which IAM has let through.

SNS calls the webhook function itself, and only the topics that may are in its
resource policy; no signature is left to check and no certificate to fetch. What is checked is that the topic
is the channel's own, and that nobody comes with such a thing over HTTP.
"""

from __future__ import annotations

import re
from typing import Final

from recado.channels import Request, Secrets
from recado.errors import Forged

METHOD: Final = "SNS"
TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")


def verify(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless it is a notification of one of the channel's topics."""
    topics = secrets.get("topics")
    known = isinstance(topics, list | tuple) and bool(request.path) and request.path in topics
    if request.method != METHOD or not known:
        raise Forged


def handshake(_request: Request, _secrets: Secrets) -> str:
    """SNS asks a Lambda function for no confirmation; whoever does is not SNS. Raises Forged."""
    raise Forged


def notified_at(request: Request) -> str:
    """When SNS was told (ISO 8601, UTC), as the time of what names none itself; "" if that is unknown."""
    told = request.headers.get("x-sns-timestamp", "")
    return told if TIME.fullmatch(told) else ""
