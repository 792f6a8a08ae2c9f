"""The REST API as API Gateway calls it: people with their claims, requests as events."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from api.app import app


class Context:
    """What Lambda tells of an invocation."""

    function_name = "recado-test-api"
    memory_limit_in_mb = 1024
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:recado-test-api"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        """As at the start of an invocation."""
        return 15_000


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: Any
    raw: str

    @property
    def error(self) -> tuple[str, str | None]:
        """The code of a refusal, and the field it names; of FHIR's form, too."""
        if self.body.get("resourceType") == "OperationOutcome":
            issue = self.body["issue"][0]
            code = {"login": "unauthorised"}.get(issue["code"], issue["code"].replace("-", "_"))
            return code, issue.get("expression", [None])[0]
        return self.body["error"]["code"], self.body["error"]["field"]


class Client:
    """Somebody with these claims; none: somebody whom the authoriser did not let through."""

    def __init__(self, claims: dict[str, Any] | None) -> None:
        self._claims = claims

    def get(self, path: str, **query: str) -> Answer:
        """GET a path, e.g. `/contacts/p1.1`."""
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Any = None, **settings: Any) -> Answer:
        """POST a body, as JSON unless it is text already."""
        return self.call("POST", path, body, **settings)

    def put(self, path: str, body: Any = None) -> Answer:
        """PUT a body."""
        return self.call("PUT", path, body)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Any request."""
        text = body if isinstance(body, str | None) else json.dumps(body)
        event = rest_event(method, path, text, query or {}, headers or {})
        if self._claims is not None:
            event["requestContext"]["authorizer"] = {"claims": self._claims}
        answer = app(event, Context())
        return Answer(answer["statusCode"], json.loads(answer["body"]), json.dumps(answer, sort_keys=True))


def person(role: str, tenant: str | None = "boavista", agent: str | None = "ana") -> Client:
    """Somebody of a clinic."""
    claims = {"sub": f"{tenant}-{role}-{agent}", "cognito:groups": role}
    if tenant:
        claims["custom:tenant"] = tenant
    if agent:
        claims["custom:agent"] = agent
    return Client(claims)


def rest_event(
    method: str, path: str, body: str | None, query: dict[str, str], headers: dict[str, str]
) -> dict[str, Any]:
    """A request as an API Gateway REST API hands it to Lambda."""
    resource, ids = _resource(method, path)
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": {"Content-Type": "application/json", **headers},
        "queryStringParameters": query or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
        "pathParameters": ids or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/api{path}",
            "requestId": "request",
            "stage": "api",
        },
        "body": body,
        "isBase64Encoded": False,
    }


def _resource(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The route that the gateway would choose: a written-out one before one with a parameter."""
    app.fill()
    fitting = [
        pattern for pattern, methods in app.routes.items() if method in methods and _fits(pattern, path)
    ]
    chosen = min(fitting, key=lambda pattern: pattern.count("{"))
    found = _fits(chosen, path)
    return chosen, found.groupdict() if found else {}


def _fits(pattern: str, path: str) -> re.Match[str] | None:
    return re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern), path)
