"""What an import is called."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime


def name_import(now: datetime) -> str:
    """A name that sorts by time, and cannot be guessed: 48 bits of milliseconds, 72 that are random."""
    told = int(now.timestamp() * 1000).to_bytes(6, "big") + secrets.token_bytes(9)
    return "i" + base64.b32hexencode(told).decode().lower()
