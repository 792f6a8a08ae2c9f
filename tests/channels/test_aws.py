from __future__ import annotations

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ReadTimeoutError,
    SSLError,
)
from recado.channels.aws import failure
from recado.errors import Outcome

URL = "https://service.example/"


def refused(code: str, status: int = 400) -> ClientError:
    told = {"Error": {"Code": code, "Message": "+5511987654321 said: Olá"}}
    return ClientError({**told, "ResponseMetadata": {"HTTPStatusCode": status}}, "Send")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refused("ConflictException"), "opted_out"),
        (refused("InternalServerException", 500), "retry"),
        (refused("ThrottlingException"), "retry"),
        (refused("Whatever", 429), "retry"),
        (refused("Whatever", 503), "unknown"),
        (refused("Whatever"), "fix_account"),
        (refused(""), "fix_account"),
        (ConnectTimeoutError(endpoint_url=URL), "retry"),
        (EndpointConnectionError(endpoint_url=URL), "retry"),
        (ReadTimeoutError(endpoint_url=URL), "unknown"),
        (ConnectionClosedError(endpoint_url=URL), "unknown"),
        (HTTPClientError(error="cut"), "unknown"),
        (SSLError(endpoint_url=URL, error="cut"), "unknown"),
        (NoCredentialsError(), "fix_account"),
    ],
)
def test_what_a_failed_call_means_for_the_message(error: Exception, outcome: Outcome) -> None:
    known: dict[str, Outcome] = {"ConflictException": "opted_out", "InternalServerException": "retry"}
    assert failure(error, known).outcome == outcome


def test_aws_s_own_words_are_not_repeated() -> None:
    failed = failure(refused("ConflictException"), {})
    assert str(failed) == "The provider answered HTTP 400, code ConflictException."
    assert failed.provider_code == "ConflictException"


def test_a_mistake_of_ours_stays_one() -> None:
    with pytest.raises(KeyError):
        failure(KeyError("to"), {})
