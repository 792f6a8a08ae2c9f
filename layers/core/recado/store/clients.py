"""One botocore client a service, all of one session, made once and kept while the function is warm."""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Final

import botocore.session
from botocore.config import Config

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 3},
    # The service checks them as well.
    parameter_validation=False,
)
"""Time-outs below every function's own: botocore's default read time-out is 60 s."""
_SENDERS: Final = frozenset({"connect", "pinpoint-sms-voice-v2", "sesv2", "socialmessaging"})
"""What sends to people. None of them knows a repeat again (Connect does while the call lasts, no longer), so
that the SDK must make none: after a time-out or a 5xx it would send twice."""
_ASKED: Final = "bedrock-runtime"
"""Nobody waits for a second try of what we can do without."""
_ONCE: Final = _CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))


@cache
def client(service: str) -> Any:
    """The client of an AWS service. Session and client only: boto3 would cost twice the import.

    Modules that a function cannot do without make theirs when they are imported: while it starts, a function
    has a whole core, and later a share of one.
    """
    region = os.environ.get("AWS_REGION", "us-east-1")
    config = _ONCE if service in _SENDERS or service == _ASKED else _CONFIG
    return _session().create_client(service, region_name=region, config=config)


@cache
def _session() -> botocore.session.Session:
    # A session reads the endpoints of all of AWS: a second one costs eight times a second client.
    return botocore.session.get_session()
