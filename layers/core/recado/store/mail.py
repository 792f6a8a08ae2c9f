"""Mails as SES put them into our bucket: whole, while the rows hold what is said in them."""

from __future__ import annotations

import os

from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import NotFound, TooLarge, Unavailable
from recado.store.clients import client


def load(name: str, limit: int) -> bytes:
    """A mail of at most `limit` bytes. Raises NotFound, TooLarge, Unavailable."""
    try:
        found = client("s3").get_object(Bucket=os.environ["MAIL_BUCKET"], Key=name)
        if found["ContentLength"] > limit:
            found["Body"].close()
            raise TooLarge
        content: bytes = found["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            raise NotFound from error
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    return content


def drop(name: str) -> None:
    """Take a mail away; one that is not there is gone. Raises Unavailable."""
    try:
        client("s3").delete_object(Bucket=os.environ["MAIL_BUCKET"], Key=name)
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
