"""One botocore client a service, made at its first use and kept while the function is warm."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

_CONFIG = Config(connect_timeout=2, read_timeout=4, retries={"mode": "standard", "max_attempts": 2})
"""Time-outs below every function's own: botocore's default read time-out is 60 s (reliability.md F2)."""


@cache
def client(service: str) -> Any:
    """The client of an AWS service. Session and client only: boto3 would cost twice the import."""
    region = os.environ.get("AWS_REGION", "us-east-1")
    return botocore.session.get_session().create_client(service, region_name=region, config=_CONFIG)
