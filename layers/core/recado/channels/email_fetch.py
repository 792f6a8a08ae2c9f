"""A mail, or one part of it, out of the bucket that SES put it in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from recado.channels import File, Wire, email_content
from recado.channels.aws import failure
from recado.errors import Outcome, SendFailed, UnreadableInput

OUTCOMES: Final[dict[str, Outcome]] = {
    **dict.fromkeys(("NoSuchKey", "404"), "fix_request"),
    **dict.fromkeys(("InternalError", "ServiceUnavailable", "503"), "retry"),
}
"""S3's codes: reading again does no harm."""


def fetch(attachment: Mapping[str, Any], wire: Wire) -> File:
    """One part of a mail, by its id `<object>#<place>`. Raises SendFailed: `retry`, or for good."""
    name, _, place = str(attachment.get("id", "")).rpartition("#")
    if not name or not place.isdecimal() or len(place) > 4:
        raise SendFailed("fix_request", "This names no part of a mail.")
    try:
        return email_content.part(_object(name, wire), int(place))
    except UnreadableInput as error:
        raise SendFailed("fix_request", f"The mail cannot be read: {error}.") from None


def _object(name: str, wire: Wire) -> bytes:
    try:
        found = wire.aws("s3").get_object(Bucket=os.environ["MAIL_BUCKET"], Key=name)
        content: bytes = found["Body"].read(email_content.MAX_BYTES + 1)
    except (BotoCoreError, ClientError) as error:
        told = failure(error, OUTCOMES)
        again: Outcome = "retry" if told.outcome == "unknown" else told.outcome
        raise SendFailed(again, str(told), provider_code=told.provider_code) from None
    return content
