"""A fake of Amazon Bedrock's Converse: one model, which says what it was told to say, and refuses what
Bedrock refuses by its own description of the operation (botocore's).

At /fake/bedrock it is told what it answers to a message that holds certain words, and shows what it was
asked. To all else it answers as a model that knows nothing. A signature is looked at (who, when, for which
region and service), not reckoned again: only AWS knows the secret.
"""

import json
import re
from collections import deque
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import unquote

import botocore.session
from botocore.validate import ParamValidator
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.emulator import REGION
from infra.local.fakes.aws import DOOR, AwsRefused, asked
from infra.local.fakes.provider import Json
from infra.local.outbox import stamp

MODEL = "amazon.nova-micro-v1:0"
"""The one that is offered here (the parameter IntentModelId)."""
PROFILE = re.compile(r"(us|eu|apac|global)\.[a-z0-9-]+\..+|arn:.+")
SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 "
    r"Credential=\w+/(?P<day>\d{8})/(?P<region>[a-z0-9-]+)/(?P<service>[a-z-]+)/aws4_request, "
    r"SignedHeaders=[a-z0-9;-]*\bhost\b[a-z0-9;-]*, Signature=[0-9a-f]{64}"
)
CLOCKS = timedelta(minutes=5)
"""So far from its own a signature's time may be."""
MOST_TOKENS = 10_000
UNSURE = '{"intent": "oos", "confidence": 0.3}'
KEPT = 1000


class Bedrock:
    """The service: `asked` holds the bodies that it has answered, newest last."""

    def __init__(self) -> None:
        self.asked: deque[Json] = deque(maxlen=KEPT)
        self._says: dict[str, str] = {}

    def routes(self) -> list[Route]:
        """Where it stands."""
        return [
            Route(f"{DOOR}/bedrock-runtime/model/{{model:path}}/converse", self.converse, methods=["POST"]),
            Route("/fake/bedrock", self.show),
            Route("/fake/bedrock", self.tell, methods=["POST"]),
        ]

    async def converse(self, request: Request) -> Response:
        """POST /model/<id>/converse."""
        try:
            _check_signature(request, datetime.now(UTC))
            body = await asked(request)
            _check(unquote(request.path_params["model"]), body)
        except AwsRefused as refusal:
            return refusal.answer()
        self.asked.append({"at": stamp(), "body": body})
        return JSONResponse(_answered(self._answer(json.dumps(body, ensure_ascii=False))))

    async def show(self, _: Request) -> Response:
        """GET /fake/bedrock: what it was asked, newest last, and what it says to what."""
        return JSONResponse({"items": list(self.asked), "says": self._says})

    async def tell(self, request: Request) -> Response:
        """POST /fake/bedrock {words, says}: its answer to what holds these words, as the model's own text."""
        try:
            wish = await asked(request)
            words, says = wish["words"], wish["says"]
        except (AwsRefused, KeyError):
            words = says = None
        if not (isinstance(words, str) and words and isinstance(says, str)):
            return Response("Say which words, and the text that the model answers.", 400)
        self._says[words] = says
        return JSONResponse({"says": self._says})

    def _answer(self, question: str) -> str:
        return next((says for words, says in self._says.items() if words in question), UNSURE)


def _check_signature(request: Request, now: datetime) -> None:
    told = SIGNED.fullmatch(request.headers.get("authorization", ""))
    if told is None:
        raise AwsRefused("MissingAuthenticationTokenException", "Missing Authentication Token", status=403)
    if told["service"] != "bedrock":
        raise _unsigned("Credential should be scoped to correct service: 'bedrock'.")
    if told["region"] != REGION:
        raise _unsigned("Credential should be scoped to a valid region.")
    try:
        at = datetime.strptime(request.headers.get("x-amz-date", ""), "%Y%m%dT%H%M%S%z")
    except ValueError:
        raise _unsigned("Date must be in ISO-8601 'basic format'.") from None
    if abs(now - at) > CLOCKS or f"{at:%Y%m%d}" != told["day"]:
        raise _unsigned("Signature expired.")


def _check(model: str, body: Json) -> None:
    """Raises AwsRefused."""
    if PROFILE.fullmatch(model):
        raise AwsRefused("AccessDeniedException", "Not authorized to perform bedrock:InvokeModel", status=403)
    if model != MODEL:
        raise _invalid("The provided model identifier is invalid.")
    report = ParamValidator().validate({"modelId": model, **body}, _shape())
    if report.has_errors():
        raise _invalid(report.generate_report())
    messages = body.get("messages") or []
    turns = [one["role"] for one in messages]
    if not turns or turns != [("user", "assistant")[place % 2] for place in range(len(turns))]:
        raise _invalid("A conversation must start with a user message, and roles must alternate.")
    parts = [part for one in (*messages, *(body.get("system") or ())) for part in one.get("content", (one,))]
    if not all(str(part.get("text", " ")).strip() or "text" not in part for part in parts):
        raise _invalid("The text field in the ContentBlock object is blank.")
    _check_settings(body.get("inferenceConfig") or {})


def _check_settings(settings: Json) -> None:
    if not 1 <= settings.get("maxTokens", 1) <= MOST_TOKENS:
        raise _invalid("The maximum tokens you requested exceeds the model limit.")
    if not all(0 <= settings.get(name, 0) <= 1 for name in ("temperature", "topP")):
        raise _invalid("Value at 'inferenceConfig' failed to satisfy constraint: from 0 to 1.")


@cache
def _shape() -> Any:
    services = botocore.session.get_session().get_service_model("bedrock-runtime")
    return services.operation_model("Converse").input_shape


def _answered(text: str) -> Json:
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
        "stopReason": "end_turn",
        "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2},
        "metrics": {"latencyMs": 1},
    }


def _unsigned(message: str) -> AwsRefused:
    return AwsRefused("InvalidSignatureException", message, status=403)


def _invalid(message: str) -> AwsRefused:
    return AwsRefused("ValidationException", message)
