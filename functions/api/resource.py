"""What every route has in common: who is calling, whether they may, what they sent, what went wrong."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from chalice.app import Blueprint, Response
from pydantic import BaseModel
from recado.errors import Forbidden, Invalid, NotFound, RecadoError
from recado.rules.permissions import may

from api.caller import Caller, caller_of
from api.once import once
from api.reading import Asked, body_of, query_of, raw_of

logger = Logger()
metrics = Metrics()

_ID = re.compile(r"[A-Za-z0-9._@-]{1,64}")
"""An e-mail account's id is its address."""
_PLACES = re.compile(r"\{(\w+)\}")
_KEY = re.compile(r"[\x21-\x7e]{1,200}")

T = TypeVar("T")
View = Callable[..., Any]


class File(NamedTuple):
    """A body that is a file, and what it says it is."""

    mime: str
    content: bytes


class Text(NamedTuple):
    """An answer that is no JSON; `next` as in a page, which goes into the header `Next`."""

    content: str
    mime: str
    next: str | None = None


class Reply(NamedTuple):
    """An answer of another protocol than ours: its own status and headers."""

    status: int
    content: str
    headers: dict[str, str]


Refusal = Callable[[RecadoError], Any]
"""What is answered for an error, as JSON, a Text or a Reply."""


class Operation(NamedTuple):
    """One route, as the matrix of permissions, the OpenAPI document and the tests know it."""

    name: str
    method: str
    path: str
    answer: Any
    status: int
    query: type[BaseModel]
    body: type[BaseModel] | None
    view: View
    keyed: bool
    content: tuple[str, ...] = ()
    """What the body may be that is a file."""
    also: tuple[str, ...] = ()
    """What else than JSON it answers with."""
    refusal: Refusal = RecadoError.body


class Call(NamedTuple):
    """One request of somebody who may make it."""

    caller: Caller
    now: datetime
    event: dict[str, Any]
    context: Any
    operation: Operation

    @property
    def tenant(self) -> str:
        """The caller's clinic, by their token and by nothing else. Raises Forbidden for who has none."""
        if self.caller.clinic is None:
            raise Forbidden
        return self.caller.clinic

    @property
    def agent(self) -> str:
        """The caller's id at the front desk. Raises Forbidden for who has none."""
        if self.caller.agent is None:
            raise Forbidden("Only an agent of the front desk can do this.")
        return self.caller.agent

    @property
    def author(self) -> str:
        """Who does it, as records say: `agent:<id>`, or the role of who is no agent. Raises Forbidden."""
        return f"agent:{self.caller.agent}" if self.caller.agent else f"role:{self.caller.role}"

    @property
    def key(self) -> str | None:
        """The Idempotency-Key header. Raises Invalid."""
        key = _header(self.event, "idempotency-key")
        if key is not None and not _KEY.fullmatch(key):
            raise Invalid("Idempotency-Key", "Give 1 to 200 printable ASCII characters.")
        return key

    def wants(self, mime: str) -> bool:
        """Whether the caller asks for an answer of this kind."""
        return _media_type(self.event, "accept") == mime

    def header(self, name: str) -> str | None:
        """One of the request's headers."""
        return _header(self.event, name)

    @property
    def own_key(self) -> str | None:
        """The Idempotency-Key as this person's: others may use the same one. Raises Invalid."""
        return None if self.key is None else f"{self.caller.person}:{self.key}"

    def once(self, act: Callable[[], T]) -> T:
        """Do it; or, when the same key came before, answer as then."""
        if self.own_key is None:
            return act()
        ids = self.event.get("pathParameters") or {}
        body = hashlib.sha256((self.event.get("body") or "").encode("utf-8", "surrogatepass")).hexdigest()
        who = [self.tenant, self.operation.name, *ids.values(), self.own_key]
        return once({"who": who, "what": body}, self.context, act)


