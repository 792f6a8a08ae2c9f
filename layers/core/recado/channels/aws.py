"""What a failed call of an AWS service means for a message that it was to send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recado.errors import Outcome, SendFailed

THROTTLED: Final = frozenset(
    {"Throttling", "ThrottlingException", "ThrottledRequestException", "TooManyRequestsException"}
    | {"RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown"}
)
"""Of any service: refused, and certainly not done. Source: the AWS SDKs' guide, "Retry behavior"."""


def failure(error: Exception, outcomes: Mapping[str, Outcome]) -> SendFailed:
    """What a botocore exception means. `outcomes` are the service's own error codes, and the
    reasons that some of its errors give, which say more.

    A code that is not known is for an operator, under HTTP 5xx unknown. Where no answer came, only what
    failed before the request was written is certainly not sent. The text names the code and nothing else:
    AWS's own words may repeat the number or the address, so raise it `from None`.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - keeps intake's import small

    if isinstance(error, ClientError):
        return _refused(error.response, outcomes)
    if isinstance(error, BotoCoreError):
        return SendFailed(_unanswered(error), f"No answer: {type(error).__name__}.")
    raise error


def _refused(response: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> SendFailed:
    code = str(response.get("Error", {}).get("Code", ""))
    reason = str(response.get("Reason") or "")
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
    outcome = outcomes.get(reason) or outcomes.get(code) or _unlisted(code, status)
    told = f"The provider answered HTTP {status}, code {code}."
    return SendFailed(outcome, told, provider_code=reason or code)


def _unlisted(code: str, status: int) -> Outcome:
    if code in THROTTLED or status == 429:
        return "retry"
    return "unknown" if status >= 500 else "fix_account"


def _unanswered(error: Exception) -> Outcome:
    from botocore import exceptions as told  # noqa: PLC0415

    if isinstance(error, told.ConnectTimeoutError | told.EndpointConnectionError | told.ProxyConnectionError):
        return "retry"
    if isinstance(error, told.HTTPClientError | told.ConnectionError):
        return "unknown"
    # Anything else botocore raises before it asks: no credentials, a parameter that it refuses.
    return "fix_account"
