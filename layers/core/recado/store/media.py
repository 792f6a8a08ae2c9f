"""Files that came with messages, or go with them: encrypted, each under `<tenant>/<communication>/<number>`.

A file is never changed. Who may see one is given its address for a few minutes; the address says how a
browser must take it.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlsplit

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from recado.errors import NotFound, Unavailable
from recado.store.clients import client
from recado.store.rows import key

MINUTES_SHOWN: Final = 5
MINUTES_SENT: Final = 60
"""How long a provider has to fetch what we send."""


def put(tenant: str, communication: str, number: int, content: bytes, mime: str) -> str:
    """Keep a file; the object's name. The same one again changes nothing. Raises Unavailable."""
    key(tenant)
    name = f"{tenant}/{communication}/{number}"
    try:
        client("s3").put_object(
            Bucket=os.environ["MEDIA_BUCKET"],
            Key=name,
            Body=content,
            ContentType=mime,
            ContentDisposition="attachment",
            IfNoneMatch="*",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("PreconditionFailed", "ConditionalRequestConflict"):
            raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    return name


def read(tenant: str, name: str) -> bytes:
    """A file's bytes. Raises NotFound for another clinic's or none, Unavailable."""
    try:
        answer = client("s3").get_object(Bucket=os.environ["MEDIA_BUCKET"], Key=_own(tenant, name))
        content: bytes = answer["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            raise NotFound from error
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error
    return content


def drop(tenant: str, name: str) -> None:
    """Take a file away; one that is not there is gone. Raises NotFound for another clinic's, Unavailable."""
    try:
        client("s3").delete_object(Bucket=os.environ["MEDIA_BUCKET"], Key=_own(tenant, name))
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error


def begun(tenant: str, name: str) -> list[str]:
    """The names of a clinic's files that begin with this, after the clinic's own: 1,000 at most.

    Raises Unavailable.
    """
    key(tenant)
    try:
        answer = client("s3").list_objects_v2(Bucket=os.environ["MEDIA_BUCKET"], Prefix=f"{tenant}/{name}")
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
    return [str(one["Key"]) for one in answer.get("Contents", ())]


def address(tenant: str, name: str, mime: str, *, called: str, inline: bool, minutes: int) -> str:
    """Where a browser, or a provider, gets the file for so many minutes, as `mime` and by the name `called`.

    Raises NotFound for another clinic's. In the stage "local" it is the front door's, under PUBLIC_URL: the
    emulator takes nothing from browsers.
    """
    kind = "inline" if inline else "attachment"
    asked = {
        "Bucket": os.environ["MEDIA_BUCKET"],
        "Key": _own(tenant, name),
        "ResponseContentType": mime,
        "ResponseContentDisposition": f"{kind}; filename*=UTF-8''{quote(called, safe='')}",
    }
    url: str = _signer().generate_presigned_url("get_object", Params=asked, ExpiresIn=minutes * 60)
    public = os.environ.get("PUBLIC_URL", "") if os.environ.get("STAGE") == "local" else ""
    if not public:
        return url
    parts = urlsplit(url)
    return f"{public}/files{parts.path.removeprefix('/' + asked['Bucket'])}?{parts.query}"


def _own(tenant: str, name: str) -> str:
    """Raises NotFound for what is not this clinic's."""
    key(tenant)
    if not name.startswith(f"{tenant}/"):
        raise NotFound
    return name


@cache
def _signer() -> Any:
    """S3 takes only the newer signature for what our key encrypts; it calls nobody."""
    region = os.environ.get("AWS_REGION", "us-east-1")
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    if os.environ.get("STAGE") == "local":
        config = config.merge(Config(s3={"addressing_style": "path"}))
    return botocore.session.get_session().create_client("s3", region_name=region, config=config)