class Resource:
    """The routes of one resource: a Chalice blueprint whose views get a checked Call and give plain JSON."""

    def __init__(self, name: str) -> None:
        self.blueprint = Blueprint(name)

    def route(
        self,
        method: str,
        path: str,
        name: str,
        answer: Any,
        *,
        status: int = 200,
        query: type[BaseModel] = Asked,
        body: type[BaseModel] | None = None,
        keyed: bool = False,
        content: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        refusal: Refusal = RecadoError.body,
    ) -> Callable[[View], View]:
        """Register a view: it is called with the Call, then the path's ids, then `query` and `body`.

        `answer` is the type of what it gives, if not a Text (`also`); `keyed` says that it honours an
        Idempotency-Key. Where the body is a file of one of the kinds in `content`, it is a File.
        """

        def register(view: View) -> View:
            operation = Operation(
                name, method, path, answer, status, query, body, view, keyed, content, also, refusal
            )

            def handled(**ids: str) -> Response:
                request = self.blueprint.current_request
                return _respond(operation, ids, request.to_original_event(), request.lambda_context)

            handled.operation = operation  # type: ignore[attr-defined]
            handled.__name__ = name
            # Any content type: whoever sends no JSON is told so in our own words.
            self.blueprint.route(path, methods=[method], content_types=["*/*"])(handled)
            return view

        return register


def _respond(operation: Operation, ids: dict[str, str], event: dict[str, Any], context: Any) -> Response:
    try:
        status, body = operation.status, _answer(operation, ids, event, context)
    except RecadoError as error:
        status, body = error.status, operation.refusal(error)
        logger.info("refused", operation=operation.name, code=error.code)
    except Exception as error:  # noqa: BLE001 - whatever it was, the answer is the same
        status, body = 500, operation.refusal(RecadoError())
        # No `exception`: its trace holds the exception's words, and they may be a patient's.
        logger.error(  # noqa: TRY400
            "failed", operation=operation.name, error=type(error).__name__, at=_where(error)
        )
    metrics.add_metric(name=f"Answers{status // 100}xx", unit=MetricUnit.Count, value=1)
    headers: dict[str, str | list[str]] = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if isinstance(body, Reply):
        status, headers, body = body.status, {**headers, **body.headers}, body.content
    if isinstance(body, Text):
        headers |= {"Content-Type": body.mime, "Content-Disposition": "attachment", "Next": body.next or ""}
        body = body.content
    return Response(body=body, status_code=status, headers=headers)


def _answer(operation: Operation, ids: dict[str, str], event: dict[str, Any], context: Any) -> Any:
    caller = caller_of(event["requestContext"])
    if not may(caller.roles, operation.name):
        raise Forbidden
    if not all(_ID.fullmatch(one) for one in ids.values()):
        raise NotFound
    asked: dict[str, Any] = {"query": query_of(event, operation.query)}
    if operation.query is Asked:
        del asked["query"]
    if operation.body is not None:
        asked["body"] = body_of(event, operation.body)
    if operation.content:
        asked["body"] = _file_of(event, operation.content)
    call = Call(caller, datetime.now(UTC), event, context, operation)
    answer = operation.view(call, *(ids[place] for place in _PLACES.findall(operation.path)), **asked)
    logger.info("answered", operation=operation.name, tenant=caller.clinic)
    return answer


def _file_of(event: dict[str, Any], allowed: tuple[str, ...]) -> File:
    mime = _media_type(event, "content-type")
    if mime not in allowed:
        raise Invalid("Content-Type", f"One of: {', '.join(allowed)}.")
    return File(mime, raw_of(event))


def _media_type(event: dict[str, Any], name: str) -> str:
    """The first one of a header, without its parameters."""
    return re.split("[;,]", _header(event, name) or "")[0].strip().lower()


def _header(event: dict[str, Any], name: str) -> str | None:
    headers: dict[str, str] = event.get("headers") or {}
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _where(error: Exception) -> list[str]:
    """The places an error came through, without its words and values."""
    return [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
